package org.joblifecycle.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/**
 * A job at one instant: the seven fields that the lifecycle reads. Immutable; any combination of values can be
 * represented, whether or not the lifecycle allows it.
 *
 * <p>Times are instants with nanoseconds. A time or an error that the job does not carry is null.
 *
 * <pre>{@code
 * JobSnapshot job = JobSnapshot.of("projects/p/locations/l/tuningJobs/7", JobState.PENDING)
 *         .withCreateTime(now)
 *         .withUpdateTime(now);
 * }</pre>
 */
public final class JobSnapshot {
    private final @Nullable String name;
    private final JobState state;
    private final @Nullable Instant createTime;
    private final @Nullable Instant startTime;
    private final @Nullable Instant endTime;
    private final @Nullable Instant updateTime;
    private final @Nullable JobError error;

    private JobSnapshot(
            @Nullable String name,
            JobState state,
            @Nullable Instant createTime,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            @Nullable Instant updateTime,
            @Nullable JobError error) {
        this.name = name;
        this.state = state;
        this.createTime = createTime;
        this.startTime = startTime;
        this.endTime = endTime;
        this.updateTime = updateTime;
        this.error = error;
    }

    /**
     * A job of this name in this state, without times and error.
     *
     * @param name the resource name; null or empty if the job has none yet
     */
    public static JobSnapshot of(@Nullable String name, JobState state) {
        return new JobSnapshot(presentOrNull(name), requireNonNull(state, "state"), null, null, null, null, null);
    }

    private static @Nullable String presentOrNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }

    /** The resource name, such as {@code projects/p/locations/l/tuningJobs/7}; null, never empty, if the job has none. */
    public @Nullable String name() {
        return name;
    }

    /** The state. */
    public JobState state() {
        return state;
    }

    /** "Time when the TuningJob was created." */
    public @Nullable Instant createTime() {
        return createTime;
    }

    /** "Time when the TuningJob for the first time entered the {@code JOB_STATE_RUNNING} state." */
    public @Nullable Instant startTime() {
        return startTime;
    }

    /** Time when the job entered its terminal state. */
    public @Nullable Instant endTime() {
        return endTime;
    }

    /** "Time when the TuningJob was most recently updated." */
    public @Nullable Instant updateTime() {
        return updateTime;
    }

    /** "Only populated when job's state is {@code JOB_STATE_FAILED} or {@code JOB_STATE_CANCELLED}." */
    public @Nullable JobError error() {
        return error;
    }

    /** This job with another name; null or empty takes it away. */
    public JobSnapshot withName(@Nullable String name) {
        return new JobSnapshot(presentOrNull(name), state, createTime, startTime, endTime, updateTime, error);
    }

    /** This job in another state. */
    public JobSnapshot withState(JobState state) {
        return new JobSnapshot(name, requireNonNull(state, "state"), createTime, startTime, endTime, updateTime, error);
    }

    /** This job with another createTime; null removes it. */
    public JobSnapshot withCreateTime(@Nullable Instant createTime) {
        return new JobSnapshot(name, state, createTime, startTime, endTime, updateTime, error);
    }

    /** This job with another startTime; null removes it. */
    public JobSnapshot withStartTime(@Nullable Instant startTime) {
        return new JobSnapshot(name, state, createTime, startTime, endTime, updateTime, error);
    }

    /** This job with another endTime; null removes it. */
    public JobSnapshot withEndTime(@Nullable Instant endTime) {
        return new JobSnapshot(name, state, createTime, startTime, endTime, updateTime, error);
    }

    /** This job with another updateTime; null removes it. */
    public JobSnapshot withUpdateTime(@Nullable Instant updateTime) {
        return new JobSnapshot(name, state, createTime, startTime, endTime, updateTime, error);
    }

    /** This job with another error; null removes it. */
    public JobSnapshot withError(@Nullable JobError error) {
        return new JobSnapshot(name, state, createTime, startTime, endTime, updateTime, error);
    }

    /**
     * This job with its four times cut to a unit, as a database keeps them. A job that is stored with microseconds and
     * read back differs from one with nanoseconds, and its updateTime seems to go back: cut before storing and comparing.
     *
     * @param unit {@link ChronoUnit#DAYS} or shorter
     * @throws java.time.temporal.UnsupportedTemporalTypeException if the unit is longer than a day
     */
    public JobSnapshot truncatedTo(ChronoUnit unit) {
        requireNonNull(unit, "unit");
        return new JobSnapshot(
                name,
                state,
                truncated(createTime, unit),
                truncated(startTime, unit),
                truncated(endTime, unit),
                truncated(updateTime, unit),
                error);
    }

    private static @Nullable Instant truncated(@Nullable Instant time, ChronoUnit unit) {
        return time == null ? null : time.truncatedTo(unit);
    }

    /**
     * The later of this instant and the times that the job carries. Clocks of different machines differ by
     * milliseconds: an event that is applied at {@code job.notBefore(clock.instant())} is never refused for its time.
     */
    public Instant notBefore(Instant now) {
        return later(later(later(later(requireNonNull(now, "now"), createTime), startTime), endTime), updateTime);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** Whether the other is a snapshot with the same seven fields; times are compared as instants. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JobSnapshot that
                        && state == that.state
                        && Objects.equals(updateTime, that.updateTime)
                        && Objects.equals(name, that.name)
                        && Objects.equals(createTime, that.createTime)
                        && Objects.equals(startTime, that.startTime)
                        && Objects.equals(endTime, that.endTime)
                        && Objects.equals(error, that.error));
    }

    @Override
    public int hashCode() {
        int hash = Objects.hashCode(name);
        hash = 31 * hash + state.number();
        hash = 31 * hash + Objects.hashCode(createTime);
        hash = 31 * hash + Objects.hashCode(startTime);
        hash = 31 * hash + Objects.hashCode(endTime);
        hash = 31 * hash + Objects.hashCode(updateTime);
        return 31 * hash + Objects.hashCode(error);
    }

    /**
     * The fields that the job carries, such as {@code JobSnapshot[name=..., state=PENDING, createTime=...]}: one line, in which
     * control characters are escaped, so that a name cannot forge a line of a log.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("JobSnapshot[");
        String separator = "";
        for (JobField field : JobField.values()) {
            Object value = field.of(this);
            if (value != null) {
                text.append(separator).append(field).append('=').append(Escaped.line(value.toString()));
                separator = ", ";
            }
        }
        return text.append(']').toString();
    }
}
