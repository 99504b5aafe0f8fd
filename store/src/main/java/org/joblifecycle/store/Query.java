package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list: a page of those in some states, in the order of their names. The next page is {@code query.after(name)}
 * of the last one listed. A job that changes between two pages is listed as it is when its page is read.
 */
public final class Query {
    private static final int DEFAULT_LIMIT = 100;

    private final Set<JobState> states;
    private final @Nullable String after;
    private final int limit;

    private Query(Set<JobState> states, @Nullable String after, int limit) {
        this.states = states;
        this.after = after;
        this.limit = limit;
    }

    /** The jobs in any state: the first 100. */
    public static Query all() {
        return new Query(Collections.unmodifiableSet(EnumSet.allOf(JobState.class)), null, DEFAULT_LIMIT);
    }

    /** The jobs that are in one of these states: the first 100. */
    public static Query in(JobState first, JobState... others) {
        requireNonNull(first, "first");
        requireNonNull(others, "others");
        return new Query(Collections.unmodifiableSet(EnumSet.of(first, others)), null, DEFAULT_LIMIT);
    }

    /** Only the jobs whose names come after this one, whether there is a job of this name or not. */
    public Query after(String name) {
        return new Query(states, requireNonNull(name, "name"), limit);
    }

    /**
     * At most so many.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Query limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": expected at least 1");
        }
        return new Query(states, after, limit);
    }

    Set<JobState> states() {
        return states;
    }

    @Nullable
    String after() {
        return after;
    }

    int limit() {
        return limit;
    }
}
