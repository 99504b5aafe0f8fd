package com.example.scheduler;

import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;

import com.example.scheduler.Scheduler.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.junit.ConformanceTest;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

/** Tests the scheduler against its lifecycle, with the test as its only worker. */
class SchedulerConformanceTest extends ConformanceTest {
    private final Scheduler scheduler =
            new Scheduler(Database.H2.open(), InstantSource.system(), Duration.ofHours(1), Duration.ZERO);

    SchedulerConformanceTest() throws SQLException {
        scheduler.createTables();
    }

    @Override
    protected JobLifecycle lifecycle() {
        return Scheduler.LIFECYCLE;
    }

    @Override
    protected JobSystem system() {
        return new Adapter(scheduler, new ConcurrentHashMap<>());
    }

    private record Adapter(Scheduler scheduler, Map<String, Claim> claims) implements JobSystem {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(EVENT_DRIVEN, CONCURRENT, GIVEN_ERROR);
        }

        @Override
        public ChronoUnit precision() {
            return ChronoUnit.MICROS;
        }

        @Override
        public JobSnapshot submit(String name, Instant now) throws SQLException {
            return scheduler.submit(name, "true").orElseThrow().job();
        }

        @Override
        public JobSnapshot read(String name) {
            return scheduler.jobs().find(name).map(StoredJob::job).getOrNull();
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) throws SQLException {
            return happened(known, event, error) ? Answer.accepted() : Answer.refused();
        }

        private boolean happened(JobSnapshot known, JobEvent event, JobError error) throws SQLException {
            if (error != null && event != JobEvent.FAIL) {
                return false; // the scheduler has no such call
            }
            String name = known.name();
            Claim claim = claims.getOrDefault(name, new Claim(new StoredJob(known, 0, null), null));
            return switch (event) {
                case START -> {
                    Optional<Claim> started = scheduler.inTransaction(connection -> scheduler.start(connection, name));
                    started.ifPresent(taken -> claims.put(name, taken));
                    yield started.isPresent();
                }
                case RESTART ->
                    scheduler.inTransaction(connection -> scheduler.restart(connection, claim, Duration.ZERO))
                            && claims.remove(name, claim);
                case CANCEL -> scheduler.cancel(name) instanceof StoreOutcome.Done;
                case SUCCEED, FAIL, CONFIRM_CANCEL -> scheduler.finish(claim, event, error);
                default -> false;
            };
        }
    }
}
