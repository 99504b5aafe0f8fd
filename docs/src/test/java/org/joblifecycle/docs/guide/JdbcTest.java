package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTest {
    /** The table of the jobs. */
    static final String TABLE = """
            CREATE TABLE job (
                name          VARCHAR PRIMARY KEY,
                state         VARCHAR NOT NULL,
                create_time   TIMESTAMP(6) WITH TIME ZONE,
                start_time    TIMESTAMP(6) WITH TIME ZONE,
                end_time      TIMESTAMP(6) WITH TIME ZONE,
                update_time   TIMESTAMP(6) WITH TIME ZONE,
                error_code    INTEGER,
                error_message VARCHAR,
                version       BIGINT NOT NULL)
            """;

    private static final Instant NANOS = Jobs.NOON.plusNanos(123_456_789);
    private static final Instant LATER = NANOS.plusSeconds(60);
    private static final Clock CLOCK = Clock.fixed(NANOS, ZoneOffset.UTC);
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final int THREADS = 4;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        insert(connection, Jobs.pending(Jobs.CUSTOM_JOB));
    }

    @AfterEach
    void dropTable() throws SQLException {
        connection.close();
    }

    // guide: jdbc
    /** A job as it was read, and the version of its row. */
    record Stored(JobSnapshot job, long version) {}

    /** Inserts a new job. The primary key refuses a second one of the same name. */
    static void insert(Connection connection, JobSnapshot job) throws SQLException {
        write(connection, 1, job, """
                INSERT INTO job (state, create_time, start_time, end_time, update_time, error_code, error_message,
                    name, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    }

    /** Replaces a job if its row is still the one that was read; false if somebody else replaced it since. */
    static boolean replace(Connection connection, Stored read, JobSnapshot job) throws SQLException {
        return write(connection, read.version(), job, """
                UPDATE job
                SET state = ?, create_time = ?, start_time = ?, end_time = ?, update_time = ?, error_code = ?,
                    error_message = ?, version = version + 1
                WHERE name = ? AND version = ?""") == 1;
    }

    private static int write(Connection connection, long version, JobSnapshot job, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            JobError error = job.error();
            statement.setString(1, job.state().name());
            statement.setObject(2, utc(job.createTime()));
            statement.setObject(3, utc(job.startTime()));
            statement.setObject(4, utc(job.endTime()));
            statement.setObject(5, utc(job.updateTime()));
            statement.setObject(6, error == null ? null : error.code());
            statement.setString(7, error == null ? null : error.message());
            statement.setString(8, job.name());
            statement.setLong(9, version);
            return statement.executeUpdate();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
    // end

    // guide: jdbc-read
    static Stored read(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM job WHERE name = ?")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                throw new NoSuchElementException("there is no job " + name);
            }
            int code = row.getInt("error_code");
            boolean hasError = !row.wasNull();
            JobSnapshot job = JobSnapshot.of(name, JobState.valueOf(row.getString("state")))
                    .withCreateTime(instant(row, "create_time"))
                    .withStartTime(instant(row, "start_time"))
                    .withEndTime(instant(row, "end_time"))
                    .withUpdateTime(instant(row, "update_time"))
                    .withError(hasError ? new JobError(code, row.getString("error_message")) : null);
            return new Stored(job, row.getLong("version"));
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
    // end

    static final class Worker {
        private final JobLifecycle owner = OWNER;
        private final Connection connection;
        private final Clock clock;

        Worker(Connection connection, Clock clock) {
            this.connection = connection;
            this.clock = clock;
        }

        // guide: jdbc-event
        /** Applies an event to the job as it is stored. */
        JobSnapshot fire(String name, JobEvent event) throws SQLException {
            while (true) {
                Stored read = read(connection, name);
                Instant now = read.job().notBefore(clock.instant().truncatedTo(MICROS));
                JobSnapshot next = owner.applyOrThrow(read.job(), event, now);
                if (replace(connection, read, next)) {
                    return next;
                }
                // Overtaken: read again, and decide again on what is stored now.
            }
        }
        // end

        // guide: jdbc-update
        /** Stores a job that did not exist before. */
        void create(JobSnapshot submitted) throws SQLException {
            JobSnapshot job = submitted.truncatedTo(MICROS);
            owner.checkNew(job).orElseThrow();
            insert(connection, job);
        }

        /** Stores an update that was decided on this version of the job; false if the sender has to decide again. */
        boolean update(String name, long version, JobSnapshot proposed) throws SQLException {
            Stored read = read(connection, name);
            if (read.version() != version) {
                return false;
            }
            JobSnapshot job = proposed.truncatedTo(MICROS);
            owner.check(read.job(), job).orElseThrow();
            return replace(connection, read, job);
        }
        // end
    }

    @Test
    void anEventIsAppliedAndStored() throws SQLException {
        JobSnapshot next = new Worker(connection, CLOCK).fire(Jobs.CUSTOM_JOB, JobEvent.START);

        assertEquals(NANOS.truncatedTo(MICROS), next.startTime());
        assertEquals(new Stored(next, 2), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void aNewJobIsCheckedAndStored() throws SQLException {
        Worker worker = new Worker(connection, CLOCK);
        String name = Jobs.CUSTOM_JOB + "0";
        JobSnapshot queued =
                JobSnapshot.of(name, JobState.QUEUED).withCreateTime(NANOS).withUpdateTime(NANOS);

        assertThrows(IllegalUpdateException.class, () -> worker.create(Jobs.running(name)));
        worker.create(queued);
        assertEquals(new Stored(queued.truncatedTo(MICROS), 1), read(connection, name));
    }

    @Test
    void anUpdateIsCheckedAndStored() throws SQLException {
        JobSnapshot failed = Jobs.pending(Jobs.CUSTOM_JOB)
                .withState(JobState.FAILED)
                .withEndTime(LATER)
                .withUpdateTime(LATER)
                .withError(JobError.of(8));

        assertTrue(new Worker(connection, CLOCK).update(Jobs.CUSTOM_JOB, 1, failed));
        assertEquals(new Stored(failed.truncatedTo(MICROS), 2), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void anIllegalUpdateIsNotStored() throws SQLException {
        Worker worker = new Worker(connection, CLOCK);
        Stored before = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot paused = before.job().withState(JobState.PAUSED);

        assertThrows(IllegalUpdateException.class, () -> worker.update(Jobs.CUSTOM_JOB, 1, paused));
        assertThrows(IllegalUpdateException.class, () -> worker.fire(Jobs.CUSTOM_JOB, JobEvent.PAUSE));
        assertEquals(before, read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void absentFieldsAreStoredAsNull() throws SQLException {
        String name = Jobs.CUSTOM_JOB + "0";
        JobSnapshot bare = JobSnapshot.of(name, JobState.UNSPECIFIED);
        insert(connection, bare);
        Stored read = read(connection, name);
        assertEquals(new Stored(bare, 1), read);

        JobSnapshot full = Jobs.succeeded(name).withError(JobError.of(8));
        assertTrue(replace(connection, read, full), "no null keeps a row from being replaced");
        assertTrue(replace(connection, new Stored(full, 2), bare), "and each field can be removed again");
        assertEquals(new Stored(bare, 3), read(connection, name));
    }

    @Test
    void aJobThatIsNotStoredIsNamed() {
        NoSuchElementException missing = assertThrows(
                NoSuchElementException.class, () -> read(connection, "projects/p/locations/l/customJobs/9"));

        assertEquals("there is no job projects/p/locations/l/customJobs/9", missing.getMessage());
    }

    @Test
    void aNameIsInsertedOnce() throws SQLException {
        SQLException duplicate =
                assertThrows(SQLException.class, () -> insert(connection, Jobs.running(Jobs.CUSTOM_JOB)));

        assertEquals("23505", duplicate.getSQLState());
        assertEquals(new Stored(Jobs.pending(Jobs.CUSTOM_JOB), 1), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void aStaleVersionReplacesNothing() throws SQLException {
        Stored read = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot started = new Worker(connection, CLOCK).fire(Jobs.CUSTOM_JOB, JobEvent.START);
        JobSnapshot failed =
                OWNER.applyOrThrow(read.job(), JobEvent.FAIL, LATER).truncatedTo(MICROS);

        assertFalse(replace(connection, read, failed));
        assertFalse(new Worker(connection, CLOCK).update(Jobs.CUSTOM_JOB, read.version(), failed));
        assertEquals(new Stored(started, 2), read(connection, Jobs.CUSTOM_JOB));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = Jobs.CUSTOM_JOB + "1")
    void anUpdateThatNamesAnotherJobOrNoneIsRefused(String name) throws SQLException {
        IllegalUpdateException refusal = assertThrows(
                IllegalUpdateException.class,
                () -> new Worker(connection, CLOCK).update(Jobs.CUSTOM_JOB, 1, Jobs.pending(name)));

        assertEquals("name-changed", refusal.violations().map(Violation::id).mkString(", "));
        assertEquals(new Stored(Jobs.pending(Jobs.CUSTOM_JOB), 1), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void ofTwoChangesInOneMicrosecondOneIsRefused() throws SQLException {
        JobSnapshot failed = new Worker(connection, CLOCK).fire(Jobs.CUSTOM_JOB, JobEvent.FAIL);
        replace(connection, new Stored(failed, 2), failed.withError(null)); // why it failed is reported later, by two
        Stored read = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot one = read.job().withError(JobError.of(8));
        JobSnapshot other = read.job().withError(JobError.of(13));

        assertTrue(replace(connection, read, one));
        assertFalse(replace(connection, read, other), "state and updateTime are the same, the version is not");
        assertEquals(one, read(connection, Jobs.CUSTOM_JOB).job());
    }

    @Test
    void anEventIsDecidedAgainWhereItWasOvertaken() throws SQLException {
        Clock overtaken = new Clock() {
            private boolean isOvertaken;

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                if (!isOvertaken) {
                    isOvertaken = true;
                    start();
                }
                return LATER;
            }
        };

        JobSnapshot failed = new Worker(connection, overtaken).fire(Jobs.CUSTOM_JOB, JobEvent.FAIL);

        assertEquals(NANOS.truncatedTo(MICROS), failed.startTime(), "the start of the other is kept");
        assertEquals(new Stored(failed, 3), read(connection, Jobs.CUSTOM_JOB));
    }

    private void start() {
        try {
            new Worker(connection, CLOCK).fire(Jobs.CUSTOM_JOB, JobEvent.START);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What happens in a thread that has a connection of its own. */
    private interface Work<T> {
        T on(Connection connection, int thread) throws Exception;
    }

    private <T> List<T> race(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> {
                    try (Connection own = DriverManager.getConnection(url)) {
                        start.await();
                        return work.on(own, thread);
                    }
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
        start();
        List<int[]> counts = race((own, thread) -> {
            Worker worker = new Worker(own, CLOCK); // all events happen in one microsecond
            int[] paused = new int[2]; // how often this thread paused the job, and how often it resumed it
            for (int i = 0; i < 200; i++) {
                int event = (i + thread) % 2;
                try {
                    worker.fire(Jobs.CUSTOM_JOB, event == 0 ? JobEvent.PAUSE : JobEvent.START);
                    paused[event]++;
                } catch (IllegalUpdateException e) {
                    // Another thread did it already.
                }
            }
            return paused;
        });

        int pauses = counts.stream().mapToInt(each -> each[0]).sum();
        int starts = counts.stream().mapToInt(each -> each[1]).sum();
        Stored stored = read(connection, Jobs.CUSTOM_JOB);
        assertTrue(pauses > 0);
        assertEquals(stored.job().state() == JobState.PAUSED ? 1 : 0, pauses - starts);
        assertEquals(2 + pauses + starts, stored.version());
    }

    @Test
    void ofUpdatesThatRaceOnOneVersionOneIsStored() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = Jobs.CUSTOM_JOB + round;
            insert(connection, Jobs.pending(name));
            List<JobSnapshot> proposals = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                proposals.add(Jobs.pending(name)
                        .withState(JobState.FAILED)
                        .withEndTime(Jobs.NOON)
                        .withError(JobError.of(1 + thread)));
            }
            List<Boolean> stored = race((own, thread) -> new Worker(own, CLOCK).update(name, 1, proposals.get(thread)));

            assertEquals(1, stored.stream().filter(each -> each).count());
            assertEquals(new Stored(proposals.get(stored.indexOf(true)), 2), read(connection, name));
        }
    }

    @Test
    void aTimeThatIsNotCutDiffersFromTheOneReadBack() throws SQLException {
        Stored before = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot inMemory = OWNER.applyOrThrow(before.job(), JobEvent.START, NANOS);
        replace(connection, before, inMemory);
        JobSnapshot rounded = read(connection, Jobs.CUSTOM_JOB).job();

        assertEquals(
                "start-time-changed",
                OWNER.check(inMemory, rounded).violations().map(Violation::id).mkString(", "));
        assertTrue(rounded.startTime().isAfter(inMemory.startTime()), "the database rounds");
        // guide: truncated
        JobSnapshot cut = inMemory.truncatedTo(MICROS);
        // end
        replace(connection, new Stored(rounded, 2), cut);
        assertEquals(cut, read(connection, Jobs.CUSTOM_JOB).job());
    }
}
