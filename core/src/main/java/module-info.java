/** The vocabulary of Vertex AI jobs: states, kinds, snapshots and errors, and the TuningJob resource. It knows no rule. */
@SuppressWarnings("module") // the modules that a package is exported to are compiled after this one
module org.joblifecycle.job {
    requires transitive io.vavr;
    requires static transitive org.jspecify;

    exports org.joblifecycle.job;
    exports org.joblifecycle.tuning;
    exports org.joblifecycle.text to
            org.joblifecycle.transition,
            org.joblifecycle.json,
            org.joblifecycle.protobuf,
            org.joblifecycle.testkit,
            org.joblifecycle.spring,
            org.joblifecycle.boot,
            org.joblifecycle.store,
            org.joblifecycle.flink,
            org.joblifecycle.cli;
}
