package org.joblifecycle.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

// A system that does everything right, and whose jobs go on by themselves as its clock goes on.
class SelfRunning extends ReferenceSystem {
    private record Due(Duration age, JobEvent event) {}

    private static final List<Due> SCRIPT = List.of(
            new Due(Duration.ofSeconds(2), JobEvent.ENQUEUE),
            new Due(Duration.ofSeconds(5), JobEvent.PREPARE),
            new Due(Duration.ofSeconds(30), JobEvent.START),
            new Due(Duration.ofMinutes(10), JobEvent.SUCCEED));

    private final Map<String, Instant> created = new ConcurrentHashMap<>();
    private Instant clock = Instant.parse("2026-05-01T12:00:00Z");

    SelfRunning(JobLifecycle lifecycle) {
        super(lifecycle);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.GIVEN_TIME));
    }

    @Override
    public JobSnapshot submit(String name, Instant now) {
        created.putIfAbsent(name, clock);
        return super.submit(name, now);
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
        return super.fire(known, event, known.notBefore(clock), error);
    }

    @Override
    public void advance(Duration time) {
        Instant before = clock;
        clock = clock.plus(time);
        jobs.replaceAll((name, job) -> lifecycle
                .apply(job, JobEvent.CONFIRM_CANCEL, job.notBefore(clock))
                .map(next -> byItself(job, next))
                .getOrElse(job));
        created.forEach((name, since) -> SCRIPT.forEach(due -> {
            Instant at = since.plus(due.age());
            if (at.isAfter(before) && !at.isAfter(clock)) {
                JobSnapshot job = jobs.get(name);
                lifecycle
                        .apply(job, due.event(), job.notBefore(at))
                        .forEach(next -> jobs.put(name, byItself(job, next)));
            }
        }));
    }

    // What the job becomes by itself.
    JobSnapshot byItself(JobSnapshot before, JobSnapshot after) {
        return after;
    }
}
