package org.joblifecycle.store;

import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.NOON;
import static org.joblifecycle.store.JobStoreContract.at;
import static org.joblifecycle.store.JobStoreContract.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Races that a transaction of the caller's loses.
class PostgresTransactionTest {
    private static JdbcJobStore open(HikariDataSource database) {
        JdbcJobStore store = JdbcJobStore.of(database, JobLifecycle::authority);
        store.createSchema();
        return store;
    }

    private static Connection begin(HikariDataSource database) throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM lifecycle_job"); // now its snapshot is taken
        }
        return connection;
    }

    @Test
    void aRaceThatItCanSeeIsOvertaken() throws SQLException {
        try (HikariDataSource database = Databases.postgres("TRANSACTION_READ_COMMITTED")) {
            JdbcJobStore store = open(database);
            StoredJob read = store.create(queued(NAME)).orElseThrow();
            try (Connection connection = begin(database)) {
                StoredJob running = store.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();

                JobStore within = store.within(connection);
                assertEquals(new StoreOutcome.Overtaken(running), within.apply(read, JobEvent.FAIL, NOON, null));
                assertEquals(new StoreOutcome.Overtaken(running), within.create(queued(NAME)));
                within.apply(NAME, JobEvent.PAUSE, at(NOON)).orElseThrow();
                connection.commit();
            }
            assertEquals(3, store.find(NAME).get().version());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    void aRaceThatItCannotSeeIsAnException(String isolation) throws SQLException {
        try (HikariDataSource database = Databases.postgres(isolation)) {
            JdbcJobStore store = open(database);
            store.create(queued(NAME)).orElseThrow();
            try (Connection connection = begin(database)) {
                JobStore within = store.within(connection);
                store.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
                assertTellsToRepeat(() -> within.apply(NAME, JobEvent.START, at(NOON)));

                connection.rollback();
                assertEquals(2, within.find(NAME).get().version(), "as good as any once it is rolled back");
                store.create(queued(NAME + "8")).orElseThrow();
                assertTellsToRepeat(() -> within.create(queued(NAME + "8")));
                connection.rollback();
            }
            assertEquals(2, store.history(NAME).size());
            assertEquals(1, store.history(NAME + "8").size());
        }
    }

    private static void assertTellsToRepeat(Executable call) {
        StoreException failure = assertThrows(StoreException.class, call);
        assertNull(failure.attempted());
        assertTrue(failure.getMessage().contains("repeat the transaction"), failure::getMessage);
        assertTrue(failure.isLostRace());
    }

    @Test
    void twoCallersWhoCreateOneJobDoNotBreakEachOther() throws Exception {
        try (HikariDataSource database = Databases.postgres("TRANSACTION_READ_COMMITTED")) {
            JdbcJobStore store = open(database);
            for (int i = 0; i < 20; i++) {
                String name = NAME + i;
                long done = JobStoreContract.race(thread -> {
                            try (Connection connection = begin(database)) {
                                StoreOutcome outcome = store.within(connection)
                                        .create(queued(name).withUpdateTime(NOON.plusSeconds(thread)));
                                store.within(connection)
                                        .create(queued(name + "-" + thread))
                                        .orElseThrow(); // the transaction is still alive
                                connection.commit();
                                return outcome;
                            }
                        })
                        .count(outcome -> outcome instanceof StoreOutcome.Done);
                assertEquals(1, done);
            }
        }
    }

    @Test
    void aConnectionThatMayOnlyReadReads() {
        try (HikariDataSource database = Databases.postgres("TRANSACTION_READ_COMMITTED");
                HikariDataSource readOnly = Databases.readOnly(database)) {
            StoredJob stored = open(database).create(queued(NAME)).orElseThrow();
            JdbcJobStore store = JdbcJobStore.of(readOnly, JobLifecycle::authority);

            assertEquals(stored, store.find(NAME).get());
            String message = assertThrows(StoreException.class, () -> store.apply(NAME, JobEvent.START, at(NOON)))
                    .getMessage();
            assertTrue(message.startsWith("cannot START job " + NAME + ": the connection is read-only ("), message);
            assertTrue(message.endsWith("; nothing was changed"), message);
        }
    }
}
