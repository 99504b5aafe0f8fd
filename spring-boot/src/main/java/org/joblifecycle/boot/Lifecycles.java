package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

// The endpoint has it without the store: nothing here is of the store.
/** The lifecycles of the jobs that are stored. Made once: one without some rules is made of all pairs of states. */
final class Lifecycles {
    private final @Nullable JobLifecycle one;
    private final Map<JobKind, JobLifecycle> ofKinds = new EnumMap<>(JobKind.class);

    /**
     * The lifecycles.
     *
     * @param one that of all jobs; null if the name of a job tells its kind
     * @param properties say what the lifecycle of a kind is
     */
    Lifecycles(@Nullable JobLifecycle one, JobLifecycleProperties properties) {
        this.one = one;
        if (one == null) {
            for (JobKind kind : JobKind.values()) {
                ofKinds.put(kind, properties.lifecycle(kind));
            }
        }
    }

    /** That of all jobs; null if the name of a job tells its kind. */
    @Nullable
    JobLifecycle one() {
        return one;
    }

    Collection<JobLifecycle> all() {
        return one == null ? ofKinds.values() : List.of(one);
    }

    /** The lifecycle of a job that a store has accepted. */
    JobLifecycle of(String name) {
        return one == null ? ofKind(JobKind.of(name).get()) : one;
    }

    JobLifecycle ofKind(JobKind kind) {
        return requireNonNull(ofKinds.get(kind));
    }
}
