package org.joblifecycle.docs.guide;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** The store of the guide: jobs in a table, each with a version. */
final class JobTable {
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

    private final DataSource database;

    JobTable(DataSource database) {
        this.database = database;
    }

    // guide: jdbc
    /** A job as it is stored, and the version of its row. */
    record Stored(JobSnapshot job, long version) {}

    /** Inserts a new job as version 1; false if there is a job of this name. */
    boolean insert(JobSnapshot job) throws SQLException {
        try {
            return write(job, job.name(), 1, """
                    INSERT INTO job (state, create_time, start_time, end_time, update_time, error_code, error_message,
                        name, version)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        } catch (SQLException e) {
            if ("23505".equals(e.getSQLState())) { // the primary key; in PostgreSQL and in H2
                return false;
            }
            throw e;
        }
    }

    /** Replaces a job if its row is still the one that was read; false if somebody else replaced it since. */
    boolean replace(Stored known, JobSnapshot job) throws SQLException {
        return write(job, known.job().name(), known.version(), """
                UPDATE job
                SET state = ?, create_time = ?, start_time = ?, end_time = ?, update_time = ?, error_code = ?,
                    error_message = ?, version = version + 1
                WHERE name = ? AND version = ?""");
    }

    private boolean write(JobSnapshot job, String name, long version, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            JobError error = job.error();
            statement.setString(1, job.state().name());
            statement.setObject(2, utc(job.createTime()));
            statement.setObject(3, utc(job.startTime()));
            statement.setObject(4, utc(job.endTime()));
            statement.setObject(5, utc(job.updateTime()));
            statement.setObject(6, error == null ? null : error.code());
            statement.setString(7, error == null ? null : error.message());
            statement.setString(8, name);
            statement.setLong(9, version);
            return statement.executeUpdate() == 1;
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
    // end

    // guide: jdbc-read
    /** The job of this name; null if there is none. */
    @Nullable
    Stored find(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT * FROM job WHERE name = ?")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next() ? new Stored(job(row), row.getLong("version")) : null;
        }
    }

    private static JobSnapshot job(ResultSet row) throws SQLException {
        int code = row.getInt("error_code");
        boolean hasError = !row.wasNull();
        String message = Objects.requireNonNullElse(row.getString("error_message"), ""); // Oracle has no ''
        return JobSnapshot.of(row.getString("name"), JobState.valueOf(row.getString("state")))
                .withCreateTime(time(row, "create_time"))
                .withStartTime(time(row, "start_time"))
                .withEndTime(time(row, "end_time"))
                .withUpdateTime(time(row, "update_time"))
                .withError(hasError ? new JobError(code, message) : null);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
    // end
}
