package org.joblifecycle.cli;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.cli.command.HistoryOptions;
import org.joblifecycle.cli.command.Report;
import org.joblifecycle.cli.command.ReportEntry;
import org.joblifecycle.cli.command.Totals;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;

/** Audits inputs, each by itself or all together, and reports what it finds. */
final class Audit {
    private static final Comparator<Placed> BY_UPDATE_TIME = Comparator.comparing(
            placed -> placed.line().job().map(JobSnapshot::updateTime).getOrNull(),
            Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Map<JobKind, JobLifecycle> lifecycles;
    private final AuditOptions options;
    private final HistoryOptions history;
    private final Report report;
    private final Totals totals = new Totals();
    private JobAuditor auditor;

    /** What is to be sorted: the snapshots so far, in the order of the input. */
    private final ArrayList<Placed> unsorted = new ArrayList<>();

    /** A line of a file. */
    private record Placed(String file, JobLine line) {}

    /**
     * An audit by these options.
     *
     * @throws picocli.CommandLine.ParameterException if one of the rules cannot be excluded
     */
    Audit(AuditOptions options, HistoryOptions history, Report report) {
        this.lifecycles = options.lifecycles();
        this.options = options;
        this.history = history;
        this.report = report;
        this.auditor = newAuditor();
    }

    private JobAuditor newAuditor() {
        return JobAuditor.of(kind -> requireNonNull(lifecycles.get(kind)), options.fallback());
    }

    Totals totals() {
        return totals;
    }

    /**
     * Audits an input.
     *
     * @param file what to call it
     * @throws java.io.UncheckedIOException if it cannot be read to its end; what was read before counts
     */
    void run(String file, InputStream in) throws IOException {
        try (JobLines lines =
                new JobLines(in, options.fallback(), Runtime.getRuntime().availableProcessors())) {
            if (history.sort()) {
                lines.forEachRemaining(line -> unsorted.add(new Placed(file, line)));
            } else {
                lines.forEachRemaining(line -> report(new Placed(file, line), violations(line)));
            }
        } finally {
            if (!history.together()) {
                end();
            }
        }
    }

    /** Ends the histories: reports what was kept to be sorted, and begins anew. */
    void end() {
        IdentityHashMap<Placed, Seq<Violation>> found = new IdentityHashMap<>();
        unsorted.stream().sorted(BY_UPDATE_TIME).forEachOrdered(placed -> found.put(placed, violations(placed.line())));
        unsorted.forEach(placed -> report(placed, requireNonNull(found.get(placed))));
        unsorted.clear();
        totals.addJobs(auditor.jobCount());
        auditor = newAuditor();
    }

    /** The rules that the snapshot on this line breaks; none if the line cannot be read. */
    private Seq<Violation> violations(JobLine line) {
        if (line.job().isInvalid()) {
            return List.empty();
        }
        JobSnapshot job = line.job().get();
        int known = auditor.jobCount();
        Seq<Violation> violations = auditor.observe(line.kind(), job).violations();
        boolean isNew = auditor.jobCount() > known;
        if (isNew && options.namedKind() == null && JobKind.of(job.name()).isEmpty()) {
            totals.addAssumedKinds(1);
        }
        return violations;
    }

    private void report(Placed placed, Seq<Violation> violations) {
        JobLine line = placed.line();
        if (line.isElement()) {
            totals.addSnapshots(1);
        }
        if (line.job().isInvalid()) {
            Unreadable fault = line.job().getError();
            add(ReportEntry.of(placed.file(), line.number(), fault));
        }
        for (Violation violation : violations) {
            String name = requireNonNull(line.job().get().name());
            add(ReportEntry.of(placed.file(), line.number(), name, violation));
        }
    }

    private void add(ReportEntry finding) {
        totals.add(finding.rule());
        report.finding(finding);
    }
}
