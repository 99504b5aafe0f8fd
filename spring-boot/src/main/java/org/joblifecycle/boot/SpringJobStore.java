package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.Recorded;
import org.joblifecycle.store.StoreException;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.store.UnstorableJobException;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A store whose changes are part of Spring's transactions: of that of the caller, or each of one of its own, which is repeated when it
 * loses a race. What is rolled back was not stored, and nobody hears or counts it. Reads see what the transaction of the caller has
 * written.
 *
 * <p>While Spring tells listeners that a transaction is committed, a change has a transaction of its own. In an {@code afterCommit} of
 * the application's this holds only if the store was used in that transaction: else ask for a new one (REQUIRES_NEW).
 *
 * <p>Each call is an observation, {@code job.store}. It is thread-safe.
 *
 * <p>The starter makes one where it finds one DataSource. An application with several makes its own:
 *
 * <pre>{@code
 * @Bean
 * JobStore jobStore(@Qualifier("jobs") DataSource jobs, @Qualifier("jobs") PlatformTransactionManager transactions) {
 *     return new SpringJobStore(JdbcJobStore.of(jobs, JobLifecycle::authority), jobs, transactions);
 * }
 * }</pre>
 */
// Not final, so that an aspect can be put around it.
public class SpringJobStore implements JobStore {
    private static final String NONE = "none";
    private static final int MOST_ATTEMPTS = 100;
    private static final long NANOS_OF_PAUSE = 100_000;

    private final JdbcJobStore store;
    private final DataSource dataSource;
    private final TransactionTemplate transactions;
    private final TransactionTemplate newTransactions;
    private final ObservationRegistry observations;
    private final Consumer<JobEndedEvent> events;
    private final List<StoreListener> listeners;

    /**
     * A store that publishes no events and is not observed.
     *
     * @param store the store of this DataSource
     * @param dataSource where the jobs are
     * @param transactions the manager of the transactions of this DataSource
     */
    public SpringJobStore(JdbcJobStore store, DataSource dataSource, PlatformTransactionManager transactions) {
        this(store, dataSource, transactions, ObservationRegistry.NOOP, event -> {}, List.of());
    }

    SpringJobStore(
            JdbcJobStore store,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ObservationRegistry observations,
            Consumer<JobEndedEvent> events,
            List<StoreListener> listeners) {
        this.store = requireNonNull(store, "store");
        // Its connections are those of the transactions, and their statements end when these time out.
        this.dataSource = new TransactionAwareDataSourceProxy(requireNonNull(dataSource, "dataSource"));
        this.transactions = new TransactionTemplate(requireNonNull(transactions, "transactions"));
        this.newTransactions = new TransactionTemplate(transactions);
        newTransactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.observations = observations;
        this.events = events;
        this.listeners = listeners;
    }

    @Override
    public StoreOutcome create(JobSnapshot job, @Nullable String body) {
        return change("create", requireNonNull(job, "job").name(), job, in -> in.create(job, body));
    }

    @Override
    public StoreOutcome update(StoredJob read, JobSnapshot proposed, @Nullable String body) {
        requireNonNull(proposed, "proposed");
        return change(
                "update", requireNonNull(read, "read").job().name(), proposed, in -> in.update(read, proposed, body));
    }

    @Override
    public StoreOutcome apply(StoredJob read, JobEvent event, Instant now, @Nullable JobError error) {
        return change(
                "apply", requireNonNull(read, "read").job().name(), null, in -> in.apply(read, event, now, error));
    }

    @Override
    public StoreOutcome apply(String name, JobEvent event, InstantSource clock, @Nullable JobError error) {
        return change("apply", requireNonNull(name, "name"), null, in -> in.apply(name, event, clock, error));
    }

    @Override
    public Option<StoredJob> find(String name) {
        return read("find", requireNonNull(name, "name"), in -> in.find(name));
    }

    @Override
    public Seq<StoredJob> list(Query query) {
        return read("list", null, in -> in.list(query));
    }

    @Override
    public Seq<Recorded> history(String name) {
        return read("history", requireNonNull(name, "name"), in -> in.history(name));
    }

    private <T> T read(String operation, @Nullable String name, Function<JobStore, T> read) {
        boolean isWithin = TransactionSynchronizationManager.isActualTransactionActive();
        return observed(operation, name, observation -> isWithin ? within(read) : read.apply(store));
    }

    private StoreOutcome change(
            String operation,
            @Nullable String name,
            @Nullable JobSnapshot proposed,
            Function<JobStore, StoreOutcome> change) {
        return observed(operation, name, observation -> {
            StoreOutcome outcome = committed(change);
            observation.lowCardinalityKeyValue(
                    "outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            if (outcome instanceof StoreOutcome.Refused refused && name != null) {
                listeners.forEach(listener -> listener.refused(name, refused, proposed));
            }
            return outcome;
        });
    }

    /** The outcome, in the transaction of the caller, or committed by one of its own, which is repeated when it loses a race. */
    private StoreOutcome committed(Function<JobStore, StoreOutcome> change) {
        if (TransactionSynchronizationManager.isActualTransactionActive() && !WrittenChanges.isCommitted(this)) {
            return attempt(transactions, change);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(newTransactions, change);
            } catch (StoreException | ConcurrencyFailureException e) {
                boolean isLostRace = !(e instanceof StoreException failure) || failure.isLostRace();
                if (!isLostRace || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(NANOS_OF_PAUSE * attempt));
        }
    }

    private StoreOutcome attempt(TransactionTemplate transactions, Function<JobStore, StoreOutcome> change) {
        Either<UnstorableJobException, StoreOutcome> outcome = requireNonNull(transactions.execute(status -> {
            try {
                return Either.right(written(within(change)));
            } catch (UnstorableJobException e) {
                return Either.left(e); // before any statement: no reason to roll back what the caller has done
            }
        }));
        return outcome.getOrElseThrow(Function.identity());
    }

    /** Calls the store within the transaction that Spring has. */
    private <T> T within(Function<JobStore, T> call) {
        Connection connection = connection();
        try {
            return call.apply(store.within(connection));
        } finally {
            JdbcUtils.closeConnection(connection);
        }
    }

    private Connection connection() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot get a connection: " + e.getMessage(), e);
        }
    }

    private StoreOutcome written(StoreOutcome outcome) {
        if (outcome instanceof StoreOutcome.Done done) {
            WrittenChanges.of(this, events, listeners).add(done);
        }
        return outcome;
    }

    private <T> T observed(String operation, @Nullable String name, Function<Observation, T> call) {
        // All keys from the start: a meter has the same keys whatever comes of the call.
        Observation observation = Observation.createNotStarted("job.store", observations)
                .contextualName("job.store " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue(
                        "kind", JobKind.of(name).map(JobKind::resource).getOrElse(NONE))
                .lowCardinalityKeyValue("outcome", NONE);
        if (name != null) {
            observation.highCardinalityKeyValue("job.name", name);
        }
        return observation.observe(() -> call.apply(observation));
    }
}
