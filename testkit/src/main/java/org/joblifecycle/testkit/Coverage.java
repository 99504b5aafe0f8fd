package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Collects what some tests cover of a lifecycle: which edges jobs took, which two edges in a row, which changes of state were
 * tried, which rules were broken. Thread-safe.
 *
 * <pre>{@code
 * static final Coverage COVERAGE = Coverage.of(JobLifecycle.authority(JobKind.CUSTOM_JOB));
 *
 * COVERAGE.check(before, after);                   // in the tests: what the scheduler was offered
 *
 * @AfterAll
 * static void everyEdgeIsTested() {
 *     System.out.println(COVERAGE.table());
 *     COVERAGE.require(Coverage.Metric.EDGES, 1.0);
 * }
 * }</pre>
 */
public final class Coverage {
    /** What can be covered. */
    public enum Metric {
        /** The edges of the graph that jobs took. */
        EDGES("edges"),
        /** The pairs of edges that a job took one after the other. */
        EDGE_PAIRS("edge pairs"),
        /** The ordered pairs of states, also of a state with itself, between which a change was tried. */
        STATE_PAIRS("state pairs"),
        /** The rules that were broken. */
        RULES("rules");

        private final String label;

        Metric(String label) {
            this.label = label;
        }

        /** Such as {@code edge pairs}. */
        @Override
        public String toString() {
            return label;
        }
    }

    private static final int MOST_NAMED = JobTransition.values().length;

    private final JobLifecycle lifecycle;
    private final Map<Metric, Seq<String>> items = new EnumMap<>(Metric.class);
    private final Map<Metric, Set<String>> covered = new EnumMap<>(Metric.class);
    private final Map<String, Arrival> arrivals = new HashMap<>();

    /** The last edge that a job took, and its latest snapshot, which is still in the target state of the edge. */
    private record Arrival(JobTransition edge, JobSnapshot job) {}

    private Coverage(JobLifecycle lifecycle, JobPaths paths, boolean isByUpdate, Seq<Rule> rules) {
        this.lifecycle = lifecycle;
        Seq<JobTransition> edges = paths.toEdges().map(path -> path.edges().last());
        Seq<JobState> states = paths.toStates().map(JobPath::target);
        items.put(Metric.EDGES, edges.map(JobTransition::name).sorted());
        items.put(
                Metric.EDGE_PAIRS,
                paths.toEdgePairs().map(path -> pair(path.edges().takeRight(2))));
        items.put(
                Metric.STATE_PAIRS,
                isByUpdate
                        ? states.flatMap(from -> Vector.of(JobState.values()).map(to -> pair(from, to)))
                        : edges.map(edge -> pair(edge.source(), edge.target())));
        items.put(Metric.RULES, rules.map(Rule::id));
        for (Metric metric : Metric.values()) {
            covered.put(metric, new HashSet<>());
        }
    }

    private static String pair(Seq<JobTransition> edges) {
        return edges.mkString(", ");
    }

    private static String pair(JobState from, JobState to) {
        return from + " -> " + to;
    }

    /** Collects for a lifecycle whose jobs begin as UNSPECIFIED. */
    public static Coverage of(JobLifecycle lifecycle) {
        return of(lifecycle, JobSnapshot.of(null, JobState.UNSPECIFIED));
    }

    /**
     * Collects for a lifecycle, in tests whose jobs all begin like this one: what cannot be reached from there does not count.
     */
    public static Coverage of(JobLifecycle lifecycle, JobSnapshot first) {
        return of(lifecycle, first, true, Mutants.of(lifecycle).rules());
    }

    /**
     * Collects for a lifecycle.
     *
     * @param isByUpdate whether updates are checked, and not only events, which always take an edge
     * @param rules the rules that can be broken
     */
    static Coverage of(JobLifecycle lifecycle, JobSnapshot first, boolean isByUpdate, Seq<Rule> rules) {
        return new Coverage(
                requireNonNull(lifecycle, "lifecycle"),
                JobPaths.of(lifecycle).from(requireNonNull(first, "first")),
                isByUpdate,
                rules);
    }

    /**
     * Checks an update as the lifecycle does, and collects what it covers.
     *
     * @param before the baseline; null if nothing is known
     * @param after the job as it is proposed, or as it was observed
     */
    public Verdict check(@Nullable JobSnapshot before, JobSnapshot after) {
        Verdict verdict = lifecycle.check(before, after);
        cover(before, after, verdict, after);
        return verdict;
    }

    /** Covers a change, after which this is the baseline. */
    private synchronized void cover(
            @Nullable JobSnapshot before, JobSnapshot after, Verdict verdict, JobSnapshot baseline) {
        if (before != null) {
            cover(Metric.STATE_PAIRS, pair(before.state(), after.state()));
        }
        cover(verdict.violations());
        if (verdict.isLegal() && after.name() != null) {
            moved(before, baseline, verdict.change());
        }
    }

    private synchronized void cover(Seq<Violation> violations) {
        violations.forEach(violation -> cover(Metric.RULES, violation.rule().id()));
    }

    private void moved(@Nullable JobSnapshot before, JobSnapshot after, Change change) {
        Arrival arrival = arrivals.remove(after.name());
        JobTransition last = arrival != null && arrival.job().equals(before) ? arrival.edge() : null;
        if (change instanceof Change.Stepped stepped) {
            cover(Metric.EDGES, stepped.transition().name());
            if (last != null) {
                cover(Metric.EDGE_PAIRS, pair(Vector.of(last, stepped.transition())));
            }
            last = stepped.transition();
        } else if (!(change instanceof Change.Amended || change instanceof Change.Unchanged)) {
            last = null;
        }
        if (last != null && !after.state().isTerminal()) {
            arrivals.put(after.name(), new Arrival(last, after));
        }
    }

    private void cover(Metric metric, String item) {
        requireNonNull(covered.get(metric)).add(item);
    }

    /** Audits a history as {@link JobLifecycle#replay} does, and collects what it covers. */
    public Seq<Verdict> replay(Iterable<JobSnapshot> history) {
        Vector<Verdict> verdicts = Vector.empty();
        JobSnapshot baseline = null;
        for (JobSnapshot observed : requireNonNull(history, "history")) {
            AuditStep step = lifecycle.audit(baseline, observed);
            cover(baseline, observed, step.verdict(), step.baseline());
            baseline = step.baseline();
            verdicts = verdicts.append(step.verdict());
        }
        return verdicts;
    }

    /** Applies an event as {@link JobLifecycle#apply(JobSnapshot, JobEvent, Instant, JobError)} does, and collects what it covers. */
    public Validation<Seq<Violation>, JobSnapshot> apply(
            JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        Validation<Seq<Violation>, JobSnapshot> next = lifecycle.apply(job, event, now, error);
        if (next.isValid()) {
            check(job, next.get());
        } else {
            cover(next.getError());
        }
        return next;
    }

    /** All that can be covered, as the table names it. */
    public Seq<String> items(Metric metric) {
        return requireNonNull(items.get(requireNonNull(metric, "metric")));
    }

    /** Those of {@link #items} that were not covered. */
    public synchronized Seq<String> missed(Metric metric) {
        return items(metric).reject(requireNonNull(covered.get(metric))::contains);
    }

    /** The share of {@link #items} that was covered: from 0 to 1. */
    public double share(Metric metric) {
        int all = items(metric).size();
        return all == 0 ? 1 : (all - missed(metric).size()) / (double) all;
    }

    /**
     * Fails if less than this share was covered.
     *
     * @param share from 0 to 1
     * @throws AssertionError if less was covered; it names what was missed
     * @throws IllegalArgumentException if the share is not from 0 to 1
     */
    public void require(Metric metric, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ": expected 0 to 1");
        }
        if (share(metric) < share) {
            String expected = BigDecimal.valueOf(share)
                    .movePointRight(2)
                    .stripTrailingZeros()
                    .toPlainString();
            throw new AssertionError(row(metric).strip() + ", expected " + expected + " %. Missed: "
                    + missed(metric).mkString("; "));
        }
    }

    /** One line for each metric, with what was missed below it. Lines end with LF. */
    public String table() {
        StringBuilder table = new StringBuilder(lifecycle + "\n");
        for (Metric metric : Metric.values()) {
            table.append(row(metric)).append('\n');
            Seq<String> missed = missed(metric);
            missed.take(MOST_NAMED)
                    .forEach(item -> table.append("  missed: ").append(item).append('\n'));
            if (missed.size() > MOST_NAMED) {
                table.append("  and ").append(missed.size() - MOST_NAMED).append(" more\n");
            }
        }
        return table.toString();
    }

    private String row(Metric metric) {
        int all = items(metric).size();
        return "%-11s %3d of %3d (%s)".formatted(metric, all - missed(metric).size(), all, percent(share(metric)));
    }

    private static String percent(double share) {
        // Rounded down, so that 100 % means all.
        return (int) Math.floor(share * 100) + " %";
    }

    /**
     * The Mermaid diagram of the edges that can be covered, with those marked that no job took. Lines end with LF.
     */
    public String mermaid() {
        Seq<String> missed = missed(Metric.EDGES);
        return Diagram.mermaid(edge -> items(Metric.EDGES).contains(edge.name()), edge -> missed.contains(edge.name()));
    }
}
