/** The rules of the job lifecycle: the graph of states, the guards, and the one place that checks and applies them. */
module org.joblifecycle.transition {
    requires transitive org.joblifecycle.job;
    requires transitive io.vavr;
    requires static transitive org.jspecify;

    exports org.joblifecycle.transition;
    exports org.joblifecycle.tuning.rule;
}
