package org.joblifecycle.cli.command;

import picocli.CommandLine.Option;

/** The options that say how findings are printed. */
public final class ReportOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object a line for each finding, and one for the summary. Default:"
                    + " ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.TEXT;

    /** The report that prints so on this console. */
    public Report on(Console console) {
        return format.on(console);
    }
}
