/** The wire form of jobs: snapshots from and to the JSON of the REST API, one by one or as a stream. */
module org.joblifecycle.json {
    requires transitive org.joblifecycle.job;
    requires transitive io.vavr;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;

    exports org.joblifecycle.json;
}
