package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Objects;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/**
 * Where a snapshot was read: a line of a file, or an offset of a topic. Places of one input are ordered as the input is. Immutable,
 * equal by value.
 */
public final class Place implements Comparable<Place> {
    /** How many files {@link #rank} can order. */
    static final int MOST_FILES = 1 << 19;

    private static final int BITS_OF_OFFSET = 44;
    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::partition)
            .thenComparing(Place::source)
            .thenComparingLong(Place::from)
            .thenComparingLong(Place::number)
            .thenComparingLong(Place::ordinal);

    private final boolean inTopic;
    private final String source;
    private final int partition;
    private final long from;
    private final long number;
    private final long ordinal;

    Place(boolean inTopic, String source, int partition, long from, long number, long ordinal) {
        this.inTopic = inTopic;
        this.source = requireNonNull(source, "source");
        this.partition = partition;
        this.from = from;
        this.number = number;
        this.ordinal = ordinal;
    }

    /**
     * A line of a file.
     *
     * @param file what the file is called
     * @param line from 1
     */
    public static Place ofLine(String file, long line) {
        return new Place(false, file, 0, 0, line, 0);
    }

    /** An offset of a partition of a topic, each from 0. */
    public static Place ofOffset(String topic, int partition, long offset) {
        return new Place(true, topic, partition, 0, offset, 0);
    }

    /** Whether it is in a topic, not in a file. */
    public boolean inTopic() {
        return inTopic;
    }

    /** What the file or the topic is called. */
    public String source() {
        return source;
    }

    /** The partition of the topic. Of a file its number among those of a {@link FileAudit} or of {@link JobFiles#of}, from 0; else 0. */
    public int partition() {
        return partition;
    }

    /** The line, from 1, or the offset, from 0. */
    public long number() {
        return number;
    }

    /** The byte of the file from which the lines are counted: 0 if the number of the line is known. */
    long from() {
        return from;
    }

    /** How many snapshots were read before it: since {@link #from}, or, in a topic, of the same message. */
    long ordinal() {
        return ordinal;
    }

    /**
     * A number by which the places in all files are ordered, none like another. It does not reach the first byte of the next part,
     * because no snapshot is shorter than a byte.
     */
    long rank() {
        return ((long) partition << BITS_OF_OFFSET) + from + ordinal;
    }

    /** The same place, with the number of lines before those that were counted. */
    Place after(long lines) {
        return new Place(inTopic, source, partition, 0, lines + number, ordinal);
    }

    /** Orders the places of one input as the input is; of several files as they were named. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place that && inTopic == that.inTopic && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inTopic, source, partition, from, number, ordinal);
    }

    /** One line, such as {@code jobs.jsonl:17}, or {@code jobs-2@17} for offset 17 of partition 2. */
    @Override
    public String toString() {
        return Escaped.line(source) + (inTopic ? "-" + partition + "@" + number : ":" + number);
    }
}
