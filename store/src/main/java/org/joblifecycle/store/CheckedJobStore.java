package org.joblifecycle.store;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/** What is the same in every store: what may be stored, and which lifecycle is asked. */
abstract class CheckedJobStore implements JobStore {
    private final Function<String, JobLifecycle> lifecycles;

    /**
     * A store.
     *
     * @param lifecycles the lifecycle of the job of this name
     */
    CheckedJobStore(Function<String, JobLifecycle> lifecycles) {
        this.lifecycles = lifecycles;
    }

    /** Lifecycles by the kind that the name tells; every name has to tell one. */
    static Function<String, JobLifecycle> byKind(Function<JobKind, JobLifecycle> lifecycles) {
        requireNonNull(lifecycles, "lifecycles");
        return name -> {
            JobKind kind = JobKind.of(name)
                    .getOrElseThrow(() -> new UnstorableJobException("name " + Escaped.quoted(name)
                            + " tells no kind: expected one like projects/p/locations/l/customJobs/7, or a store with"
                            + " one lifecycle for all jobs"));
            JobLifecycle lifecycle = requireNonNull(lifecycles.apply(kind), "lifecycle");
            if (lifecycle.kind() != kind) {
                throw new IllegalArgumentException(
                        "the lifecycle for " + kind + " is the " + lifecycle + ": expected one of that kind");
            }
            return lifecycle;
        };
    }

    /** One lifecycle for all jobs; no name may tell another kind. */
    static Function<String, JobLifecycle> always(JobLifecycle lifecycle) {
        requireNonNull(lifecycle, "lifecycle");
        return name -> {
            JobKind told = JobKind.of(name).getOrElse(lifecycle.kind());
            if (told != lifecycle.kind()) {
                throw new UnstorableJobException("name " + Escaped.quoted(name) + " tells the kind " + told
                        + ": expected jobs of the " + lifecycle);
            }
            return lifecycle;
        };
    }

    Function<String, JobLifecycle> lifecycles() {
        return lifecycles;
    }

    /** Writes what the operation makes of the job that is stored, over just that. */
    abstract StoreOutcome run(Operation operation);

    @Override
    public final StoreOutcome create(JobSnapshot job, @Nullable String body) {
        String name = Storable.name(requireNonNull(job, "job").name());
        return run(Operation.create(lifecycles.apply(name), name, Storable.job(job), Storable.body(body)));
    }

    @Override
    public final StoreOutcome update(StoredJob read, JobSnapshot proposed, @Nullable String body) {
        requireNonNull(read, "read");
        requireNonNull(proposed, "proposed");
        JobLifecycle lifecycle = lifecycles.apply(Storable.name(read.job().name()));
        return run(Operation.update(lifecycle, read, Storable.job(proposed), Storable.body(body)));
    }

    @Override
    public final StoreOutcome apply(StoredJob read, JobEvent event, Instant now, @Nullable JobError error) {
        requireNonNull(now, "now");
        String name = Storable.name(requireNonNull(read, "read").job().name());
        return apply(name, read, event, job -> now.truncatedTo(MICROS), error);
    }

    @Override
    public final StoreOutcome apply(String name, JobEvent event, InstantSource clock, @Nullable JobError error) {
        requireNonNull(clock, "clock");
        Storable.name(requireNonNull(name, "name"));
        return apply(name, null, event, job -> job.notBefore(clock.instant().truncatedTo(MICROS)), error);
    }

    private StoreOutcome apply(
            String name,
            @Nullable StoredJob read,
            JobEvent event,
            Function<JobSnapshot, Instant> time,
            @Nullable JobError error) {
        requireNonNull(event, "event");
        Storable.error(error);
        return run(Operation.apply(lifecycles.apply(name), name, read, event, time, error));
    }
}
