package org.joblifecycle.json.fast;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What some successive lines came to. One thread fills it, then one thread, which may be another, goes through it.
 *
 * @param <T> what the slow reader makes of a line
 */
final class Batch<T> {
    /** By line: a job, what the slow reader made, or null if the line is blank. */
    private @Nullable Object[] results;

    /** By line: the kind of a job; null if the line is blank or the slow reader read it. */
    private @Nullable JobKind[] kinds;

    private int lines;
    private @Nullable Supplier<Batch<T>> rest;
    private int current = -1;

    /**
     * A batch without lines.
     *
     * @param expected about how many lines will be added
     */
    Batch(int expected) {
        this.results = new Object[expected];
        this.kinds = new JobKind[expected];
    }

    void addBlank() {
        append(null, null);
    }

    void add(JobSnapshot job, JobKind kind) {
        append(job, kind);
    }

    void addSlowlyRead(@Nullable T result) {
        append(result, null);
    }

    private void append(@Nullable Object result, @Nullable JobKind kind) {
        if (lines == results.length) {
            int larger = 2 * lines + 1;
            results = Arrays.copyOf(results, larger);
            kinds = Arrays.copyOf(kinds, larger);
        }
        results[lines] = result;
        kinds[lines] = kind;
        lines++;
    }

    /** Says what makes the batch of the lines that follow these in the same buffer. */
    void setRest(Supplier<Batch<T>> rest) {
        this.rest = rest;
    }

    @Nullable
    Supplier<Batch<T>> rest() {
        return rest;
    }

    /** How many lines there are, blank ones too. */
    int lines() {
        return lines;
    }

    /** Goes to the next line that is not blank; answers whether there is one. */
    boolean advance() {
        do {
            current++;
        } while (current < lines && results[current] == null);
        return current < lines;
    }

    /** The number of the line, from 1, as if the first line of the batch were the first of all. */
    int number() {
        return current + 1;
    }

    @Nullable
    JobSnapshot job() {
        return kinds[current] == null ? null : (JobSnapshot) results[current];
    }

    JobKind kind() {
        return requireNonNull(kinds[current]);
    }

    @SuppressWarnings("unchecked") // a result without a kind is none of a job
    T slowlyRead() {
        return (T) requireNonNull(results[current]);
    }
}
