package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Makes illegal histories out of legal ones: the nearest neighbours that break exactly one rule. One field of one look
 * is changed, at a step or in a look after it in the same state.
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
    private static final JobError ERROR = new JobError(13, "internal");

    /** Right ones and wrong ones, those at the ends of what is right among them. */
    private static final Seq<JobError> ERRORS =
            List.of(ERROR).appendAll(List.of(1, 16, 0, 17, -1).map(JobError::of));

    /** Far enough to show in any part of a time. */
    private static final Duration LONG = Duration.ofDays(400);

    private final JobLifecycle lifecycle;
    private final Seq<Mutant> all;

    private Mutants(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
        JobPaths paths = JobPaths.of(lifecycle);
        Seq<History> plain = paths.toEdgesStartedOrNot()
                .prepend(JobPath.at(JobState.UNSPECIFIED))
                .map(path -> History.along(lifecycle, path));
        boolean hasTimes = lifecycle.kind().hasStartTime() && lifecycle.kind().hasEndTime();
        this.all = (hasTimes ? plain : plain.appendAll(plain.map(History::withOtherTimes)))
                .flatMap(Mutants::atTheEnd)
                .distinctBy(Mutant::toString);
    }

    /** A change of one field. */
    record Neighbour(JobField field, String change, JobSnapshot job) {}

    /** A neighbour that breaks exactly one rule. */
    record Fault(Rule rule, Neighbour neighbour) {}

    /** The mutants of the histories of this lifecycle. */
    public static Mutants of(JobLifecycle lifecycle) {
        return new Mutants(requireNonNull(lifecycle, "lifecycle"));
    }

    /**
     * Mutants of every rule that the lifecycle has, at every edge and after it: the nearest of each kind of change, wherever
     * it breaks one rule alone. Always the same ones.
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

    /** The rules that the lifecycle has: those that some job of its kind can break, without those that it leaves out. */
    public Seq<Rule> rules() {
        return Vector.of(Rule.values()).filter(rule -> all.exists(mutant -> mutant.rule() == rule));
    }

    /** Draws a mutant: every rule that the lifecycle has is as likely as another. */
    public Mutant draw(Random random) {
        return draw(History.pick(rules(), requireNonNull(random, "random")), random);
    }

    /**
     * Draws a mutant of one rule.
     *
     * @throws IllegalArgumentException if the lifecycle does not have this rule
     */
    public Mutant draw(Rule rule, Random random) {
        Seq<Mutant> places = breaking(rule);
        Random mixed = History.mixed(random);
        History history = History.pick(places, mixed).origin().redrawn(mixed);
        return History.pick(atTheEnd(history).filter(mutant -> mutant.rule() == rule), mixed);
    }

    /**
     * All mutants of a history: at every look and after it, in every way in which a change of one field breaks exactly
     * one rule.
     */
    public static Seq<Mutant> near(History history) {
        Seq<JobSnapshot> looks = requireNonNull(history, "history").looks();
        return Vector.rangeClosed(1, looks.size()).flatMap(size -> at(history, looks.take(size)));
    }

    private static Seq<Mutant> atTheEnd(History history) {
        return at(history, history.looks());
    }

    /** Mutants of the last of these looks, and of another look after it. */
    private static Seq<Mutant> at(History origin, Seq<JobSnapshot> looks) {
        return mutants(origin, looks.init(), looks.last()).appendAll(mutants(origin, looks, looks.last()));
    }

    private static Seq<Mutant> mutants(History origin, Seq<JobSnapshot> known, JobSnapshot job) {
        return faults(origin.lifecycle(), known.lastOption().getOrNull(), job, ChronoUnit.NANOS)
                .map(fault -> new Mutant(
                        origin,
                        fault.rule(),
                        known.append(fault.neighbour().job()),
                        job,
                        fault.neighbour().field(),
                        fault.neighbour().change()));
    }

    /**
     * The neighbours of a look that break exactly one rule.
     *
     * @param before the job as known; null at the first look
     * @param after a look that is legal
     * @param unit the finest that times are told apart by
     */
    static Seq<Fault> faults(JobLifecycle lifecycle, @Nullable JobSnapshot before, JobSnapshot after, ChronoUnit unit) {
        return neighbours(lifecycle, before, after, unit).flatMap(neighbour -> {
            Seq<Violation> broken = lifecycle.check(before, neighbour.job()).violations();
            return broken.size() == 1 ? List.of(new Fault(broken.head().rule(), neighbour)) : List.<Fault>empty();
        });
    }

    /** The neighbours of a look that break several rules at once, with what is then broken. */
    static Seq<Tuple2<Seq<Rule>, Neighbour>> spoilt(
            JobLifecycle lifecycle, @Nullable JobSnapshot before, JobSnapshot after, ChronoUnit unit) {
        return neighbours(lifecycle, before, after, unit)
                .map(neighbour -> Tuple.of(
                        lifecycle.check(before, neighbour.job()).violations().map(Violation::rule), neighbour))
                .filter(spoilt -> spoilt._1().size() > 1);
    }

    /**
     * The neighbours of a look, in the same state, that break no rule: unusual, and legal all the same. The job keeps its
     * name and has an updateTime.
     */
    static Seq<Neighbour> legal(JobLifecycle lifecycle, JobSnapshot before, JobSnapshot after, ChronoUnit unit) {
        return neighbours(lifecycle, before, after, unit)
                .filter(neighbour -> neighbour.field() != JobField.STATE
                        && neighbour.field() != JobField.NAME
                        && neighbour.job().updateTime() != null
                        && lifecycle.check(before, neighbour.job()).isLegal());
    }

    private static Seq<Neighbour> neighbours(
            JobLifecycle lifecycle, @Nullable JobSnapshot before, JobSnapshot after, ChronoUnit unit) {
        Vector<Neighbour> all = Vector.empty();
        for (JobState state : JobState.values()) {
            all = all.append(new Neighbour(JobField.STATE, "state " + state, after.withState(state)));
        }
        String name = after.name() == null ? History.name(lifecycle.kind(), 1) : after.name();
        for (String other : List.of(name + "0", "x" + name)) {
            all = all.append(new Neighbour(JobField.NAME, "another name", after.withName(other)));
        }
        for (JobError error : ERRORS) {
            all = all.append(
                    new Neighbour(JobField.ERROR, "error code " + error.codeAndName(), after.withError(error)));
        }
        JobError error = after.error();
        if (error != null) {
            String message = error.message();
            for (String other : List.of(message + "!", message + " ", otherCase(message))) {
                JobError same = new JobError(error.code(), other);
                all = all.append(new Neighbour(JobField.ERROR, "another message", after.withError(same)));
            }
            all = all.append(new Neighbour(JobField.ERROR, "error taken away", after.withError(null)));
        }
        for (JobField field :
                List.of(JobField.CREATE_TIME, JobField.START_TIME, JobField.END_TIME, JobField.UPDATE_TIME)) {
            Instant value = (Instant) field.of(after);
            if (value != null) {
                all = all.append(new Neighbour(field, field + " taken away", with(after, field, null)));
            }
            for (Instant time : times(lifecycle.mode(), before, after, value, unit)) {
                String change = value == null ? " set" : time.isBefore(value) ? " earlier" : " later";
                all = all.append(new Neighbour(field, field + change, with(after, field, time)));
            }
        }
        return all.filter(neighbour -> !neighbour.job().equals(after));
    }

    private static String otherCase(String message) {
        String upper = message.toUpperCase(Locale.ROOT);
        return message.equals(upper) ? message.toLowerCase(Locale.ROOT) : upper;
    }

    /** The times that the jobs carry, and those as near to them as can be told apart; those nearest to the value first. */
    private static Seq<Instant> times(
            Mode mode, @Nullable JobSnapshot before, JobSnapshot after, @Nullable Instant value, ChronoUnit unit) {
        Duration second = Duration.ofSeconds(1);
        Seq<Duration> nudges = mode == Mode.AUTHORITY || unit.getDuration().compareTo(second) >= 0
                ? List.of(unit.getDuration(), LONG)
                : List.of(unit.getDuration(), second.minus(unit.getDuration()), second, LONG);
        Seq<Instant> times = List.of(before, after)
                .filter(Objects::nonNull)
                .flatMap(job -> List.of(job.createTime(), job.startTime(), job.endTime(), job.updateTime()))
                .filter(Objects::nonNull)
                .appendAll(after.notBefore(Instant.MIN).equals(Instant.MIN) ? List.of(History.BEGINNING) : List.empty())
                .flatMap(time -> nudges.flatMap(nudge -> List.of(time.minus(nudge), time, time.plus(nudge))))
                .distinct()
                .sorted();
        return value == null
                ? times
                : times.sortBy(time -> Duration.between(value, time).abs());
    }

    private static JobSnapshot with(JobSnapshot job, JobField field, @Nullable Instant time) {
        return switch (field) {
            case CREATE_TIME -> job.withCreateTime(time);
            case START_TIME -> job.withStartTime(time);
            case END_TIME -> job.withEndTime(time);
            case UPDATE_TIME -> job.withUpdateTime(time);
            default -> throw new IllegalArgumentException(field + " is no time");
        };
    }
}
