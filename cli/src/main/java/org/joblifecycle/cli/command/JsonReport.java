package org.joblifecycle.cli.command;

/** Findings for programs: a JSON object a line. */
public final class JsonReport implements Report {
    private final Console console;

    /** A report on this console. */
    public JsonReport(Console console) {
        this.console = console;
    }

    @Override
    public void finding(ReportEntry finding) {
        console.print(Json.line(out -> {
            out.writeStringField("file", finding.file());
            out.writeNumberField("line", finding.line());
            out.writeStringField("job", finding.job());
            out.writeStringField("rule", finding.rule());
            out.writeStringField("field", finding.field());
            out.writeStringField("message", finding.message());
        }));
    }

    @Override
    public void summary(Totals totals) {
        console.print(Json.line(out -> {
            out.writeObjectFieldStart("summary");
            out.writeNumberField("snapshots", totals.snapshots());
            out.writeNumberField("jobs", totals.jobs());
            out.writeNumberField("violations", totals.violations());
            out.writeNumberField("unreadable", totals.unreadable());
            out.writeNumberField("assumedKind", totals.assumedKinds());
            out.writeEndObject();
        }));
    }
}
