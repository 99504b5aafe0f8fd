package com.example.scheduler;

import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.transition.JobEvent.CANCEL;
import static org.joblifecycle.transition.JobEvent.CONFIRM_CANCEL;
import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.FAIL;
import static org.joblifecycle.transition.JobEvent.RESTART;
import static org.joblifecycle.transition.JobEvent.START;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;

/**
 * Keeps jobs and hands them to workers. Each job has a row in the table scheduler_queue until it ends: who has it, and when somebody
 * has to attend to it. That is when a waiting job may start, and when a worker who has a job and says nothing is given up. The row
 * and the job change in one transaction, always the row first, so that no two transactions wait for each other.
 *
 * <p>The clocks of all workers have to agree, to less than the lease.
 */
public final class Scheduler {
    static final int MOST_STARTS = 3;

    private static final JobError LOST = new JobError(14, "its worker was lost");
    private static final EnumSet<JobTransition> EDGES = EnumSet.of(
            JobTransition.UNSPECIFIED_TO_QUEUED,
            JobTransition.QUEUED_TO_RUNNING,
            JobTransition.QUEUED_TO_CANCELLING,
            JobTransition.PENDING_TO_RUNNING,
            JobTransition.PENDING_TO_CANCELLING,
            JobTransition.RUNNING_TO_PENDING,
            JobTransition.RUNNING_TO_SUCCEEDED,
            JobTransition.RUNNING_TO_FAILED,
            JobTransition.RUNNING_TO_CANCELLING,
            JobTransition.CANCELLING_TO_SUCCEEDED,
            JobTransition.CANCELLING_TO_FAILED,
            JobTransition.CANCELLING_TO_CANCELLED);

    /** What jobs do here: they wait, run, run again, are cancelled and end. */
    static final JobLifecycle LIFECYCLE = JobLifecycle.authority(JobKind.CUSTOM_JOB)
            .without(EnumSet.complementOf(EDGES).toArray(JobTransition[]::new));

    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS scheduler_queue (job_name VARCHAR(1024) PRIMARY KEY,"
                    + " holder VARCHAR(36), due TIMESTAMP(6) WITH TIME ZONE NOT NULL)";
    private static final String ENTER = "INSERT INTO scheduler_queue (due, job_name) VALUES (?, ?)";
    private static final String DUE = "SELECT job_name, holder FROM scheduler_queue WHERE due <= ?"
            + " ORDER BY due, job_name FETCH FIRST ROW ONLY FOR UPDATE SKIP LOCKED";
    private static final String TAKE =
            "UPDATE scheduler_queue SET holder = ?, due = ? WHERE job_name = ? AND due <= ? AND holder IS NULL";
    private static final String KEEP = "UPDATE scheduler_queue SET due = ? WHERE job_name = ? AND holder = ?";
    private static final String WAIT =
            "UPDATE scheduler_queue SET holder = NULL, due = ? WHERE job_name = ? AND holder = ?";
    private static final String HURRY = "UPDATE scheduler_queue SET due = ? WHERE job_name = ? AND holder IS NULL";
    private static final String LEAVE =
            "DELETE FROM scheduler_queue WHERE job_name = ? AND holder IS NOT DISTINCT FROM ?";

    private final DataSource database;
    private final JdbcJobStore store;
    private final InstantSource clock;
    private final Duration lease;
    private final Duration delay;

    /**
     * A job that somebody has.
     *
     * @param job the job as it was when it was taken
     * @param holder who has it, another value each time; null if nobody has it
     */
    public record Claim(StoredJob job, String holder) {}

    /**
     * A scheduler.
     *
     * @param lease how long a worker may say nothing before its job is given to another
     * @param delay how long a job that failed waits before it starts again; twice as long each time
     */
    public Scheduler(DataSource database, InstantSource clock, Duration lease, Duration delay) {
        this.database = database;
        this.store = JdbcJobStore.of(database, LIFECYCLE);
        this.clock = clock;
        this.lease = lease;
        this.delay = delay;
    }

    /** Creates the tables that are not there. */
    public void createTables() throws SQLException {
        store.createSchema();
        inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(TABLE);
            }
        });
    }

    /** The jobs, for those who only read. */
    public JobStore jobs() {
        return store;
    }

    /** Puts a new job into the queue. */
    public StoreOutcome submit(String name, String command) throws SQLException {
        JobSnapshot submitted = JobSnapshot.of(name, UNSPECIFIED);
        JobSnapshot queued = LIFECYCLE.applyOrThrow(submitted, ENQUEUE, clock.instant());
        return inTransaction(connection -> {
            StoreOutcome outcome = store.within(connection).create(queued, command);
            if (outcome instanceof StoreOutcome.Done done && done.isWritten()) {
                execute(connection, ENTER, clock.instant(), name);
            }
            return outcome;
        });
    }

    /**
     * Asks for a job to be cancelled. Whoever has it stops it: its worker, or, if it waits, the worker that takes it.
     */
    public StoreOutcome cancel(String name) throws SQLException {
        return inTransaction(connection -> {
            execute(connection, HURRY, clock.instant(), name);
            return apply(connection, name, CANCEL, null);
        });
    }

    /**
     * Takes the job that has been due for the longest time: starts it if it waits; if its worker was lost, gives it back to the
     * queue or ends it. Of several that call it at once, each gets another job.
     *
     * @return what to run; nothing if no job was started
     */
    public Optional<Claim> next() throws SQLException {
        return inTransaction(connection -> {
            Claim due = due(connection);
            if (due == null) {
                return Optional.empty();
            }
            switch (due.job().job().state()) {
                case QUEUED, PENDING -> {
                    return start(connection, due.job().name());
                }
                case CANCELLING -> end(connection, due, CONFIRM_CANCEL, null);
                default -> restartOrFail(connection, due, LOST);
            }
            return Optional.empty();
        });
    }

    /**
     * Keeps a claim for another lease.
     *
     * @return the job as it is now; nothing if the claim was lost: then stop, others have the job
     */
    public Optional<StoredJob> keep(Claim claim) throws SQLException {
        String name = claim.job().name();
        return inTransaction(
                connection -> execute(connection, KEEP, clock.instant().plus(lease), name, claim.holder())
                        ? store.within(connection).find(name).toJavaOptional()
                        : Optional.empty());
    }

    /** Ends a job: SUCCEED, FAIL or CONFIRM_CANCEL. False if the claim was lost, or the lifecycle does not allow it. */
    public boolean finish(Claim claim, JobEvent event, JobError error) throws SQLException {
        return inTransaction(connection -> end(connection, claim, event, error));
    }

    /**
     * Puts a job that failed into the queue again, to start after a while, or ends it if it has been started often enough. False if
     * the claim was lost.
     */
    public boolean failed(Claim claim, JobError error) throws SQLException {
        return inTransaction(connection -> restartOrFail(connection, claim, error));
    }

    private Claim due(Connection connection) throws SQLException {
        try (PreparedStatement select = statement(connection, DUE, clock.instant());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            String name = row.getString("job_name");
            return new Claim(store.within(connection).find(name).get(), row.getString("holder"));
        }
    }

    /** Starts a job that waits, if it is due. */
    Optional<Claim> start(Connection connection, String name) throws SQLException {
        Instant now = clock.instant();
        String holder = UUID.randomUUID().toString();
        return execute(connection, TAKE, holder, now.plus(lease), name, now)
                        && apply(connection, name, START, null) instanceof StoreOutcome.Done done
                ? Optional.of(new Claim(done.after(), holder))
                : Optional.empty();
    }

    private boolean restartOrFail(Connection connection, Claim claim, JobError error) throws SQLException {
        String name = claim.job().name();
        int starts = store.within(connection).history(name).count(recorded -> recorded.event() == START);
        return starts < MOST_STARTS
                ? restart(connection, claim, delay.multipliedBy(1L << (starts - 1)))
                : end(connection, claim, FAIL, error);
    }

    /** Gives a job back to the queue. */
    boolean restart(Connection connection, Claim claim, Duration wait) throws SQLException {
        String name = claim.job().name();
        return execute(connection, WAIT, clock.instant().plus(wait), name, claim.holder())
                && apply(connection, name, RESTART, null) instanceof StoreOutcome.Done;
    }

    private boolean end(Connection connection, Claim claim, JobEvent event, JobError error) throws SQLException {
        String name = claim.job().name();
        return execute(connection, LEAVE, name, claim.holder())
                && apply(connection, name, event, error) instanceof StoreOutcome.Done;
    }

    /** Applies an event as a part of the transaction; if that is refused, everything in the transaction is undone. */
    private StoreOutcome apply(Connection connection, String name, JobEvent event, JobError error) throws SQLException {
        StoreOutcome outcome = store.within(connection).apply(name, event, clock, error);
        if (!(outcome instanceof StoreOutcome.Done)) {
            connection.rollback();
        }
        return outcome;
    }

    /** Whether a row was changed. */
    private static boolean execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = statement(connection, sql, values)) {
            return statement.executeUpdate() == 1;
        }
    }

    private static PreparedStatement statement(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : values[i]);
        }
        return statement;
    }

    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Does all of it or nothing. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
