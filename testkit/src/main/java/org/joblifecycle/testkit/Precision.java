package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/** The finest unit in which each time of a job is kept. */
final class Precision {
    /** In the order in which they happen to a job. */
    private static final Seq<JobField> TIMES =
            List.of(JobField.CREATE_TIME, JobField.START_TIME, JobField.END_TIME, JobField.UPDATE_TIME);

    /** Every time in nanoseconds. */
    static final Precision FULL = of(time -> ChronoUnit.NANOS);

    private final Map<JobField, ChronoUnit> units = new EnumMap<>(JobField.class);
    private final ChronoUnit coarsest;

    private Precision(Function<JobField, @Nullable ChronoUnit> unitOf) {
        for (JobField time : TIMES) {
            ChronoUnit unit = requireNonNull(unitOf.apply(time), () -> "precision of " + time);
            if (unit.compareTo(ChronoUnit.SECONDS) > 0) {
                throw new IllegalArgumentException(
                        "the precision of " + time + " is " + unit.name() + ": expected SECONDS or shorter");
            }
            units.put(time, unit);
        }
        this.coarsest = Collections.max(units.values());
    }

    /**
     * The precision with these units of the four times.
     *
     * @throws IllegalArgumentException if one is longer than a second
     */
    static Precision of(Function<JobField, @Nullable ChronoUnit> unitOf) {
        return new Precision(unitOf);
    }

    ChronoUnit of(JobField time) {
        return requireNonNull(units.get(time));
    }

    /** The job as it is kept: each time cut to its unit. */
    JobSnapshot cut(JobSnapshot job) {
        JobSnapshot cut = job;
        for (JobField field : TIMES) {
            Instant time = (Instant) field.of(job);
            cut = time == null ? cut : with(cut, field, time.truncatedTo(of(field)));
        }
        return cut;
    }

    /**
     * The job as it may have been before it was cut: no time that was cut is before one that was not. A job that is created and
     * started within a second has its startTime before its createTime if only that is kept in whole seconds.
     */
    JobSnapshot lifted(JobSnapshot job) {
        JobSnapshot lifted = job;
        Instant latest = Instant.MIN;
        for (JobField field : TIMES) {
            Instant time = (Instant) field.of(job);
            if (time != null && time.isBefore(latest)) {
                if (time.equals(latest.truncatedTo(of(field)))) {
                    lifted = with(lifted, field, latest);
                }
            } else if (time != null) {
                latest = time;
            }
        }
        return lifted;
    }

    /** A time for the next change of a job, now or later: what the change sets is not before what the job has, also if it is cut. */
    Instant nextTime(JobSnapshot job, Instant now) {
        Instant time = job.notBefore(now.truncatedTo(of(JobField.UPDATE_TIME)));
        if (time.equals(job.updateTime())) {
            time = later(time);
        }
        return time.truncatedTo(coarsest).isBefore(job.notBefore(Instant.MIN)) ? time.plus(1, coarsest) : time;
    }

    /** The next time that an updateTime can have. */
    Instant later(Instant time) {
        return time.plus(1, of(JobField.UPDATE_TIME));
    }

    /** The job with another time. */
    static JobSnapshot with(JobSnapshot job, JobField field, @Nullable Instant time) {
        return switch (field) {
            case CREATE_TIME -> job.withCreateTime(time);
            case START_TIME -> job.withStartTime(time);
            case END_TIME -> job.withEndTime(time);
            case UPDATE_TIME -> job.withUpdateTime(time);
            default -> throw new IllegalArgumentException(field + " is no time");
        };
    }
}
