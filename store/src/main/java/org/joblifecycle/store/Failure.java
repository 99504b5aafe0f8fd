package org.joblifecycle.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** What the SQLSTATE of a failure means, in PostgreSQL and in H2. */
final class Failure {
    private static final String UNIQUE_VIOLATION = "23505";

    /** Serialization failure, deadlock, H2's concurrent update. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "90131", UNIQUE_VIOLATION);

    /** Of a table, of an index, and in PostgreSQL of a row of its catalog. */
    private static final Set<String> THERE_ALREADY = Set.of("42P07", "42710", "42S01", "42S11", UNIQUE_VIOLATION);

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");
    private static final Set<String> NO_COLUMN = Set.of("42703", "42S22");
    private static final Set<String> READ_ONLY = Set.of("25006", "90097");

    private Failure() {}

    /** Whether another transaction was first, and nothing was written. */
    static boolean isLostRace(SQLException e) {
        return LOST_RACES.contains(state(e));
    }

    /** Whether there is such a row already. */
    static boolean isDuplicate(SQLException e) {
        return state(e).equals(UNIQUE_VIOLATION);
    }

    /** Whether somebody else has created the table at the same time. */
    static boolean isThereAlready(SQLException e) {
        return THERE_ALREADY.contains(state(e));
    }

    /**
     * The exception for the caller.
     *
     * @param what what was attempted, such as {@code list jobs}
     * @param attempted what was being committed; null if no commit had begun
     */
    static StoreException of(String what, SQLException e, @Nullable StoredJob attempted) {
        String end = attempted == null
                ? "; nothing was changed"
                : "; whether version " + attempted.version() + " was committed is not known: its history tells";
        return new StoreException("cannot " + what + ": " + why(e) + end, e, attempted, isLostRace(e));
    }

    private static String why(SQLException e) {
        String driver = Escaped.line(Objects.requireNonNullElse(e.getMessage(), "no message"));
        String state = state(e);
        if (e instanceof SQLTransientConnectionException) {
            return "no connection (" + driver + ")";
        }
        if (NO_TABLE.contains(state)) {
            return "a table of the store is missing: run its SQL resource, or createSchema(), in this schema (" + driver
                    + ")";
        }
        if (NO_COLUMN.contains(state)) {
            return "a table of the store lacks a column: expected schema " + Schema.VERSION + " (" + driver + ")";
        }
        if (READ_ONLY.contains(state)) {
            return "the connection is read-only (" + driver + ")";
        }
        return isLostRace(e)
                ? "overtaken by a transaction that this one cannot see: roll back and repeat the transaction (" + driver
                        + ")"
                : driver;
    }

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }
}
