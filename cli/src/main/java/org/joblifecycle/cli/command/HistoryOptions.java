package org.joblifecycle.cli.command;

import picocli.CommandLine.Option;

/** The options that say what the history of a job is, in the files that are audited. */
public final class HistoryOptions {
    @Option(names = "--sort", description = "Order the snapshots of each job by updateTime first.")
    private boolean sort;

    @Option(
            names = "--together",
            description =
                    "Audit all files as one history, in the order in which they are named. Default: each by itself.")
    private boolean together;

    /** Whether the snapshots of each job are ordered by updateTime first. */
    public boolean sort() {
        return sort;
    }

    /** Whether a job that is in several files has one history. */
    public boolean together() {
        return together;
    }
}
