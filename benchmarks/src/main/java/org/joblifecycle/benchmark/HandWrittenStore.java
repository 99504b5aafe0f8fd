package org.joblifecycle.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/** What schedulers write without a store, over the same tables: for jobs that run and are paused, and have no error. */
final class HandWrittenStore {
    private static final String SELECT =
            "SELECT state, create_time, start_time, update_time, version FROM lifecycle_job WHERE name = ?";
    private static final String UPDATE =
            "UPDATE lifecycle_job SET state = ?, update_time = ?, version = version + 1 WHERE name = ?";
    private static final String INSERT = "INSERT INTO lifecycle_history"
            + " (state, update_time, name, version, event, create_time, start_time) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final DataSource database;
    private final JobLifecycle owner;
    private final InstantSource clock;

    HandWrittenStore(DataSource database, JobLifecycle owner, InstantSource clock) {
        this.database = database;
        this.owner = owner;
        this.clock = clock;
    }

    /** A job as it was read. */
    private record Row(JobSnapshot job, long version) {}

    /** Writes the state, whatever the job was before. */
    boolean update(String name, JobEvent event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return write(connection, UPDATE, target(event), clock.instant(), name) == 1;
        }
    }

    /** Reads the job, writes the state, and an entry in the history. Nothing is compared and nothing checked. */
    boolean selectUpdateInsert(String name, JobEvent event) throws SQLException {
        try (Connection connection = transaction()) {
            Row row = select(connection, name);
            write(connection, UPDATE, target(event), clock.instant(), name);
            insert(connection, row.job().withState(target(event)).withUpdateTime(clock.instant()), row, event);
            connection.commit();
            return true;
        }
    }

    /** Applies the event and writes the job over the version that was read; again at once if it was overtaken. */
    boolean compareAndSet(String name, JobEvent event) throws SQLException {
        while (true) {
            try (Connection connection = transaction()) {
                Row row = select(connection, name);
                Instant now = row.job().notBefore(clock.instant().truncatedTo(ChronoUnit.MICROS));
                JobSnapshot next = owner.apply(row.job(), event, now).getOrNull();
                if (next == null) {
                    return false;
                }
                if (write(connection, UPDATE + " AND version = ?", next.state(), next.updateTime(), name, row.version())
                        == 1) {
                    insert(connection, next, row, event);
                    connection.commit();
                    return true;
                }
            }
        }
    }

    /** What is not committed when the connection is closed is rolled back by the pool. */
    private Connection transaction() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static JobState target(JobEvent event) {
        return event == JobEvent.PAUSE ? JobState.PAUSED : JobState.RUNNING;
    }

    private static Row select(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                JobSnapshot job = JobSnapshot.of(name, JobState.valueOf(row.getString(1)))
                        .withCreateTime(time(row, 2))
                        .withStartTime(time(row, 3))
                        .withUpdateTime(time(row, 4));
                return new Row(job, row.getLong(5));
            }
        }
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static void insert(Connection connection, JobSnapshot job, Row before, JobEvent event) throws SQLException {
        write(
                connection,
                INSERT,
                job.state(),
                job.updateTime(),
                job.name(),
                before.version() + 1,
                event,
                job.createTime(),
                job.startTime());
    }

    private static int write(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                statement.setObject(
                        i + 1,
                        value instanceof Instant time
                                ? time.atOffset(ZoneOffset.UTC)
                                : value instanceof Enum<?> name ? name.name() : value);
            }
            return statement.executeUpdate();
        }
    }
}
