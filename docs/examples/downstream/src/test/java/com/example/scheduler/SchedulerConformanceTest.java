package com.example.scheduler;

import static org.joblifecycle.testkit.Capability.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;

import com.example.scheduler.Scheduler.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.junit.ConformanceTest;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;

/** Tests the scheduler against the lifecycle: hundreds of checks, and the random programs that jqwik is configured to run. */
class SchedulerConformanceTest extends ConformanceTest {
    @Override
    protected JobLifecycle lifecycle() {
        return Scheduler.LIFECYCLE;
    }

    @Override
    protected JobSystem system() {
        return new Adapter(new Scheduler(Clock.systemUTC()));
    }

    private record Adapter(Scheduler scheduler) implements JobSystem {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(UPDATE_DRIVEN, COMPARE_AND_SET, CONCURRENT, NAMES_BROKEN_RULE);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return scheduler.submit(name);
        }

        @Override
        public JobSnapshot read(String name) {
            return scheduler.find(name).orElse(null);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            Outcome outcome = scheduler.update(known, proposed);
            return outcome instanceof Outcome.Refused refused
                    ? Answer.refused(refused.violations().map(Violation::rule))
                    : outcome instanceof Outcome.Stored ? Answer.accepted() : Answer.refused();
        }
    }
}
