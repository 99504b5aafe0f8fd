package org.joblifecycle.testkit;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.TuningJob;

// A system that does everything right. The broken ones override what they get wrong.
public class ReferenceSystem implements JobSystem {
    protected final JobLifecycle lifecycle;
    // In the order in which they were submitted: the names of the kit are numbered.
    protected final ConcurrentMap<String, JobSnapshot> jobs = new ConcurrentSkipListMap<>();

    private final ConcurrentMap<String, TuningJob> rest = new ConcurrentHashMap<>();

    public ReferenceSystem(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.GOES_ON_BY_ITSELF, Capability.CLOCK_GOES_BACK));
    }

    @Override
    public JobSnapshot submit(String name, Instant now) {
        JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
        return jobs.putIfAbsent(name, job) == null ? job : null;
    }

    @Override
    public TuningJob submit(String name, TuningJob request, Instant now) {
        JobSnapshot job = submit(name, now);
        rest.put(job.name(), request.withoutOutputOnly());
        return readTuningJob(job.name());
    }

    @Override
    public TuningJob readTuningJob(String name) {
        JobSnapshot job = read(name);
        return job == null
                ? null
                : rest(rest.getOrDefault(name, TuningJob.EMPTY), job).with(job);
    }

    // The rest of a job, as it is kept when the job has become this.
    protected TuningJob rest(TuningJob rest, JobSnapshot job) {
        return rest;
    }

    @Override
    public Iterable<JobSnapshot> list() {
        return jobs.values();
    }

    @Override
    public JobSnapshot read(String name) {
        return jobs.get(name);
    }

    @Override
    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
        Answer answer = Answer.of(lifecycle.check(known, proposed));
        return answer.isAccepted() && !store(known, proposed) ? Answer.refused() : answer;
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
        var next = lifecycle.apply(known, event, now, error);
        return next.isValid() && !store(known, next.get()) ? Answer.refused() : Answer.of(next);
    }

    // Compares and sets.
    protected boolean store(JobSnapshot known, JobSnapshot next) {
        return jobs.replace(known.name(), known, next);
    }
}
