package com.example.plain;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.JobSystem;

/** Tests the store against the lifecycle. Ends with status 2 if it does not conform. */
final class StoreConformance {
    private static final int PROGRAMS = 1000;

    private StoreConformance() {}

    public static void main(String[] arguments) {
        boolean broken = arguments.length > 0 && arguments[0].equals("broken");
        ConformanceReport report = Conformance.of(
                        Store.LIFECYCLE, () -> new Adapter(broken ? new CarelessStore() : new Store()))
                .run(PROGRAMS, ThreadLocalRandom.current().nextLong());
        System.out.print(report);
        System.exit(report.isPassed() ? 0 : 2);
    }

    private record Adapter(Store store) implements JobSystem {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.UPDATE_DRIVEN);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return store.submit(name, now);
        }

        @Override
        public JobSnapshot read(String name) {
            return store.find(name).orElse(null);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            boolean renamed = !known.name().equals(proposed.name());
            return !renamed && store.update(proposed) ? Answer.accepted() : Answer.refused();
        }
    }

    /** Lets a job that has ended run again. */
    private static final class CarelessStore extends Store {
        @Override
        protected boolean isLegal(JobSnapshot stored, JobSnapshot proposed) {
            return stored.state().isTerminal() || super.isLegal(stored, proposed);
        }
    }
}
