package com.example.shelf;

import java.time.Instant;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.junit.ConformanceTest;
import org.joblifecycle.transition.JobLifecycle;

/** Tests the shelf against the lifecycle. */
class ShelfConformanceTest extends ConformanceTest {
    @Override
    protected JobLifecycle lifecycle() {
        return Shelf.LIFECYCLE;
    }

    @Override
    protected JobSystem system() {
        return new Adapter(new Shelf());
    }

    private record Adapter(Shelf shelf) implements JobSystem {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.UPDATE_DRIVEN);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return shelf.submit(name, now);
        }

        @Override
        public JobSnapshot read(String name) {
            return shelf.find(name).orElse(null);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            boolean renamed = !known.name().equals(proposed.name());
            return !renamed && shelf.update(proposed) ? Answer.accepted() : Answer.refused();
        }
    }
}
