package org.joblifecycle.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tables of a store. */
final class Schema {
    static final int VERSION = 1;
    private static final Set<String> DATABASES = Set.of("postgresql", "h2");

    private volatile boolean isVerified;

    /** Checks once that the tables are of this version. */
    void verify(Connection connection) throws SQLException {
        if (isVerified) {
            return;
        }
        int version = version(connection);
        if (version != VERSION) {
            throw new SQLException("the tables of the store are of schema " + version + ": expected schema " + VERSION);
        }
        isVerified = true;
    }

    /** The version of the tables; 0 if they are just being created. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(version) FROM lifecycle_schema")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Creates the tables, unless they are there. */
    static void create(Connection connection) throws SQLException {
        String database = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (!DATABASES.contains(database)) {
            throw new SQLException("the database is " + database + ": expected PostgreSQL or H2");
        }
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : resource(database + "/V" + VERSION + "__jobs.sql").split(";\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        String schema = connection.getSchema();
        for (String name : List.of("lifecycle_schema", "LIFECYCLE_SCHEMA")) {
            try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), schema, name, null)) {
                if (tables.next()) {
                    return version(connection) > 0;
                }
            }
        }
        return false;
    }

    private static String resource(String name) {
        try (InputStream in = requireNonNull(Schema.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
