package org.joblifecycle.store;

import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.vavr.collection.Seq;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

// The examples of the page on storing jobs, on PostgreSQL.
class StoringJobsTest {
    private static final String NAME = JobStoreContract.NAME;
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private final Clock clock = Clock.systemUTC();
    private HikariDataSource database;
    private JdbcJobStore store;
    private TransactionTemplate transactions;
    private JdbcTemplate jdbc;

    @BeforeEach
    void open() {
        database = Databases.postgres("TRANSACTION_READ_COMMITTED");
        // guide: storing-open
        store = JdbcJobStore.of(database, JobLifecycle::authority); // the name of a job tells its kind
        store.createSchema(); // in tests and small programs; others leave it to Flyway
        // end
    }

    @AfterEach
    void close() {
        database.close();
    }

    private StoredJob submit(String name) {
        // guide: storing-create
        JobSnapshot submitted = JobSnapshot.of(name, UNSPECIFIED);
        JobSnapshot queued = OWNER.applyOrThrow(submitted, ENQUEUE, clock.instant());
        StoredJob stored = store.create(queued).orElseThrow(); // version 1
        // end
        return stored;
    }

    // guide: storing-update
    /** What a sender is told, who has read a job and proposes what it should become. */
    String update(StoredJob read, JobSnapshot proposed) {
        StoreOutcome outcome = store.update(read, proposed);
        if (outcome instanceof StoreOutcome.Done done) {
            return "version " + done.after().version();
        } else if (outcome instanceof StoreOutcome.Refused refused) {
            return "refused: " + refused.violations().mkString("; ");
        } else if (outcome instanceof StoreOutcome.Overtaken overtaken) {
            return "decide again: it is " + overtaken.current().job().state();
        } else {
            return "nobody submitted it";
        }
    }
    // end

    // guide: storing-claim
    /** The job that this worker is to run; null if there is none. Of several workers who claim a job one gets it. */
    StoredJob claim() {
        for (StoredJob next : store.list(Query.in(QUEUED, PENDING))) {
            if (store.apply(next.name(), START, clock) instanceof StoreOutcome.Done done) {
                return done.after();
            }
        }
        return null;
    }
    // end

    // guide: storing-pages
    /** The names of all jobs that wait, page by page. */
    List<String> waiting() {
        List<String> names = new ArrayList<>();
        Query query = Query.in(QUEUED, PENDING).limit(1000);
        for (Seq<StoredJob> page = store.list(query); !page.isEmpty(); page = store.list(query)) {
            page.forEach(stored -> names.add(stored.name()));
            query = query.after(page.last().name());
        }
        return names;
    }
    // end

    // guide: storing-within
    /** Ends a job and keeps its result: both, or neither. */
    void succeed(StoredJob running, String result) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                store.within(connection)
                        .apply(running, JobEvent.SUCCEED, running.job().notBefore(clock.instant()), null)
                        .orElseThrow();
                insert(connection, running.name(), result);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
    // end

    // guide: storing-spring
    /** The same in a transaction of Spring's: here of a template, or that of a method that is @Transactional. */
    void succeedInSpring(StoredJob running, String result) {
        transactions.executeWithoutResult(status -> {
            Connection connection = DataSourceUtils.getConnection(database);
            try {
                store.within(connection)
                        .apply(running, JobEvent.SUCCEED, running.job().notBefore(clock.instant()), null)
                        .orElseThrow();
                jdbc.update("INSERT INTO result VALUES (?, ?)", running.name(), result);
            } finally {
                DataSourceUtils.releaseConnection(connection, database);
            }
        });
    }
    // end

    private static void insert(Connection connection, String name, String result) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO result VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, result);
            insert.executeUpdate();
        }
    }

    // guide: storing-unknown
    /** Whether an event was applied, also if the connection broke while it was committed. */
    boolean isApplied(StoredJob read, JobEvent event) {
        try {
            return store.apply(read, event, read.job().notBefore(clock.instant()), null) instanceof StoreOutcome.Done;
        } catch (StoreException e) {
            StoredJob attempted = e.attempted();
            if (attempted == null) {
                throw e; // nothing was changed
            }
            return store.history(read.name())
                    .exists(recorded -> recorded.stored().equals(attempted));
        }
    }
    // end

    @Test
    void aSenderIsToldWhatHappened() {
        StoredJob read = submit(NAME);
        JobSnapshot running = OWNER.applyOrThrow(read.job(), START, clock.instant());

        assertEquals("version 2", update(read, running));
        assertEquals("version 2", update(read, running), "offered again after a lost answer");
        assertEquals(
                "decide again: it is RUNNING",
                update(read, OWNER.applyOrThrow(read.job(), JobEvent.FAIL, clock.instant())));
        assertTrue(
                update(store.find(NAME).get(), running.withState(QUEUED)).startsWith("refused: transition-illegal: "));
        assertEquals("nobody submitted it", update(new StoredJob(running.withName(NAME + "8"), 1, null), running));
    }

    @Test
    void eachJobIsClaimedOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            submit(NAME + i);
        }
        assertEquals(30, waiting().size());

        Seq<List<String>> claimed = JobStoreContract.race(thread -> {
            List<String> mine = new ArrayList<>();
            for (StoredJob job = claim(); job != null; job = claim()) {
                mine.add(job.name());
            }
            return mine;
        });

        assertEquals(30, claimed.flatMap(each -> each).toSet().size());
        assertEquals(30, claimed.map(List::size).sum().intValue());
        assertTrue(waiting().isEmpty());
    }

    @Test
    void aResultIsKeptWithTheEndOfItsJob() throws Throwable {
        assertResultsAreKeptWithJobs(this::succeed);
    }

    @Test
    void aResultIsKeptInATransactionOfSpring() throws Throwable {
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
        jdbc = new JdbcTemplate(database);
        assertResultsAreKeptWithJobs(this::succeedInSpring);
    }

    private interface Success {
        void of(StoredJob running, String result) throws SQLException;
    }

    private void assertResultsAreKeptWithJobs(Success success) throws SQLException {
        Databases.execute(database, "CREATE TABLE result (name TEXT PRIMARY KEY, result TEXT)");
        submit(NAME);
        StoredJob running = claim();

        success.of(running, "42");

        assertEquals(3, store.find(NAME).get().version());
        assertThrows(ConcurrentModificationException.class, () -> success.of(running, "43"));
        submit(NAME + "8");
        StoredJob other = claim();
        Databases.execute(database, "INSERT INTO result VALUES ('" + NAME + "8', '')");
        assertThrows(Exception.class, () -> success.of(other, "44"));
        assertEquals(other, store.find(NAME + "8").get(), "rolled back with the result");
        assertEquals(0, database.getHikariPoolMXBean().getActiveConnections());
    }

    @Test
    void anEventIsAppliedOnce() {
        StoredJob read = submit(NAME);

        assertTrue(isApplied(read, START));
        assertFalse(isApplied(read, START));
    }

    @Test
    void anotherKindOfAnswerIsAnException() {
        StoredJob read = submit(NAME);
        // guide: storing-fail
        StoredJob failed = store.apply(read.name(), JobEvent.FAIL, clock, new JobError(8, "out of quota"))
                .orElseThrow();
        // end
        assertEquals(2, failed.version());
        assertThrows(
                IllegalUpdateException.class,
                () -> store.apply(read.name(), START, clock).orElseThrow());
    }

    @Test
    void theHistoryIsPrinted() {
        submit(NAME);
        claim();
        StringBuilder out = new StringBuilder();
        // guide: storing-history
        for (Recorded each : store.history(NAME)) {
            String by = each.event() == null ? "written" : each.event().name();
            out.append(each.stored().version() + " " + by + ": " + each.from() + " to " + each.to() + "\n");
        }
        // end
        assertEquals("1 written: null to QUEUED\n2 START: QUEUED to RUNNING\n", out.toString());
    }
}
