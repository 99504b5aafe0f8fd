/** The vocabulary of Vertex AI jobs: states, kinds, snapshots and errors. It knows no rule of the lifecycle. */
module org.joblifecycle.job {
    requires transitive io.vavr;
    requires static transitive org.jspecify;

    exports org.joblifecycle.job;
}
