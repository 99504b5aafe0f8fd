package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcTest {
    private static final Instant NANOS = Jobs.NOON.plusNanos(123_456_789);
    private static final Instant LATER = NANOS.plusSeconds(60);

    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE job (
                        name          VARCHAR PRIMARY KEY,
                        state         VARCHAR NOT NULL,
                        create_time   TIMESTAMP(6) WITH TIME ZONE,
                        start_time    TIMESTAMP(6) WITH TIME ZONE,
                        end_time      TIMESTAMP(6) WITH TIME ZONE,
                        update_time   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
                        error_code    INTEGER,
                        error_message VARCHAR)""");
            statement.execute("INSERT INTO job (name, state, create_time, update_time) VALUES ('" + Jobs.CUSTOM_JOB
                    + "', 'JOB_STATE_PENDING', '" + Jobs.NOON + "', '" + Jobs.NOON + "')");
        }
    }

    @AfterEach
    void dropTable() throws SQLException {
        connection.close();
    }

    // guide: jdbc-read
    static JobSnapshot read(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM job WHERE name = ?")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            row.next();
            int code = row.getInt("error_code");
            boolean hasError = !row.wasNull();
            return JobSnapshot.of(name, JobState.of(row.getString("state")).get())
                    .withCreateTime(instant(row, "create_time"))
                    .withStartTime(instant(row, "start_time"))
                    .withEndTime(instant(row, "end_time"))
                    .withUpdateTime(instant(row, "update_time"))
                    .withError(hasError ? new JobError(code, row.getString("error_message")) : null);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
    // end

    // guide: jdbc
    /** Stores the job as it is now, if it is still as it was; false if somebody else was first. */
    static boolean store(Connection connection, JobSnapshot before, JobSnapshot after) throws SQLException {
        String sql = """
                UPDATE job
                SET state = ?, create_time = ?, start_time = ?, end_time = ?, update_time = ?,
                    error_code = ?, error_message = ?
                WHERE name = ? AND state = ? AND update_time = ?""";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            JobError error = after.error();
            update.setString(1, after.state().wireName());
            update.setObject(2, utc(after.createTime()));
            update.setObject(3, utc(after.startTime()));
            update.setObject(4, utc(after.endTime()));
            update.setObject(5, utc(after.updateTime()));
            update.setObject(6, error == null ? null : error.code());
            update.setString(7, error == null ? null : error.message());
            update.setString(8, before.name());
            update.setString(9, before.state().wireName());
            update.setObject(10, utc(before.updateTime()));
            return update.executeUpdate() == 1;
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(MICROS).atOffset(ZoneOffset.UTC);
    }
    // end

    private static final class Worker {
        private final JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        private final Connection connection;
        private final Clock clock;

        Worker(Connection connection, Clock clock) {
            this.connection = connection;
            this.clock = clock;
        }

        // guide: jdbc-loop
        JobSnapshot happen(String name, JobEvent event) throws SQLException {
            while (true) {
                JobSnapshot job = read(connection, name);
                JobSnapshot next = owner.apply(job, event, job.notBefore(clock.instant()))
                        .toEither()
                        .getOrElseThrow(violations -> new IllegalStateException(violations.mkString("; ")))
                        .truncatedTo(MICROS);
                if (store(connection, job, next)) {
                    return next;
                }
            }
        }
        // end
    }

    @Test
    void anEventIsAppliedAndStored() throws SQLException {
        JobSnapshot next =
                new Worker(connection, Clock.fixed(NANOS, ZoneOffset.UTC)).happen(Jobs.CUSTOM_JOB, JobEvent.START);

        assertEquals(NANOS.truncatedTo(MICROS), next.startTime());
        assertEquals(next, read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void ofTwoWritersThatReadTheSameRowOneIsRefused() throws SQLException {
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        JobSnapshot read = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot started = owner.apply(read, JobEvent.START, NANOS).get();
        JobSnapshot failed =
                owner.apply(read, JobEvent.FAIL, LATER, JobError.of(8)).get();

        assertTrue(store(connection, read, started));
        assertFalse(store(connection, read, failed), "the update of the other would be lost");
        assertEquals(started.truncatedTo(MICROS), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void whoWasRefusedDecidesAnewOnWhatIsThere() throws SQLException {
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

        JobSnapshot failed = new Worker(connection, overtaken).happen(Jobs.CUSTOM_JOB, JobEvent.FAIL);

        assertEquals(NANOS.truncatedTo(MICROS), failed.startTime(), "the start of the other is kept");
        assertEquals(failed, read(connection, Jobs.CUSTOM_JOB));
    }

    private void start() {
        try {
            new Worker(connection, Clock.fixed(NANOS, ZoneOffset.UTC)).happen(Jobs.CUSTOM_JOB, JobEvent.START);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTimeThatIsNotCutDiffersFromTheOneReadBack() throws SQLException {
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        JobSnapshot before = read(connection, Jobs.CUSTOM_JOB);
        JobSnapshot inMemory = owner.apply(before, JobEvent.START, NANOS).get();
        store(connection, before, inMemory);
        JobSnapshot stored = read(connection, Jobs.CUSTOM_JOB);

        assertEquals(
                "start-time-changed, update-time-regressed",
                owner.check(inMemory, stored)
                        .violations()
                        .map(violation -> violation.rule().id())
                        .mkString(", "));
        // guide: truncated
        JobSnapshot cut = inMemory.truncatedTo(MICROS);
        // end
        assertEquals(stored, cut);
    }
}
