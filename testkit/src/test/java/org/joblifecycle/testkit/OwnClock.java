package org.joblifecycle.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

// A system that does everything right by a clock of its own, which may be set back.
class OwnClock extends ReferenceSystem {
    private Instant clock = Instant.parse("2026-05-01T12:00:00Z");

    OwnClock(JobLifecycle lifecycle) {
        super(lifecycle);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(
                EnumSet.of(Capability.UPDATE_DRIVEN, Capability.GIVEN_TIME, Capability.GOES_ON_BY_ITSELF));
    }

    @Override
    public JobSnapshot submit(String name, Instant now) {
        JobSnapshot job = lifecycle.applyOrThrow(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, clock);
        return jobs.putIfAbsent(name, job) == null ? job : null;
    }

    // When an event happens to this job.
    Instant time(JobSnapshot job) {
        return job.notBefore(clock);
    }

    final Instant clock() {
        return clock;
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
        return super.fire(known, event, time(known), error);
    }

    @Override
    public void advance(Duration time) {
        clock = clock.plus(time);
    }
}
