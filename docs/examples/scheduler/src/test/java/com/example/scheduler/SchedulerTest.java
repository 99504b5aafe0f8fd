package com.example.scheduler;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.transition.JobEvent.CONFIRM_CANCEL;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.scheduler.Scheduler.Claim;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SchedulerTest {
    private static final String NAME = "projects/p/locations/l/customJobs/nightly";
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration DELAY = Duration.ofMinutes(1);

    private final HikariDataSource database;
    private final Scheduler scheduler;
    private Instant now = Instant.parse("2026-05-01T12:00:00Z");

    SchedulerTest(Database kind) {
        database = kind.open();
        scheduler = new Scheduler(database, () -> now, LEASE, DELAY);
    }

    @BeforeEach
    void createTables() throws SQLException {
        scheduler.createTables();
        scheduler.createTables();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private JobSnapshot job() {
        return scheduler.jobs().find(NAME).get().job();
    }

    private Claim claimed() throws SQLException {
        return scheduler.next().orElseThrow();
    }

    private void assertQueue(int expected) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM scheduler_queue")) {
            row.next();
            assertEquals(expected, row.getInt(1));
        }
    }

    @Test
    void aJobIsRunByWhoeverGetsIt() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        assertEquals(QUEUED, job().state());

        Claim claim = claimed();
        assertEquals(RUNNING, job().state());
        assertEquals("true", claim.job().body());
        assertEquals(Optional.empty(), scheduler.next());

        assertTrue(scheduler.finish(claim, SUCCEED, null));
        assertEquals(SUCCEEDED, job().state());
        assertQueue(0);
    }

    @Test
    void aNameIsSubmittedOnce() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        assertInstanceOf(StoreOutcome.Done.class, scheduler.submit(NAME, "true"), "the answer was lost");
        assertQueue(1);

        assertInstanceOf(StoreOutcome.Overtaken.class, scheduler.submit(NAME, "false"));
        assertQueue(1);
    }

    @Test
    void jobsStartInTheOrderOfSubmission() throws SQLException {
        for (String id : List.of("c", "a", "b")) {
            scheduler.submit(NAME + id, "true").orElseThrow();
            now = now.plusSeconds(1);
        }
        for (String id : List.of("c", "a", "b")) {
            assertEquals(NAME + id, claimed().job().name());
        }
    }

    @Test
    void ofManyWorkersOneGetsAJob() throws Exception {
        int jobs = 60;
        for (int i = 0; i < jobs; i++) {
            scheduler.submit(NAME + i, "true").orElseThrow();
        }
        Callable<Integer> worker = () -> {
            int finished = 0;
            while (!scheduler.jobs().list(Query.in(QUEUED)).isEmpty()) {
                Optional<Claim> claim = scheduler.next();
                if (claim.isPresent()) {
                    assertTrue(scheduler.finish(claim.get(), SUCCEED, null));
                    finished++;
                }
            }
            return finished;
        };
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            int finished = 0;
            for (Future<Integer> each : threads.invokeAll(List.of(worker, worker, worker))) {
                finished += each.get();
            }
            assertEquals(jobs, finished);
        } finally {
            threads.shutdownNow();
        }
        assertQueue(0);
    }

    @Test
    void aJobThatFailsIsStartedThreeTimes() throws SQLException {
        JobError error = new JobError(2, "exit status 1");
        scheduler.submit(NAME, "false").orElseThrow();
        Instant started = now;
        for (Duration wait : List.of(DELAY, DELAY.multipliedBy(2))) {
            assertTrue(scheduler.failed(claimed(), error));
            assertEquals(PENDING, job().state());
            now = now.plus(wait).minusSeconds(1);
            assertEquals(Optional.empty(), scheduler.next());
            now = now.plusSeconds(1);
        }
        assertTrue(scheduler.failed(claimed(), error));
        assertEquals(FAILED, job().state());
        assertEquals(error, job().error());
        assertEquals(started, job().startTime());
        assertQueue(0);
    }

    @Test
    void aJobThatWaitsIsCancelledByTheNextWhoLooks() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        scheduler.failed(claimed(), JobError.of(2));

        scheduler.cancel(NAME).orElseThrow();
        assertEquals(CANCELLING, job().state());
        assertEquals(Optional.empty(), scheduler.next());
        assertEquals(CANCELLED, job().state());
        assertQueue(0);
    }

    @Test
    void aJobThatRunsIsCancelledByItsWorker() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        Claim claim = claimed();
        scheduler.cancel(NAME).orElseThrow();

        assertEquals(Optional.empty(), scheduler.next());
        assertEquals(CANCELLING, scheduler.keep(claim).orElseThrow().job().state());
        assertTrue(scheduler.finish(claim, CONFIRM_CANCEL, null));
        assertEquals(CANCELLED, job().state());
    }

    @Test
    void aCancellationCanComeTooLate() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        Claim claim = claimed();
        scheduler.cancel(NAME).orElseThrow();
        assertTrue(scheduler.finish(claim, SUCCEED, null));
        assertEquals(SUCCEEDED, job().state());

        StoreOutcome.Refused refused = assertInstanceOf(StoreOutcome.Refused.class, scheduler.cancel(NAME));
        assertEquals(
                "transition-illegal: cannot CANCEL from SUCCEEDED: SUCCEEDED is terminal and permits no event",
                refused.violations().mkString());
        assertInstanceOf(StoreOutcome.Missing.class, scheduler.cancel(NAME + "x"));
    }

    @Test
    void theJobOfAWorkerWhoSaysNothingIsGivenToAnother() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        Claim lost = claimed();
        now = now.plus(LEASE).minusSeconds(1);
        assertTrue(scheduler.keep(lost).isPresent());
        now = now.plus(LEASE).minusSeconds(1);
        assertEquals(Optional.empty(), scheduler.next());
        assertEquals(RUNNING, job().state());

        now = now.plusSeconds(1);
        assertEquals(Optional.empty(), scheduler.next());
        assertEquals(PENDING, job().state());
        now = now.plus(DELAY);
        Claim second = claimed();

        assertEquals(Optional.empty(), scheduler.keep(lost));
        assertFalse(scheduler.finish(lost, SUCCEED, null));
        assertFalse(scheduler.failed(lost, JobError.of(2)));
        assertTrue(scheduler.keep(second).isPresent());
        assertTrue(scheduler.finish(second, SUCCEED, null));
    }

    @Test
    void aJobWhoseWorkersAreLostThreeTimesFails() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        for (int i = 0; i < 3; i++) {
            claimed();
            now = now.plus(LEASE);
            assertEquals(Optional.empty(), scheduler.next());
            now = now.plus(DELAY.multipliedBy(4));
        }
        assertEquals(new JobError(14, "its worker was lost"), job().error());
    }

    @Test
    void aCancelledJobWhoseWorkerIsLostIsCancelled() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        claimed();
        scheduler.cancel(NAME).orElseThrow();
        now = now.plus(LEASE);

        assertEquals(Optional.empty(), scheduler.next());
        assertEquals(CANCELLED, job().state());
    }

    @Test
    void aJobAndItsPlaceInTheQueueChangeTogether() throws SQLException {
        scheduler.submit(NAME, "true").orElseThrow();
        Claim claim = claimed();

        assertFalse(scheduler.finish(claim, CONFIRM_CANCEL, null), "nobody has asked for it");
        assertEquals(RUNNING, job().state());
        assertQueue(1);
        assertThrows(
                IllegalStateException.class,
                () -> scheduler.inTransaction(connection -> {
                    scheduler.restart(connection, claim, DELAY);
                    throw new IllegalStateException();
                }));
        assertEquals(RUNNING, job().state());
        assertTrue(scheduler.keep(claim).isPresent());
    }
}
