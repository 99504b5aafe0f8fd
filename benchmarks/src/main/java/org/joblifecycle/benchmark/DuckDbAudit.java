package org.joblifecycle.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The audit of a file of tuning jobs as one query of DuckDB. Its driver is on the class path only with the profile
 * {@code benchmarks}.
 */
public final class DuckDbAudit {
    private DuckDbAudit() {}

    /** Prints the tally of a file. */
    public static void main(String[] args) throws IOException, SQLException {
        Tally tally = new Tally();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET VARIABLE file = '" + args[0].replace("'", "''") + "'");
            statement.execute(Program.text("audit.sql"));
            try (ResultSet counts = statement.getResultSet()) {
                counts.next();
                for (int i = 1; i <= counts.getMetaData().getColumnCount(); i++) {
                    tally.add(counts.getMetaData().getColumnLabel(i), counts.getLong(i));
                }
            }
        }
        System.out.print(tally);
    }
}
