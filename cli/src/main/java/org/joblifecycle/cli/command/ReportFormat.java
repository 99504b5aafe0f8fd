package org.joblifecycle.cli.command;

/** How findings are printed. */
public enum ReportFormat {
    /** A line each, for people. */
    TEXT,

    /** A JSON object a line, for programs. */
    JSON;

    /** The report that prints so on this console. */
    public Report on(Console console) {
        return this == JSON ? new JsonReport(console) : new TextReport(console);
    }
}
