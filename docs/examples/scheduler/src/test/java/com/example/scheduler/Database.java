package com.example.scheduler;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

// The databases that the tests run on: each call answers an empty one.
enum Database {
    H2 {
        @Override
        HikariDataSource open() {
            return open("jdbc:h2:mem:" + COUNT.incrementAndGet());
        }
    },
    POSTGRESQL {
        @Override
        HikariDataSource open() {
            String schema = "test" + COUNT.incrementAndGet();
            try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("CREATE SCHEMA " + schema);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return open(Server.POSTGRES.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    abstract HikariDataSource open();

    static HikariDataSource open(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
