package org.joblifecycle.benchmark;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The result of an audit: how many jobs and snapshots there are, and how often each rule is broken. */
final class Tally {
    static final String JOBS = "jobs";
    static final String SNAPSHOTS = "snapshots";

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** The tally that a program printed, in the form of {@link #toString}. */
    static Tally parse(List<String> lines) {
        Tally tally = new Tally();
        for (String line : lines) {
            int space = line.indexOf(' ');
            tally.add(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
        return tally;
    }

    /** Adds to a count; adding 0 leaves it as it is, and a count of 0 is not printed. */
    void add(String what, long number) {
        if (number > 0) {
            counts.merge(what, number, Long::sum);
        }
    }

    long jobs() {
        return counts.getOrDefault(JOBS, 0L);
    }

    long snapshots() {
        return counts.getOrDefault(SNAPSHOTS, 0L);
    }

    /** Removes a count, and answers what it was. */
    long take(String what) {
        Long count = counts.remove(what);
        return count == null ? 0 : count;
    }

    /** A line for each count: what is counted, a space, the number. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            lines.append(count.getKey()).append(' ').append(count.getValue()).append('\n');
        }
        return lines.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tally that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }
}
