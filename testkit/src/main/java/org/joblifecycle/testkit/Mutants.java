package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Random;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;

/**
 * Makes illegal histories out of legal ones: one field of one snapshot is changed by so little that exactly one rule is
 * broken. It is the snapshot of a step, or one after it in the same state.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource
 * void mySchedulerRefuses(Mutant mutant) {
 *     assertFalse(scheduler.accepts(mutant.before().getOrNull(), mutant.after()));
 * }
 *
 * static Seq<Mutant> mySchedulerRefuses() {
 *     return Mutants.of(JobLifecycle.authority(JobKind.CUSTOM_JOB)).all();
 * }
 * }</pre>
 */
public final class Mutants {
    private final JobLifecycle lifecycle;
    private final Seq<Mutant> all;

    private Mutants(JobLifecycle lifecycle, Precision precision) {
        this.lifecycle = lifecycle;
        JobPaths paths = JobPaths.of(lifecycle);
        Seq<History> plain = paths.toEdgesStartedOrNot()
                .prepend(JobPath.at(JobState.UNSPECIFIED))
                .map(path -> History.along(lifecycle, path));
        boolean hasTimes = lifecycle.kind().hasStartTime() && lifecycle.kind().hasEndTime();
        this.all = (hasTimes ? plain : plain.appendAll(plain.map(History::withOtherTimes)))
                .flatMap(history -> at(history, history.snapshots(), precision))
                .distinctBy(Mutant::toString);
    }

    /** The mutants of the histories of this lifecycle. */
    public static Mutants of(JobLifecycle lifecycle) {
        return of(lifecycle, Precision.FULL);
    }

    /** The mutants whose times have this precision. */
    static Mutants of(JobLifecycle lifecycle, Precision precision) {
        return new Mutants(requireNonNull(lifecycle, "lifecycle"), precision);
    }

    /**
     * Mutants of every rule that the lifecycle has, at every edge and after it: the smallest of each kind of change that breaks
     * one rule alone. Always the same ones.
     */
    public Seq<Mutant> all() {
        return all;
    }

    /**
     * Those of {@link #all} that break this rule.
     *
     * @throws IllegalArgumentException if the lifecycle does not have this rule
     */
    public Seq<Mutant> breaking(Rule rule) {
        requireNonNull(rule, "rule");
        Seq<Mutant> mutants = all.filter(mutant -> mutant.rule() == rule);
        if (mutants.isEmpty()) {
            throw new IllegalArgumentException("the " + lifecycle + " does not have the rule " + rule);
        }
        return mutants;
    }

    /** The rules that the lifecycle has: those that some job of its kind can break, without those that it excludes. */
    public Seq<Rule> rules() {
        return Vector.of(Rule.values()).filter(rule -> all.exists(mutant -> mutant.rule() == rule));
    }

    /** Draws a mutant; each rule that the lifecycle has is broken with the same probability. */
    public Mutant draw(Random random) {
        return draw(History.pick(rules(), requireNonNull(random, "random")), random);
    }

    /**
     * Draws a mutant of one rule.
     *
     * @throws IllegalArgumentException if the lifecycle does not have this rule
     */
    public Mutant draw(Rule rule, Random random) {
        Seq<Mutant> candidates = breaking(rule);
        Random mixed = History.mixed(random);
        History history = History.pick(candidates, mixed).origin().redrawn(mixed);
        return History.pick(atTheEnd(history).filter(mutant -> mutant.rule() == rule), mixed);
    }

    /**
     * All mutants of a history: of every snapshot, and of one after it in the same state, every small change of one field that
     * breaks exactly one rule.
     */
    static Seq<Mutant> near(History history) {
        Seq<JobSnapshot> snapshots = history.snapshots();
        return Vector.rangeClosed(1, snapshots.size())
                .flatMap(size -> at(history, snapshots.take(size), Precision.FULL));
    }

    private static Seq<Mutant> atTheEnd(History history) {
        return at(history, history.snapshots(), Precision.FULL);
    }

    /** Mutants of the last of these snapshots, and of another one after it. */
    private static Seq<Mutant> at(History origin, Seq<JobSnapshot> snapshots, Precision precision) {
        return mutants(origin, snapshots.init(), snapshots.last(), precision)
                .appendAll(mutants(origin, snapshots, snapshots.last(), precision));
    }

    private static Seq<Mutant> mutants(History origin, Seq<JobSnapshot> known, JobSnapshot job, Precision precision) {
        return new Neighbours(origin.lifecycle(), precision)
                .faults(known.lastOption().getOrNull(), job)
                .map(fault -> new Mutant(
                        origin,
                        fault.rule(),
                        known.append(fault.neighbour().job()),
                        job,
                        fault.neighbour().field(),
                        fault.neighbour().change()));
    }
}
