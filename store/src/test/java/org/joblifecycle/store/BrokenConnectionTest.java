package org.joblifecycle.store;

import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.NOON;
import static org.joblifecycle.store.JobStoreContract.at;
import static org.joblifecycle.store.JobStoreContract.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.vavr.collection.Seq;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// A connection that breaks in the middle.
class BrokenConnectionTest {
    private static final String LOST = "40001"; // a serialization failure

    private HikariDataSource database;
    private JdbcJobStore store;

    @BeforeEach
    void open() {
        database = Databases.h2();
        store = JdbcJobStore.of(database, JobLifecycle::authority);
        store.createSchema();
        store.create(queued(NAME));
    }

    @AfterEach
    void close() {
        database.close();
    }

    // When a call of a connection or a statement breaks.
    private interface Break {
        boolean at(Method method, boolean isDone);
    }

    private DataSource breaking(Break when) {
        return proxy(DataSource.class, database, when, "08006");
    }

    private static <T> T proxy(Class<T> type, Object target, Break when, String state) {
        return type.cast(Proxy.newProxyInstance(
                BrokenConnectionTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (when.at(method, false)) {
                        throw new SQLException("the connection broke", state);
                    }
                    Object answer = invoke(target, method, arguments);
                    if (when.at(method, true)) {
                        throw new SQLException("the connection broke", state);
                    }
                    return answer instanceof Connection
                            ? proxy(Connection.class, answer, when, state)
                            : answer instanceof PreparedStatement
                                    ? proxy(PreparedStatement.class, answer, when, state)
                                    : answer;
                }));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean is(Method method, String name) {
        return method.getName().equals(name);
    }

    private StoreException start(Break when) {
        JdbcJobStore breaking = JdbcJobStore.of(breaking(when), JobLifecycle::authority);
        return assertThrows(StoreException.class, () -> breaking.apply(NAME, JobEvent.START, at(NOON)));
    }

    @Test
    void beforeTheCommitNothingIsChanged() {
        for (String call : new String[] {"getConnection", "setAutoCommit", "executeQuery", "executeUpdate"}) {
            for (boolean isDone : new boolean[] {false, true}) {
                for (int number = 1; number <= 2; number++) {
                    int[] left = {number};
                    JdbcJobStore breaking = JdbcJobStore.of(
                            breaking((method, done) -> is(method, call) && done == isDone && --left[0] == 0),
                            JobLifecycle::authority);
                    if (number == 2 && !call.equals("executeUpdate")) {
                        continue; // there is only one before the commit
                    }

                    StoreException failure =
                            assertThrows(StoreException.class, () -> breaking.apply(NAME, JobEvent.START, at(NOON)));

                    assertNull(failure.attempted());
                    assertEquals(
                            "cannot START job " + NAME + ": the connection broke; nothing was changed",
                            failure.getMessage());
                    assertEquals(1, store.find(NAME).get().version(), call + number + isDone);
                    assertEquals(1, store.history(NAME).size());
                }
            }
        }
    }

    @Test
    void whileItCommitsNobodyKnowsAndTheHistoryTells() {
        StoreException lost = start((method, done) -> is(method, "commit") && !done);
        StoredJob attempted = present(lost.attempted());
        assertEquals(
                "cannot START job " + NAME
                        + ": the connection broke; whether version 2 was committed is not known: its history tells",
                lost.getMessage());
        assertFalse(isRecorded(attempted));

        StoreException committed = start((method, done) -> is(method, "commit") && done);
        assertTrue(isRecorded(present(committed.attempted())));
        assertEquals(2, store.find(NAME).get().version());
    }

    private static StoredJob present(StoredJob job) {
        assertNotNull(job);
        return job;
    }

    private boolean isRecorded(StoredJob attempted) {
        Seq<Recorded> history = store.history(NAME);
        return history.exists(each -> each.stored().equals(attempted));
    }

    @Test
    void afterTheCommitItIsDone() {
        for (String call : new String[] {"setAutoCommit", "close"}) {
            boolean[] isCommitted = {false};
            String name = NAME + call;
            JdbcJobStore breaking = JdbcJobStore.of(
                    breaking((method, done) -> {
                        isCommitted[0] |= is(method, "commit") && done;
                        return isCommitted[0] && is(method, call) && done;
                    }),
                    JobLifecycle::authority);

            StoreOutcome outcome = breaking.create(queued(name));

            assertEquals(store.find(name).get(), outcome.orElseThrow());
        }
    }

    @Test
    void aRaceThatIsLostIsRunAgain() {
        for (String call : new String[] {"executeQuery", "executeUpdate", "commit"}) {
            int[] left = {3};
            JdbcJobStore losing = JdbcJobStore.of(
                    proxy(
                            DataSource.class,
                            database,
                            (method, done) -> is(method, call) && !done && --left[0] >= 0,
                            LOST),
                    JobLifecycle::authority);

            assertEquals(NAME, losing.find(NAME).get().name());
            assertEquals(1, losing.list(Query.all()).size());
            assertEquals(
                    NAME + call,
                    losing.create(queued(NAME + call)).orElseThrow().name());
            assertEquals(1, losing.history(NAME + call).size());
            Databases.execute(database, "DELETE FROM lifecycle_job WHERE version = 1 AND name LIKE '%" + call + "'");
            assertTrue(left[0] <= 0, call);
        }
    }

    @Test
    void aLifecycleThatThrowsEndsTheTransaction() {
        JdbcJobStore throwing = JdbcJobStore.of(database, kind -> JobLifecycle.authority(kind));
        assertThrows(
                IllegalStateException.class,
                () -> throwing.apply(NAME, JobEvent.START, () -> {
                    throw new IllegalStateException("no time");
                }));
        assertEquals(0, database.getHikariPoolMXBean().getActiveConnections());
        store.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
    }

    // PostgreSQL reports a table that another process creates in any of these ways, H2 in two of its own.
    @ParameterizedTest
    @ValueSource(strings = {"42P07", "42710", "23505", "42S01", "42S11"})
    void tablesThatAppearWhileTheyAreCreatedAreFound(String state) {
        try (HikariDataSource empty = Databases.h2()) {
            int[] left = {1};
            JdbcJobStore each = JdbcJobStore.of(
                    proxy(
                            DataSource.class,
                            empty,
                            (method, isDone) -> isDone && is(method, "createStatement") && left[0]-- == 1,
                            state),
                    JobLifecycle::authority);

            each.createSchema();

            assertEquals(1, each.create(queued(NAME)).orElseThrow().version());
        }
    }
}
