package org.joblifecycle.docs.guide;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A database with an empty table of jobs: H2 in memory, or that of the system property {@code jdbc.url}. Each call of the data
 * source opens a connection, as a pool would lend one.
 */
final class Database implements AutoCloseable {
    private final String url;

    /** Keeps a database that is in memory only. */
    private final Connection connection;

    private Database(String url) throws SQLException {
        this.url = url;
        this.connection = DriverManager.getConnection(url);
        execute("DROP TABLE IF EXISTS job");
        execute(JobTable.TABLE);
    }

    static Database open() throws SQLException {
        return new Database(System.getProperty("jdbc.url", h2()));
    }

    /** H2 in Oracle's mode, where an empty text is NULL. */
    static Database whereEmptyIsNull() throws SQLException {
        return new Database(h2() + ";MODE=Oracle");
    }

    private static String h2() {
        return "jdbc:h2:mem:" + UUID.randomUUID();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                Database.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> DriverManager.getConnection(url)); // of a source, only that is called
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
