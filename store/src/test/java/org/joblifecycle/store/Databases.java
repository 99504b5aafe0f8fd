package org.joblifecycle.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

// Databases to test with: each call answers an empty one. PostgreSQL is one server for all tests, with a schema for
// each.
final class Databases {
    private static final int CONNECTIONS = 10;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Databases() {}

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static HikariDataSource h2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + COUNT.incrementAndGet() + ";LOCK_TIMEOUT=20000");
        return new HikariDataSource(config(database));
    }

    // The isolation level as JDBC calls it, such as TRANSACTION_REPEATABLE_READ.
    static HikariDataSource postgres(String isolation) {
        String schema = "test" + COUNT.incrementAndGet();
        DataSource server = Server.POSTGRES.getPostgresDatabase();
        execute(server, "CREATE SCHEMA " + schema);
        HikariConfig config = config(server);
        config.setSchema(schema);
        config.setTransactionIsolation(isolation);
        return new HikariDataSource(config);
    }

    // The same database, for those who may only read.
    static HikariDataSource readOnly(HikariDataSource database) {
        HikariConfig config = config(database.getDataSource());
        config.setSchema(database.getSchema());
        config.setReadOnly(true);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(DataSource database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(CONNECTIONS);
        return config;
    }

    static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
