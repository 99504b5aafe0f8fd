package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.joblifecycle.docs.guide.JobTable.Stored;
import org.joblifecycle.docs.guide.Scheduler.Response;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcTest {
    private static final String NAME = Jobs.CUSTOM_JOB;
    private static final Instant NANOS = Jobs.NOON.plusNanos(123_456_789);
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final int THREADS = 4;

    private Database database;
    private JobTable store;
    private Scheduler scheduler;

    @BeforeEach
    void openDatabase() throws SQLException {
        database = Database.open();
        store = new JobTable(database.source());
        scheduler = new Scheduler(store, Clock.fixed(NANOS, ZoneOffset.UTC)); // all that happens is in one microsecond
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        database.close();
    }

    @Test
    void absentFieldsAreStoredAsNull() throws SQLException {
        JobSnapshot bare = JobSnapshot.of(NAME, JobState.UNSPECIFIED);
        assertTrue(store.insert(bare));
        Stored read = store.find(NAME);
        assertEquals(new Stored(bare, 1), read);

        JobSnapshot full = Jobs.succeeded(NAME).withError(JobError.of(8));
        assertTrue(store.replace(read, full), "no null keeps a row from being replaced");
        assertEquals(new Stored(full, 2), store.find(NAME));
        assertTrue(store.replace(new Stored(full, 2), bare), "and each field can be removed again");
        assertEquals(new Stored(bare, 3), store.find(NAME));
    }

    @Test
    void anAbsentMessageIsReadAsTheEmptyOne() throws SQLException {
        store.insert(Jobs.pending(NAME).withError(new JobError(8, "out of quota")));
        database.execute("UPDATE job SET error_message = NULL");

        assertEquals(JobError.of(8), store.find(NAME).job().error());
    }

    @Test
    void whereTheEmptyTextIsNullAnErrorWithoutAMessageIsStored() throws SQLException {
        try (Database oracle = Database.whereEmptyIsNull()) {
            JobTable table = new JobTable(oracle.source());
            JobSnapshot job = Jobs.pending(NAME).withError(JobError.of(8));
            table.insert(job);
            assertEquals(new Stored(job, 1), table.find(NAME));
            assertTrue(table.replace(new Stored(job, 1), job.withError(JobError.of(13))));
            assertEquals(JobError.of(13), table.find(NAME).job().error());
        }
    }

    @Test
    void aJobThatIsNotStoredIsNotFound() throws SQLException {
        assertNull(store.find(NAME));
        assertFalse(store.replace(new Stored(Jobs.pending(NAME), 1), Jobs.running(NAME)));
        assertNull(store.find(NAME), "replacing does not insert");
    }

    @Test
    void aNameIsInsertedOnce() throws SQLException {
        assertTrue(store.insert(Jobs.pending(NAME)));
        assertFalse(store.insert(Jobs.running(NAME)));
        assertEquals(new Stored(Jobs.pending(NAME), 1), store.find(NAME));
    }

    @Test
    void whatTheTableRefusesIsNotTakenForAnotherJob() {
        assertThrows(SQLException.class, () -> store.insert(Jobs.pending(null)));
    }

    @Test
    void aStaleVersionReplacesNothing() throws SQLException {
        store.insert(Jobs.pending(NAME));
        Stored read = store.find(NAME);
        JobSnapshot started = scheduler.fire(NAME, JobEvent.START, null);

        assertFalse(store.replace(read, started.withState(JobState.PAUSED)));
        assertEquals(new Stored(started, 2), store.find(NAME));
    }

    @Test
    void ofTwoAmendmentsOfOneVersionOneIsStored() throws SQLException {
        JobSnapshot failed = OWNER.applyOrThrow(Jobs.pending(NAME), JobEvent.FAIL, Jobs.NOON);
        store.insert(failed.withError(null)); // why it failed is reported later, by two
        Stored read = store.find(NAME);
        JobSnapshot first = read.job().withError(JobError.of(8));

        assertTrue(store.replace(read, first));
        assertFalse(
                store.replace(read, read.job().withError(JobError.of(13))),
                "state and updateTime are the same, the version is not");
        assertEquals(first, store.find(NAME).job());
    }

    /** What happens in a thread. */
    private interface Work<T> {
        T in(int thread) throws Exception;
    }

    private static <T> List<T> race(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> {
                    start.await();
                    return work.in(thread);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void noEventOfRacingWorkersIsLost() throws Exception {
        store.insert(Jobs.running(NAME));
        List<int[]> counts = race(thread -> {
            int[] done = new int[2]; // how often this thread paused the job, and how often it resumed it
            for (int i = 0; i < 200; i++) {
                int event = (i + thread) % 2;
                try {
                    scheduler.fire(NAME, event == 0 ? JobEvent.PAUSE : JobEvent.START, null);
                    done[event]++;
                } catch (IllegalUpdateException e) {
                    // Another thread did it already.
                }
            }
            return done;
        });

        int pauses = counts.stream().mapToInt(each -> each[0]).sum();
        int starts = counts.stream().mapToInt(each -> each[1]).sum();
        Stored stored = store.find(NAME);
        assertTrue(pauses > 0);
        assertEquals(stored.job().state() == JobState.PAUSED ? 1 : 0, pauses - starts);
        assertEquals(1 + pauses + starts, stored.version());
    }

    @Test
    void ofUpdatesThatRaceOnOneVersionOneIsStored() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = NAME + round;
            JobSnapshot failed = OWNER.applyOrThrow(Jobs.pending(name), JobEvent.FAIL, Jobs.NOON)
                    .withError(null);
            store.insert(failed);
            List<JobSnapshot> proposals = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                proposals.add(failed.withError(JobError.of(1 + thread)));
            }
            List<Response> responses = race(thread -> scheduler.update(name, 1, proposals.get(thread)));

            int winner = responses.indexOf(Response.stored(2));
            assertEquals(new Stored(proposals.get(winner), 2), store.find(name));
            responses.remove(winner);
            assertEquals(List.of(Response.overtaken(), Response.overtaken(), Response.overtaken()), responses);
        }
    }

    @Test
    void ofNewJobsThatRaceForANameOneIsStored() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = NAME + round;
            List<JobSnapshot> proposals = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                proposals.add(Jobs.pending(name).withUpdateTime(Jobs.NOON.plusSeconds(thread)));
            }
            List<Response> responses = race(thread -> scheduler.create(proposals.get(thread)));

            int winner = responses.indexOf(Response.stored(1));
            assertEquals(new Stored(proposals.get(winner), 1), store.find(name));
            responses.remove(winner);
            assertEquals(List.of(Response.exists(name), Response.exists(name), Response.exists(name)), responses);
        }
    }

    @Test
    void noReportOfRacingWorkersIsLost() throws Exception {
        store.insert(Jobs.running(NAME));
        List<Integer> stored = race(thread -> {
            int count = 0;
            for (int i = 0; i < 100; i++) {
                Stored read = store.find(NAME);
                JobSnapshot report =
                        read.job().withUpdateTime(read.job().updateTime().plusSeconds(1));
                if (scheduler.update(NAME, read.version(), report).status() == 200) {
                    count++;
                }
            }
            return count;
        });

        int reports = stored.stream().mapToInt(Integer::intValue).sum();
        JobSnapshot before = Jobs.running(NAME);
        assertTrue(reports >= 100, "whoever is overtaken, another was first");
        assertEquals(
                new Stored(before.withUpdateTime(before.updateTime().plusSeconds(reports)), 1 + reports),
                store.find(NAME));
    }

    @Test
    void aTimeThatIsNotCutDiffersFromTheOneReadBack() throws SQLException {
        JobSnapshot inMemory = OWNER.applyOrThrow(Jobs.pending(NAME), JobEvent.START, NANOS);
        store.insert(inMemory);
        JobSnapshot rounded = store.find(NAME).job();

        assertEquals(
                "start-time-changed",
                OWNER.check(inMemory, rounded).violations().map(Violation::id).mkString(", "));
        assertTrue(rounded.startTime().isAfter(inMemory.startTime()), "the database rounds");
        // guide: truncated
        JobSnapshot cut = inMemory.truncatedTo(MICROS);
        // end
        assertTrue(store.replace(new Stored(rounded, 1), cut));
        assertEquals(cut, store.find(NAME).job());
    }
}
