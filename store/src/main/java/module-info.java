/** Jobs that are kept: in a relational database or in memory, with one winner of each race and a history of each job. */
module org.joblifecycle.store {
    requires transitive org.joblifecycle.transition;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports org.joblifecycle.store;
}
