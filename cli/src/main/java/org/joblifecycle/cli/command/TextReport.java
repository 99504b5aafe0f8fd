package org.joblifecycle.cli.command;

import static org.joblifecycle.cli.command.Style.BOLD;
import static org.joblifecycle.cli.command.Style.RED;

import io.vavr.Tuple2;
import org.joblifecycle.text.Escaped;

/** Findings for people: a line each, and a summary. */
public final class TextReport implements Report {
    private final Console console;

    /** A report on this console. */
    public TextReport(Console console) {
        this.console = console;
    }

    @Override
    public void finding(ReportEntry finding) {
        String place = Escaped.line(finding.file()) + ":" + finding.line() + ":";
        String job = finding.job() == null ? "-" : Escaped.line(shortName(finding.job()));
        console.print(BOLD.on(console, place) + " " + job + " " + RED.on(console, finding.rule()) + ": "
                + Escaped.line(finding.message()));
    }

    /** The collection and the id: {@code tuningJobs/7} of {@code projects/p/locations/l/tuningJobs/7}. */
    private static String shortName(String name) {
        int collection = name.lastIndexOf('/', name.lastIndexOf('/') - 1);
        return name.substring(collection + 1);
    }

    @Override
    public void summary(Totals totals) {
        console.print(counted(totals.jobs(), "job") + ", " + counted(totals.snapshots(), "snapshot") + ": "
                + (totals.foundSomething()
                        ? counted(totals.violations(), "violation") + ", " + totals.unreadable() + " unreadable"
                        : "nothing found")
                + (totals.failures() > 0 ? ", " + counted(totals.failures(), "file") + " not read to the end" : ""));
        int width = totals.byRule().keySet().map(String::length).max().getOrElse(0);
        for (Tuple2<String, Long> entry : totals.byRule()) {
            console.print("  " + entry._1() + " ".repeat(width - entry._1().length()) + "  " + entry._2());
        }
        if (totals.assumedKinds() > 0) {
            console.print(counted(totals.assumedKinds(), "job")
                    + " taken for tuning jobs, because their names tell no kind: name the kind with --kind");
        }
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
