package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.stream.Stream;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;

/**
 * A history that is legal but for its last snapshot, which breaks exactly one rule: it differs in one field from a snapshot
 * that is legal there.
 *
 * @param origin the legal history that it was made of
 * @param rule the broken rule
 * @param snapshots the history, at least one snapshot
 * @param legal the snapshot that would be legal in place of the last one
 * @param field the field that was changed
 * @param change what was changed, in words, such as {@code startTime removed}
 */
public record Mutant(
        History origin, Rule rule, Seq<JobSnapshot> snapshots, JobSnapshot legal, JobField field, String change) {

    /** More than a history has, so that a simpler history makes a simpler mutant. */
    private static final long MOST_SNAPSHOTS = 1000;

    /** Checks that nothing is null, and that there is a snapshot. */
    public Mutant {
        requireNonNull(origin, "origin");
        requireNonNull(rule, "rule");
        requireNonNull(legal, "legal");
        requireNonNull(field, "field");
        requireNonNull(change, "change");
        if (requireNonNull(snapshots, "snapshots").isEmpty()) {
            throw new IllegalArgumentException("no snapshots: expected at least one");
        }
    }

    /** The lifecycle whose rule it breaks. */
    public JobLifecycle lifecycle() {
        return origin.lifecycle();
    }

    /** The step at which the broken rule has to be found: the index of the last snapshot, 0 if it is the first. */
    public int step() {
        return snapshots.size() - 1;
    }

    /** The baseline of the last snapshot; nothing if that is the first one. */
    public Option<JobSnapshot> before() {
        return snapshots.init().lastOption();
    }

    /** The snapshot that breaks the rule. */
    public JobSnapshot after() {
        return snapshots.last();
    }

    /** Mutants of simpler histories, and of fewer snapshots, that break the same rule; those with the same change first. */
    public Stream<Mutant> simpler() {
        return Stream.concat(origin.simpler(), Stream.of(origin))
                .flatMap(history -> Mutants.near(history)
                        .filter(mutant -> mutant.rule() == rule)
                        .sortBy(mutant -> !mutant.change().equals(change))
                        .toJavaStream())
                .filter(mutant -> mutant.size() < size());
    }

    /** How complex this mutant is; not negative, and less in {@linkplain #simpler simpler ones}. */
    public long size() {
        return MOST_SNAPSHOTS * origin.size() + snapshots.size();
    }

    /** One line, such as {@code end-time-required, RUNNING -> SUCCEEDED: endTime removed}. */
    @Override
    public String toString() {
        return rule + ", "
                + before().map(job -> job.state() + " -> ").getOrElse("first snapshot: ")
                + after().state() + ": " + change;
    }
}
