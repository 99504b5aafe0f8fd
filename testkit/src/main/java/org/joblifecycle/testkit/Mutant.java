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
 * A history that is legal up to its last look, which breaks exactly one rule: the look differs in one field from one that
 * is legal there.
 *
 * @param origin the legal history that it was made of
 * @param rule the broken rule
 * @param looks the history, at least one look
 * @param legal the look that would have been legal in place of the last one
 * @param field the field that was changed
 * @param change what was changed, in words, such as {@code startTime taken away}
 */
public record Mutant(
        History origin, Rule rule, Seq<JobSnapshot> looks, JobSnapshot legal, JobField field, String change)
        implements Simplifiable<Mutant> {

    /** Checks that nothing is null, and that there is a look. */
    public Mutant {
        requireNonNull(origin, "origin");
        requireNonNull(rule, "rule");
        requireNonNull(legal, "legal");
        requireNonNull(field, "field");
        requireNonNull(change, "change");
        if (requireNonNull(looks, "looks").isEmpty()) {
            throw new IllegalArgumentException("no looks: expected at least one");
        }
    }

    /** Whose rule it breaks. */
    public JobLifecycle lifecycle() {
        return origin.lifecycle();
    }

    /** The step at which the broken rule has to be noticed: the index of the last look, 0 if it is the first. */
    public int step() {
        return looks.size() - 1;
    }

    /** The job as known before; nothing if the broken look is the first. */
    public Option<JobSnapshot> before() {
        return looks.init().lastOption();
    }

    /** The look that breaks the rule. */
    public JobSnapshot after() {
        return looks.last();
    }

    /** Mutants of simpler histories that break the same rule. */
    @Override
    public Stream<Mutant> simpler() {
        return origin.simpler()
                .flatMap(history -> Mutants.near(history)
                        .find(mutant -> mutant.rule() == rule)
                        .toJavaStream())
                .filter(mutant -> mutant.size() < size());
    }

    @Override
    public long size() {
        return origin.size() + looks.size();
    }

    /** One line, such as {@code end-time-required, RUNNING -> SUCCEEDED: endTime taken away}. */
    @Override
    public String toString() {
        return rule + ", "
                + before().map(job -> job.state() + " -> ").getOrElse("first look: ")
                + after().state() + ": " + change;
    }
}
