package org.joblifecycle.store;

import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.NOON;
import static org.joblifecycle.store.JobStoreContract.at;
import static org.joblifecycle.store.JobStoreContract.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.joblifecycle.job.JobError;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

// The caller's transactions, and a database that cannot do it.
@ParameterizedClass
@ValueSource(strings = {"H2", "PostgreSQL"})
class JdbcJobStoreTest {
    @Parameter
    String product;

    private HikariDataSource database;
    private JdbcJobStore store;

    @BeforeEach
    void open() {
        database = database(product);
        store = JdbcJobStore.of(database, JobLifecycle::authority);
        store.createSchema();
    }

    private static HikariDataSource database(String product) {
        return product.equals("H2") ? Databases.h2() : Databases.postgres("TRANSACTION_READ_COMMITTED");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    // The caller's transaction

    @Test
    void whatTheCallerCommitsIsStored() throws SQLException {
        Databases.execute(database, "CREATE TABLE mine (note VARCHAR(10))");
        try (Connection connection = begin();
                Statement statement = connection.createStatement()) {
            JobStore within = store.within(connection);
            StoredJob created = within.create(queued(NAME)).orElseThrow();
            statement.execute("INSERT INTO mine VALUES ('a')");
            within.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
            assertEquals(2, within.find(NAME).get().version(), "it sees its own changes");
            assertEquals(2, within.history(NAME).size());
            assertEquals(1, within.list(Query.all()).size());
            assertTrue(store.find(NAME).isEmpty(), "nobody else does");
            assertInstanceOf(
                    StoreOutcome.Overtaken.class,
                    within.update(created, created.job().withUpdateTime(null)));
            connection.commit();
        }
        assertEquals(2, store.find(NAME).get().version());
        assertEquals(2, store.history(NAME).size());
    }

    @Test
    void whatTheCallerRollsBackNeverWas() throws SQLException {
        StoredJob before = store.create(queued(NAME)).orElseThrow();
        try (Connection connection = begin()) {
            store.within(connection).apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
            store.within(connection).create(queued(NAME + "8")).orElseThrow();
            connection.rollback();
        }
        assertEquals(Option.some(before), store.find(NAME));
        assertEquals(1, store.history(NAME).size());
        assertTrue(store.history(NAME + "8").isEmpty());
    }

    @Test
    void aRefusalLeavesTheTransactionUsable() throws SQLException {
        store.create(queued(NAME));
        try (Connection connection = begin()) {
            JobStore within = store.within(connection);
            assertInstanceOf(StoreOutcome.Refused.class, within.apply(NAME, JobEvent.RESUME, at(NOON)));
            assertInstanceOf(
                    StoreOutcome.Overtaken.class, within.create(queued(NAME).withUpdateTime(null)));
            assertInstanceOf(StoreOutcome.Missing.class, within.apply(NAME + "8", JobEvent.START, at(NOON)));
            within.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
            connection.commit();
        }
        assertEquals(2, store.find(NAME).get().version());
    }

    @Test
    void aConnectionThatCommitsEachStatementIsNoTransaction() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertEquals(
                    "the connection commits each statement by itself: expected one with setAutoCommit(false)",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> store.within(connection).create(queued(NAME)))
                            .getMessage());
        }
        assertTrue(store.find(NAME).isEmpty());
    }

    // A database that cannot do it

    private static String message(Executable call) {
        StoreException failure = assertThrows(StoreException.class, call);
        assertNull(failure.attempted());
        return failure.getMessage();
    }

    @Test
    void aMissingTableIsNamed() {
        Databases.execute(database, "DROP TABLE lifecycle_history");

        String message = message(() -> store.create(queued(NAME)));

        assertTrue(
                message.startsWith(
                        "cannot write job " + NAME + ": a table of the store is missing: run its SQL resource, or"
                                + " createSchema(), in this schema ("),
                message);
        assertTrue(message.endsWith("; nothing was changed"), message);
        assertTrue(message.toLowerCase(Locale.ROOT).contains("lifecycle_"), message);
        assertTrue(store.find(NAME).isEmpty(), "rolled back");
    }

    @Test
    void withoutAnyTableEachCallSaysSo() {
        Databases.execute(database, "DROP TABLE lifecycle_schema");
        JdbcJobStore other = JdbcJobStore.of(database, JobLifecycle::authority);

        for (Executable call : List.<Executable>of(
                () -> other.find(NAME),
                () -> other.list(Query.all()),
                () -> other.history(NAME),
                () -> other.apply(NAME, JobEvent.START, at(NOON)))) {
            assertTrue(message(call).contains("a table of the store is missing"));
        }
    }

    @Test
    void tablesOfAnotherVersionAreNotTouched() {
        Databases.execute(database, "UPDATE lifecycle_schema SET version = 2");
        JdbcJobStore other = JdbcJobStore.of(database, JobLifecycle::authority);

        assertEquals(
                "cannot write job " + NAME
                        + ": the tables of the store are of schema 2: expected schema 1; nothing was changed",
                message(() -> other.create(queued(NAME))));
    }

    @Test
    void aTableWithoutAColumnIsNamed() {
        Databases.execute(database, "ALTER TABLE lifecycle_job DROP COLUMN body");

        assertTrue(
                message(() -> store.find(NAME)).contains("a table of the store lacks a column: expected schema 1 ("));
    }

    @Test
    void aStateThatIsNoneIsNamed() {
        store.create(queued(NAME));
        Databases.execute(database, "UPDATE lifecycle_job SET state = 'DREAMING'");

        assertEquals(
                "cannot find job " + NAME + ": job " + NAME
                        + " has state DREAMING: expected a JobState; nothing was changed",
                message(() -> store.find(NAME)));
    }

    @Test
    void aPoolThatIsEmptyIsNamed() throws SQLException {
        database.setConnectionTimeout(250);
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < database.getMaximumPoolSize(); i++) {
            taken.add(database.getConnection());
        }

        assertTrue(message(() -> store.find(NAME)).startsWith("cannot find job " + NAME + ": no connection ("));
        for (Connection connection : taken) {
            connection.close();
        }
        assertTrue(store.find(NAME).isEmpty(), "the store goes on");
    }

    @Test
    void theSchemaIsCreatedOnce() {
        store.create(queued(NAME));

        store.createSchema();

        assertEquals(1, store.list(Query.all()).size());
    }

    @Test
    void severalMayCreateTheSchemaAtOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (HikariDataSource empty = database(product)) {
                JobStoreContract.race(thread -> {
                    JdbcJobStore each = JdbcJobStore.of(empty, JobLifecycle::authority);
                    each.createSchema();
                    return each.create(queued(NAME + thread)).orElseThrow();
                });
            }
        }
    }

    @Test
    void tablesThatWereLeftInTheMiddleAreNotMended() {
        try (HikariDataSource half = database(product)) {
            Databases.execute(half, "CREATE TABLE lifecycle_history (x INTEGER)");

            String message =
                    message(() -> JdbcJobStore.of(half, JobLifecycle::authority).createSchema());
            assertTrue(message.startsWith("cannot create the tables: "), message);
            assertTrue(message.toLowerCase(Locale.ROOT).contains("lifecycle_"), message);
        }
    }

    @Test
    void anAbsentMessageIsTheEmptyOne() {
        store.create(queued(NAME));
        store.apply(NAME, JobEvent.FAIL, at(NOON), JobError.of(8)).orElseThrow();
        Databases.execute(database, "UPDATE lifecycle_job SET error_message = NULL");

        assertEquals(JobError.of(8), store.find(NAME).get().job().error());
    }

    @Test
    void connectionsComeBackAsTheyWere() throws SQLException {
        store.create(queued(NAME));
        store.apply(NAME, JobEvent.RESUME, at(NOON));
        for (int i = 0; i < 20; i++) {
            try (Connection connection = database.getConnection()) {
                assertTrue(connection.getAutoCommit());
            }
        }
        assertEquals(0, database.getHikariPoolMXBean().getActiveConnections());
    }
}
