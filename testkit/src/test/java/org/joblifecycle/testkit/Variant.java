package org.joblifecycle.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

// A correct system that differs from the reference system in what systems may differ.
class Variant extends ReferenceSystem {
    private final Set<Capability> capabilities;
    private final JobEvent creation;
    private final ChronoUnit precision;

    Variant(JobLifecycle lifecycle, Set<Capability> capabilities, JobEvent creation, ChronoUnit precision) {
        super(lifecycle);
        this.capabilities = capabilities;
        this.creation = creation;
        this.precision = precision;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public ChronoUnit precision() {
        return precision;
    }

    @Override
    public JobSnapshot submit(String name, Instant now) {
        JobSnapshot job = super.submit(name, now);
        if (creation == null) {
            return job;
        }
        JobSnapshot created = lifecycle.apply(job, creation, time(now)).get();
        jobs.put(name, created);
        return created;
    }

    @Override
    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
        Answer answer = super.offer(asKnown(known), proposed.truncatedTo(precision));
        return answer.isAccepted() || capabilities.contains(Capability.NAMES_BROKEN_RULE) ? answer : Answer.refused();
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
        JobSnapshot job = asKnown(known);
        Answer answer = super.fire(
                job, event, capabilities.contains(Capability.GIVEN_TIME) ? now : job.notBefore(time(now)), error);
        return answer.isAccepted() || capabilities.contains(Capability.NAMES_BROKEN_RULE) ? answer : Answer.refused();
    }

    private JobSnapshot asKnown(JobSnapshot known) {
        return capabilities.contains(Capability.COMPARE_AND_SET) ? known : jobs.getOrDefault(known.name(), known);
    }

    private Instant time(Instant now) {
        boolean isGiven =
                capabilities.contains(Capability.GIVEN_TIME) || capabilities.contains(Capability.UPDATE_DRIVEN);
        return (isGiven ? now : Clock.systemUTC().instant()).truncatedTo(precision);
    }
}
