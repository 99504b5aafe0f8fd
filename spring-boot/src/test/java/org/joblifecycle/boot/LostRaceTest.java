package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.StoreException;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes whose transaction cannot see the one that was first. */
@SpringBootTest(
        classes = TransactionTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "job-lifecycle.kind=custom-job",
            "spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ",
            "spring.datasource.url=jdbc:h2:mem:races;DB_CLOSE_DELAY=-1"
        })
class LostRaceTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String NAME = Shop.PREFIX;

    @Autowired
    private JobStore store;

    @Autowired
    private Shop.Ended ended;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private PlatformTransactionManager transactions;

    private static void create(JobStore store, String name) {
        store.create(JobLifecycle.authority(JobKind.CUSTOM_JOB)
                        .applyOrThrow(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, CLOCK.instant()))
                .orElseThrow();
    }

    /** Asked for the first time, which a store does between reading and writing, it lets somebody else start the job. */
    private InstantSource startingOnce(String name) {
        AtomicBoolean isStarted = new AtomicBoolean();
        return () -> {
            if (isStarted.compareAndSet(false, true)) {
                CompletableFuture.runAsync(
                                () -> store.apply(name, JobEvent.START, CLOCK).orElseThrow())
                        .join();
            }
            return Instant.now();
        };
    }

    @Test
    void aChangeInATransactionOfItsOwnIsRepeated() {
        String name = NAME + "own";
        create(store, name);
        assertInstanceOf(StoreOutcome.Done.class, store.apply(name, JobEvent.EXPIRE, startingOnce(name)));
        assertEquals(
                List.of(JobState.QUEUED, JobState.RUNNING, JobState.EXPIRED),
                store.history(name).map(entry -> entry.stored().job().state()).toJavaList());
        assertEquals(1, ended.names().stream().filter(name::equals).count());
    }

    @Test
    void aTransactionOfTheCallerHasToBeRepeatedByTheCaller() {
        String name = NAME + "caller";
        create(store, name);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        InstantSource clock = startingOnce(name);
        StoreException e = assertThrows(
                StoreException.class, () -> transaction.execute(status -> store.apply(name, JobEvent.EXPIRE, clock)));
        assertTrue(e.isLostRace());
        assertEquals(JobState.RUNNING, store.find(name).get().job().state());
        assertInstanceOf(
                StoreOutcome.Done.class, transaction.execute(status -> store.apply(name, JobEvent.EXPIRE, clock)));
    }

    @Test
    void aRaceThatIsLostAtTheCommitIsRepeated() {
        AtomicBoolean isLost = new AtomicBoolean(true);
        PlatformTransactionManager losing = new DataSourceTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                if (isLost.getAndSet(false)) {
                    doRollback(status);
                    throw new CannotAcquireLockException("could not serialize access");
                }
                super.doCommit(status);
            }
        };
        String name = NAME + "commit";
        JobStore own = new SpringJobStore(
                JdbcJobStore.of(dataSource, JobLifecycle.authority(JobKind.CUSTOM_JOB)), dataSource, losing);
        create(own, name);
        assertEquals(1, own.history(name).size());
    }

    @Test
    void whatIsNoLostRaceIsNotRepeated() {
        AtomicInteger begun = new AtomicInteger();
        DataSource empty = new DriverManagerDataSource("jdbc:h2:mem:empty;DB_CLOSE_DELAY=-1");
        PlatformTransactionManager counting = new DataSourceTransactionManager(empty) {
            @Override
            protected void doBegin(Object transaction, TransactionDefinition definition) {
                begun.incrementAndGet();
                super.doBegin(transaction, definition);
            }
        };
        JobStore store = new SpringJobStore(JdbcJobStore.of(empty, JobLifecycle::authority), empty, counting);
        StoreException e = assertThrows(StoreException.class, () -> store.apply(NAME + "1", JobEvent.START, CLOCK));
        assertFalse(e.isLostRace());
        assertEquals(1, begun.get());
    }
}
