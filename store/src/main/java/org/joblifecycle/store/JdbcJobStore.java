package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs in a relational database, PostgreSQL or H2. Its tables are those of {@code V1__jobs.sql}, which is a resource beside
 * this class for each of the two, in {@code postgresql} and {@code h2}: for Flyway, or for {@link #createSchema}.
 *
 * <p>Each change is a transaction of its own, at the isolation level that the connections have, READ COMMITTED or higher. The job
 * is read, the lifecycle is asked, and the job is written with its entry in the history, over the version that was read. A change
 * that lost a race is decided again on what is stored then, with a lock on the row. {@link #within} makes changes part of a
 * transaction of the caller's.
 */
public final class JdbcJobStore extends CheckedJobStore {
    private static final int MOST_ATTEMPTS = 100;

    /** With a lock, the second attempt cannot lose unless the transaction cannot see what it lost against. */
    private static final int MOST_ATTEMPTS_WITHIN = 3;

    private static final long NANOS_OF_PAUSE = 100_000;

    private final DataSource dataSource;
    private final Schema schema;
    private final HotJobs hotJobs;

    /** The caller's transaction; null if each change is one of its own. */
    private final @Nullable Connection caller;

    private JdbcJobStore(
            DataSource dataSource,
            Function<String, JobLifecycle> lifecycles,
            Schema schema,
            HotJobs hotJobs,
            @Nullable Connection caller) {
        super(lifecycles);
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.schema = schema;
        this.hotJobs = hotJobs;
        this.caller = caller;
    }

    /**
     * A store of jobs of all kinds. It does nothing until it is called.
     *
     * @param dataSource where connections come from: a pool, except in small programs
     * @param lifecycles the lifecycle for each kind, such as {@code JobLifecycle::authority}; the name of a job tells its kind
     */
    public static JdbcJobStore of(DataSource dataSource, Function<JobKind, JobLifecycle> lifecycles) {
        return new JdbcJobStore(dataSource, byKind(lifecycles), new Schema(), new HotJobs(), null);
    }

    /**
     * A store of jobs of one kind, whose names need not tell it. It does nothing until it is called.
     *
     * @param dataSource where connections come from: a pool, except in small programs
     * @param lifecycle the lifecycle of all jobs
     */
    public static JdbcJobStore of(DataSource dataSource, JobLifecycle lifecycle) {
        return new JdbcJobStore(dataSource, always(lifecycle), new Schema(), new HotJobs(), null);
    }

    /**
     * This store within a transaction of the caller's: its changes are committed or rolled back with everything else in it. It
     * neither commits nor closes the connection. The store that it answers is for the thread that has the transaction.
     *
     * <p>A race that is lost where the transaction cannot see the winner, at REPEATABLE READ or SERIALIZABLE, is a {@link
     * StoreException}: roll back, and repeat the whole transaction.
     *
     * @param connection one that does not commit each statement by itself
     */
    public JobStore within(Connection connection) {
        return new JdbcJobStore(dataSource, lifecycles(), schema, hotJobs, requireNonNull(connection, "connection"));
    }

    /**
     * Creates the tables, unless they are there: for tests and small programs. Others leave it to a tool such as Flyway, whose
     * user may do what that of a service may not.
     */
    public void createSchema() {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = new Transaction(dataSource)) {
                Schema.create(transaction.connection());
                transaction.commit();
                return;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !Failure.isThereAlready(e)) {
                    throw Failure.of("create the tables", e, null);
                }
                pause(attempt); // others are creating them
            }
        }
    }

    @Override
    StoreOutcome run(Operation operation) {
        int most = caller == null ? MOST_ATTEMPTS : MOST_ATTEMPTS_WITHIN;
        for (int attempt = 1; attempt <= most; attempt++) {
            boolean locks = attempt > 1 || hotJobs.isHot(operation.name());
            StoreOutcome outcome = caller == null ? attempt(operation, locks) : attemptWithin(caller, operation, locks);
            if (outcome != null) {
                return outcome;
            }
            hotJobs.overtaken(operation.name());
            pause(attempt);
        }
        throw new StoreException(
                operation + " was overtaken " + most + " times: nothing was changed; repeat the transaction",
                null,
                null,
                true);
    }

    private static void pause(int attempt) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(NANOS_OF_PAUSE * attempt));
    }

    /** The outcome, written and committed; null if it was overtaken. */
    private @Nullable StoreOutcome attempt(Operation operation, boolean locks) {
        StoredJob committing = null;
        try (Transaction transaction = new Transaction(dataSource)) {
            Connection connection = transaction.connection();
            schema.verify(connection);
            StoreOutcome outcome = operation.decision().apply(JobTable.find(connection, operation.name(), locks));
            if (outcome instanceof StoreOutcome.Done done && done.isWritten()) {
                if (!JobTable.write(connection, done, operation.event())) {
                    return null;
                }
                committing = done.after();
                transaction.commit();
            }
            return outcome;
        } catch (SQLException e) {
            if (Failure.isLostRace(e)) {
                return null;
            }
            throw Failure.of(operation.toString(), e, committing);
        }
    }

    /** The outcome, written but not committed; null if it was overtaken. */
    private @Nullable StoreOutcome attemptWithin(Connection connection, Operation operation, boolean locks) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "the connection commits each statement by itself: expected one with setAutoCommit(false)");
            }
            schema.verify(connection);
            StoreOutcome outcome = operation.decision().apply(JobTable.find(connection, operation.name(), locks));
            boolean isDone = !(outcome instanceof StoreOutcome.Done done && done.isWritten())
                    || writeWithin(connection, done, operation);
            return isDone ? outcome : null;
        } catch (SQLException e) {
            throw Failure.of(operation.toString(), e, null);
        }
    }

    /** A statement that fails may end the whole transaction: one that creates a job can fail because it was overtaken. */
    private static boolean writeWithin(Connection connection, StoreOutcome.Done done, Operation operation)
            throws SQLException {
        Savepoint savepoint = done.before() == null ? connection.setSavepoint() : null;
        try {
            boolean isWritten = JobTable.write(connection, done, operation.event());
            if (savepoint != null) {
                connection.releaseSavepoint(savepoint);
            }
            return isWritten;
        } catch (SQLException e) {
            if (savepoint != null && Failure.isDuplicate(e)) {
                connection.rollback(savepoint);
                return false;
            }
            throw e;
        }
    }

    @Override
    public Option<StoredJob> find(String name) {
        requireNonNull(name, "name");
        return read("find job " + name, connection -> Option.of(JobTable.find(connection, name, false)));
    }

    @Override
    public Seq<StoredJob> list(Query query) {
        requireNonNull(query, "query");
        return read("list jobs", connection -> JobTable.list(connection, query));
    }

    @Override
    public Seq<Recorded> history(String name) {
        requireNonNull(name, "name");
        return read("read the history of job " + name, connection -> JobTable.history(connection, name));
    }

    /** Reads something. */
    private interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /** A transaction that only reads can lose a race too, at SERIALIZABLE. */
    private <T> T read(String what, Read<T> read) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (caller != null) {
                    return verified(caller, read);
                }
                try (Transaction transaction = new Transaction(dataSource)) {
                    return verified(transaction.connection(), read);
                }
            } catch (SQLException e) {
                if (caller != null || attempt == MOST_ATTEMPTS || !Failure.isLostRace(e)) {
                    throw Failure.of(what, e, null);
                }
                pause(attempt);
            }
        }
    }

    private <T> T verified(Connection connection, Read<T> read) throws SQLException {
        schema.verify(connection);
        return read.from(connection);
    }
}
