package org.joblifecycle.cli;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** Audits inputs, each by itself, and reports what it finds. */
final class Audit {
    private static final Comparator<JobLine> BY_UPDATE_TIME = Comparator.comparing(
            line -> line.job().map(JobSnapshot::updateTime).getOrNull(),
            Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Map<JobKind, JobLifecycle> lifecycles = new EnumMap<>(JobKind.class);
    private final @Nullable JobKind namedKind;
    private final boolean sort;
    private final Report report;
    private final Totals totals = new Totals();

    /**
     * An audit by these rules.
     *
     * @param namedKind the kind of jobs whose name tells none; null if nobody named one, so that such jobs are taken for tuning
     *     jobs and counted
     * @param without the rules to exclude
     * @param sort whether the snapshots of each job are ordered by updateTime first
     * @throws IllegalArgumentException if one of the rules cannot be excluded
     */
    Audit(Mode mode, @Nullable JobKind namedKind, Collection<Rule> without, boolean sort, Report report) {
        for (JobKind kind : JobKind.values()) {
            JobLifecycle lifecycle =
                    mode == Mode.AUTHORITY ? JobLifecycle.authority(kind) : JobLifecycle.observer(kind);
            lifecycles.put(kind, lifecycle.without(without.toArray(new Rule[0])));
        }
        this.namedKind = namedKind;
        this.sort = sort;
        this.report = report;
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
        JobKind fallback = namedKind == null ? JobKind.TUNING_JOB : namedKind;
        JobAuditor auditor = JobAuditor.of(kind -> requireNonNull(lifecycles.get(kind)), fallback);
        try (JobLines lines = new JobLines(in, fallback, Runtime.getRuntime().availableProcessors())) {
            if (sort) {
                runSorted(file, lines, auditor);
            } else {
                lines.forEachRemaining(line -> report(file, line, violations(line, auditor)));
            }
        } finally {
            totals.addJobs(auditor.jobCount());
        }
    }

    private void runSorted(String file, JobLines lines, JobAuditor auditor) {
        ArrayList<JobLine> all = new ArrayList<>();
        try {
            lines.forEachRemaining(all::add);
        } finally {
            IdentityHashMap<JobLine, Seq<Violation>> found = new IdentityHashMap<>();
            all.stream().sorted(BY_UPDATE_TIME).forEachOrdered(line -> found.put(line, violations(line, auditor)));
            all.forEach(line -> report(file, line, requireNonNull(found.get(line))));
        }
    }

    /** The rules that the snapshot on this line breaks; none if the line cannot be read. */
    private Seq<Violation> violations(JobLine line, JobAuditor auditor) {
        if (line.job().isInvalid()) {
            return List.empty();
        }
        JobSnapshot job = line.job().get();
        int known = auditor.jobCount();
        Seq<Violation> violations = auditor.observe(line.kind(), job).violations();
        boolean isNew = auditor.jobCount() > known;
        if (isNew && namedKind == null && JobKind.of(job.name()).isEmpty()) {
            totals.addAssumedKind();
        }
        return violations;
    }

    private void report(String file, JobLine line, Seq<Violation> violations) {
        if (line.isElement()) {
            totals.addSnapshot();
        }
        if (line.job().isInvalid()) {
            Unreadable fault = line.job().getError();
            totals.add(fault.reason());
            report.finding(ReportEntry.of(file, line.number(), fault));
        }
        for (Violation violation : violations) {
            totals.add(violation.rule());
            report.finding(ReportEntry.of(
                    file, line.number(), requireNonNull(line.job().get().name()), violation));
        }
    }
}
