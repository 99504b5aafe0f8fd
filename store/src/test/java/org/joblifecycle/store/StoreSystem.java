package org.joblifecycle.store;

import static java.time.temporal.ChronoUnit.MICROS;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

// A store as the conformance suite calls it.
final class StoreSystem implements JobSystem {
    private final JobStore store;
    private final JobLifecycle owner;
    private final Map<JobSnapshot, StoredJob> read = new ConcurrentHashMap<>();

    StoreSystem(JobStore store, JobLifecycle owner) {
        this.store = store;
        this.owner = owner;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(
                Capability.GOES_ON_BY_ITSELF,
                Capability.CLOCK_GOES_BACK,
                Capability.KEEPS_TUNING_JOBS,
                Capability.KEEPS_UNKNOWN_FIELDS));
    }

    @Override
    public ChronoUnit precision() {
        return MICROS;
    }

    @Override
    public JobSnapshot submit(String name, Instant now) {
        JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
        StoredJob created =
                store.create(owner.applyOrThrow(job, JobEvent.ENQUEUE, now)).orElseThrow();
        return read(created.name());
    }

    @Override
    public @Nullable JobSnapshot read(String name) {
        return store.find(name)
                .peek(stored -> read.put(stored.job(), stored))
                .map(StoredJob::job)
                .getOrNull();
    }

    @Override
    public Iterable<JobSnapshot> list() {
        Vector<JobSnapshot> all = Vector.empty();
        Query query = Query.all().limit(50);
        for (Seq<StoredJob> page = store.list(query); !page.isEmpty(); page = store.list(query)) {
            all = all.appendAll(page.map(StoredJob::job));
            query = query.after(page.last().name());
        }
        return all;
    }

    @Override
    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
        return answer(store.update(stored(known), proposed));
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
        return answer(store.apply(stored(known), event, now, error));
    }

    private StoredJob stored(JobSnapshot known) {
        return read.getOrDefault(known, new StoredJob(known, 0, null));
    }

    private static Answer answer(StoreOutcome outcome) {
        if (outcome instanceof StoreOutcome.Refused refused) {
            return Answer.refused(refused.violations().map(Violation::rule));
        }
        return outcome instanceof StoreOutcome.Done ? Answer.accepted() : Answer.refused();
    }
}
