package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.function.Function;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/** Keeps jobs in memory, for tests and small programs: the same answers as those of a {@link JdbcJobStore}. */
public final class InMemoryJobStore extends CheckedJobStore {
    private final TreeMap<String, Vector<Recorded>> histories = new TreeMap<>();
    private final InstantSource clock;

    private InMemoryJobStore(Function<String, JobLifecycle> lifecycles, InstantSource clock) {
        super(lifecycles);
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * An empty store.
     *
     * @param lifecycles the lifecycle for each kind, such as {@code JobLifecycle::authority}; the name of a job tells its kind
     */
    public static InMemoryJobStore of(Function<JobKind, JobLifecycle> lifecycles) {
        return new InMemoryJobStore(byKind(lifecycles), InstantSource.system());
    }

    /**
     * An empty store of jobs of one kind, whose names need not tell it.
     *
     * @param lifecycle the lifecycle of all jobs
     */
    public static InMemoryJobStore of(JobLifecycle lifecycle) {
        return new InMemoryJobStore(always(lifecycle), InstantSource.system());
    }

    @Override
    synchronized StoreOutcome run(Operation operation) {
        Vector<Recorded> history = histories.getOrDefault(operation.name(), Vector.empty());
        StoreOutcome outcome = operation.decision().apply(current(history));
        if (outcome instanceof StoreOutcome.Done done && done.isWritten()) {
            histories.put(operation.name(), history.append(Recorded.of(done, operation.event(), clock.instant())));
        }
        return outcome;
    }

    private static @Nullable StoredJob current(Seq<Recorded> history) {
        return history.isEmpty() ? null : history.last().stored();
    }

    @Override
    public synchronized Option<StoredJob> find(String name) {
        return Option.of(current(history(name)));
    }

    @Override
    public synchronized Seq<StoredJob> list(Query query) {
        return Vector.ofAll(
                        query.after() == null
                                ? histories.values()
                                : histories.tailMap(query.after(), false).values())
                .map(history -> history.last().stored())
                .filter(job -> query.states().contains(job.job().state()))
                .take(query.limit());
    }

    @Override
    public synchronized Seq<Recorded> history(String name) {
        return histories.getOrDefault(requireNonNull(name, "name"), Vector.empty());
    }
}
