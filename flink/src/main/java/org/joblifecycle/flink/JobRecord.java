package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.Unreadable;
import org.jspecify.annotations.Nullable;

/** A snapshot of a job and where it was read, or why it cannot be read. Immutable, equal by value. */
@TypeInfo(FormatTypes.OfRecords.class)
public final class JobRecord {
    private final Place place;
    private final @Nullable JobSnapshot job;
    private final @Nullable Unreadable fault;
    private final boolean isElement;

    private JobRecord(Place place, @Nullable JobSnapshot job, @Nullable Unreadable fault, boolean isElement) {
        this.place = requireNonNull(place, "place");
        this.job = job;
        this.fault = fault;
        this.isElement = isElement;
    }

    /** A snapshot that was read here. */
    public static JobRecord of(Place place, JobSnapshot job) {
        return new JobRecord(place, requireNonNull(job, "job"), null, true);
    }

    /** What was read here is no snapshot. */
    public static JobRecord unreadable(Place place, Unreadable fault) {
        return new JobRecord(place, null, requireNonNull(fault, "fault"), true);
    }

    /** The input cannot be read on from here. */
    static JobRecord broken(Place place, Unreadable fault) {
        return new JobRecord(place, null, fault, false);
    }

    /** No snapshot, but how many lines a part of a file has: the number of the place. */
    static JobRecord count(Place place) {
        return new JobRecord(place, null, null, false);
    }

    /** Where it was read. */
    public Place place() {
        return place;
    }

    /** The snapshot; null if it cannot be read. */
    public @Nullable JobSnapshot job() {
        return job;
    }

    /** Why it cannot be read; null if it can. */
    public @Nullable Unreadable fault() {
        return fault;
    }

    /** Whether it counts as a snapshot: not where an input cannot be read on. */
    boolean isElement() {
        return isElement;
    }

    /** Whether it is a number of lines. */
    boolean isCount() {
        return job == null && fault == null;
    }

    /** What the stream is keyed by: the name of the job; where there is none, the place, so that no partition gets all of these. */
    public String key() {
        String name = job == null ? null : job.name();
        return name == null ? place.toString() : name;
    }

    /** What the stream is keyed by where files are audited each by itself: the {@link #key} together with the file. */
    public String keyInSource() {
        return place.source().length() + " " + place.source() + ' ' + key();
    }

    /**
     * The event time: the updateTime of the job in milliseconds since the epoch, rounded down. {@link Long#MIN_VALUE} if there is
     * none, so that it moves no watermark.
     */
    public long timestamp() {
        Instant time = updateTime();
        return time == null ? Long.MIN_VALUE : milliseconds(time);
    }

    @Nullable
    Instant updateTime() {
        return job == null ? null : job.updateTime();
    }

    private static long milliseconds(Instant time) {
        long most = Long.MAX_VALUE / 2000; // so that a watermark can be later or earlier
        long seconds = Math.max(-most, Math.min(most, time.getEpochSecond()));
        return seconds * 1000 + time.getNano() / 1_000_000;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobRecord that
                && place.equals(that.place)
                && isElement == that.isElement
                && Objects.equals(job, that.job)
                && Objects.equals(fault, that.fault);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, job, fault, isElement);
    }

    /** One line: the place, and the snapshot or the fault. */
    @Override
    public String toString() {
        return place + ": " + (job == null ? fault : job);
    }
}
