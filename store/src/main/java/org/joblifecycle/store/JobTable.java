package org.joblifecycle.store;

import static java.util.stream.Collectors.joining;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** The statements: rows from and to values. It begins and ends no transaction. */
final class JobTable {
    private static final String COLUMNS =
            "state, create_time, start_time, end_time, update_time, error_code, error_message, body, name, version";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM lifecycle_job WHERE name = ?";
    private static final String LOCK = SELECT + " FOR UPDATE";
    private static final String INSERT = insert("lifecycle_job", COLUMNS);
    private static final String UPDATE = "UPDATE lifecycle_job SET "
            + Stream.of(COLUMNS.split(", "))
                    .limit(8)
                    .map(column -> column + " = ?")
                    .collect(joining(", "))
            + ", version = version + 1 WHERE name = ? AND version = ?";
    private static final String RECORD = insert("lifecycle_history", COLUMNS + ", event, from_state");
    private static final String HISTORY = "SELECT " + COLUMNS
            + ", event, from_state, recorded_at FROM lifecycle_history WHERE name = ? ORDER BY version";
    private static final String LIST = "SELECT " + COLUMNS
            + " FROM lifecycle_job WHERE name > ? AND state IN (%s) ORDER BY name FETCH FIRST ? ROWS ONLY";

    private JobTable() {}

    private static String insert(String table, String columns) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + places(columns.split(", ").length) + ")";
    }

    private static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    static @Nullable StoredJob find(Connection connection, String name, boolean locks) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(locks ? LOCK : SELECT)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? stored(row) : null;
            }
        }
    }

    /** Writes what was done, and its entry in the history; false if something else is stored than before. */
    static boolean write(Connection connection, StoreOutcome.Done done, @Nullable JobEvent event) throws SQLException {
        StoredJob before = done.before();
        try (PreparedStatement write = connection.prepareStatement(before == null ? INSERT : UPDATE)) {
            bind(write, done.after());
            if (before != null) {
                write.setLong(10, before.version());
            }
            if (write.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement record = connection.prepareStatement(RECORD)) {
            bind(record, done.after());
            record.setString(11, event == null ? null : event.name());
            record.setString(12, before == null ? null : before.job().state().name());
            record.executeUpdate();
        }
        return true;
    }

    private static void bind(PreparedStatement statement, StoredJob stored) throws SQLException {
        JobSnapshot job = stored.job();
        JobError error = job.error();
        statement.setString(1, job.state().name());
        statement.setObject(2, utc(job.createTime()));
        statement.setObject(3, utc(job.startTime()));
        statement.setObject(4, utc(job.endTime()));
        statement.setObject(5, utc(job.updateTime()));
        statement.setObject(6, error == null ? null : error.code());
        statement.setString(7, error == null ? null : error.message());
        statement.setString(8, stored.body());
        statement.setString(9, stored.name());
        statement.setLong(10, stored.version());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    static Seq<StoredJob> list(Connection connection, Query query) throws SQLException {
        String sql = LIST.formatted(places(query.states().size()));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int place = 1;
            select.setString(place++, Objects.requireNonNullElse(query.after(), ""));
            for (JobState state : query.states()) {
                select.setString(place++, state.name());
            }
            select.setInt(place, query.limit());
            return rows(select, JobTable::stored);
        }
    }

    static Seq<Recorded> history(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HISTORY)) {
            select.setString(1, name);
            return rows(select, JobTable::recorded);
        }
    }

    /** Reads a row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Seq<T> rows(PreparedStatement select, Reader<T> reader) throws SQLException {
        Vector<T> all = Vector.empty();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all = all.append(reader.read(row));
            }
        }
        return all;
    }

    private static StoredJob stored(ResultSet row) throws SQLException {
        int code = row.getInt("error_code");
        boolean hasError = !row.wasNull();
        String message = Objects.requireNonNullElse(row.getString("error_message"), ""); // '' is NULL to some databases
        JobSnapshot job = JobSnapshot.of(row.getString("name"), value(JobState.class, row, "state"))
                .withCreateTime(time(row, "create_time"))
                .withStartTime(time(row, "start_time"))
                .withEndTime(time(row, "end_time"))
                .withUpdateTime(time(row, "update_time"))
                .withError(hasError ? new JobError(code, message) : null);
        return new StoredJob(job, row.getLong("version"), row.getString("body"));
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                stored(row),
                row.getString("from_state") == null ? null : value(JobState.class, row, "from_state"),
                row.getString("event") == null ? null : value(JobEvent.class, row, "event"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static <E extends Enum<E>> E value(Class<E> type, ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new SQLException(
                    "job " + row.getString("name") + " has " + column + " " + text + ": expected a "
                            + type.getSimpleName(),
                    e);
        }
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
