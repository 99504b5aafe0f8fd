package org.joblifecycle.testkit;

import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
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
 * The snapshots that differ from a legal one in one field, and by as little as may matter. Which rules they break is asked of
 * the lifecycle.
 *
 * @param precision in which times are told apart; none is proposed that it does not keep
 */
record Neighbours(JobLifecycle lifecycle, Precision precision) {
    private static final JobError ERROR = new JobError(13, "internal");

    /** With valid codes and invalid ones: those at both ends of the valid ones, and next to them. */
    private static final Seq<JobError> ERRORS = List.of(ERROR)
            .appendAll(List.of(JobErrors.CODES.head(), JobErrors.CODES.last())
                    .appendAll(JobErrors.INVALID_CODES)
                    .map(JobError::of));

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Long enough to change any part of a time. */
    private static final Duration LONG = Duration.ofDays(400);

    /**
     * A snapshot that differs in one field.
     *
     * @param change what was changed, in words
     */
    record Neighbour(JobField field, String change, JobSnapshot job) {}

    /** A neighbour that breaks exactly one rule. */
    record Fault(Rule rule, Neighbour neighbour) {}

    /**
     * The neighbours of a snapshot that break exactly one rule.
     *
     * @param before the baseline; null if nothing is known
     * @param after a snapshot that is legal
     */
    Seq<Fault> faults(@Nullable JobSnapshot before, JobSnapshot after) {
        return all(before, after).flatMap(neighbour -> {
            Seq<Rule> broken = broken(before, neighbour);
            return broken.size() == 1 ? List.of(new Fault(broken.head(), neighbour)) : List.<Fault>empty();
        });
    }

    /** The neighbours of a snapshot that break several rules at once, each with these rules. */
    Seq<Tuple2<Seq<Rule>, Neighbour>> faultsOfSeveralRules(JobSnapshot before, JobSnapshot after) {
        return all(before, after)
                .map(neighbour -> Tuple.of(broken(before, neighbour), neighbour))
                .filter(fault -> fault._1().size() > 1);
    }

    /**
     * The neighbours of a snapshot that are in the same state and break no rule: unusual, but legal. The job keeps its name and
     * has an updateTime, also where no rule of the lifecycle demands that.
     */
    Seq<Neighbour> legal(JobSnapshot before, JobSnapshot after) {
        return all(before, after)
                .filter(neighbour -> neighbour.field() != JobField.STATE
                        && neighbour.field() != JobField.NAME
                        && neighbour.job().updateTime() != null
                        && lifecycle.check(before, neighbour.job()).isLegal());
    }

    /** The {@link #legal} ones in which a field is removed, or in which a time is set that was missing. */
    Seq<Neighbour> legalWithFieldsRemovedOrSet(JobSnapshot before, JobSnapshot after) {
        return legal(before, after)
                .filter(neighbour -> neighbour.field().of(neighbour.job()) == null
                        || (neighbour.field() != JobField.ERROR
                                && neighbour.field().of(after) == null));
    }

    private Seq<Rule> broken(@Nullable JobSnapshot before, Neighbour neighbour) {
        return lifecycle.check(before, neighbour.job()).violations().map(Violation::rule);
    }

    private Seq<Neighbour> all(@Nullable JobSnapshot before, JobSnapshot after) {
        return states(after)
                .appendAll(names(after))
                .appendAll(errors(after))
                .appendAll(times(before, after))
                .filter(neighbour -> !neighbour.job().equals(after))
                // Whether such a one is legal depends on what was cut.
                .filter(neighbour -> precision.lifted(neighbour.job()).equals(neighbour.job()));
    }

    private static Vector<Neighbour> states(JobSnapshot job) {
        return Vector.of(JobState.values())
                .map(state -> new Neighbour(JobField.STATE, "state " + state, job.withState(state)));
    }

    private Seq<Neighbour> names(JobSnapshot job) {
        String name = job.name() == null ? History.name(lifecycle.kind(), 1) : job.name();
        Seq<Neighbour> others = List.of(name + "0", "x" + name)
                .map(other -> new Neighbour(JobField.NAME, "another name", job.withName(other)));
        return job.name() == null
                ? others
                : others.append(new Neighbour(JobField.NAME, "name removed", job.withName(null)));
    }

    private static Seq<Neighbour> errors(JobSnapshot job) {
        Seq<Neighbour> others = ERRORS.map(
                error -> new Neighbour(JobField.ERROR, "error code " + error.codeAndName(), job.withError(error)));
        JobError error = job.error();
        if (error == null) {
            return others;
        }
        String message = error.message();
        return others.appendAll(List.of(message + "!", message + " ", otherCase(message))
                        .map(other -> new Neighbour(
                                JobField.ERROR, "another message", job.withError(new JobError(error.code(), other)))))
                .append(new Neighbour(JobField.ERROR, "error removed", job.withError(null)));
    }

    private static String otherCase(String message) {
        String upper = message.toUpperCase(Locale.ROOT);
        return message.equals(upper) ? message.toLowerCase(Locale.ROOT) : upper;
    }

    private Seq<Neighbour> times(@Nullable JobSnapshot before, JobSnapshot after) {
        Vector<Neighbour> all = Vector.empty();
        for (JobField field :
                List.of(JobField.CREATE_TIME, JobField.START_TIME, JobField.END_TIME, JobField.UPDATE_TIME)) {
            Instant value = (Instant) field.of(after);
            if (value != null) {
                all = all.append(new Neighbour(field, field + " removed", Precision.with(after, field, null)));
            }
            for (Instant time : times(before, after, field, value)) {
                String change = value == null ? " set" : time.isBefore(value) ? " earlier" : " later";
                all = all.append(new Neighbour(field, field + change, Precision.with(after, field, time)));
            }
        }
        return all;
    }

    /** The times that the jobs carry, and others as near to them as can be told apart; those nearest to the value first. */
    private Seq<Instant> times(
            @Nullable JobSnapshot before, JobSnapshot after, JobField field, @Nullable Instant value) {
        Duration finest = precision.of(field).getDuration();
        Seq<Duration> distances = lifecycle.mode() == Mode.AUTHORITY || finest.compareTo(SECOND) >= 0
                ? List.of(finest, LONG)
                : List.of(finest, SECOND.minus(finest), SECOND, LONG);
        Seq<Instant> times = List.of(before, after)
                .filter(Objects::nonNull)
                .flatMap(job -> List.of(job.createTime(), job.startTime(), job.endTime(), job.updateTime()))
                .filter(Objects::nonNull)
                .appendAll(after.notBefore(Instant.MIN).equals(Instant.MIN) ? List.of(History.BEGINNING) : List.empty())
                .flatMap(
                        time -> distances.flatMap(distance -> List.of(time.minus(distance), time, time.plus(distance))))
                .map(time -> time.truncatedTo(precision.of(field)))
                .distinct()
                .sorted();
        return value == null
                ? times
                : times.sortBy(time -> Duration.between(value, time).abs());
    }
}
