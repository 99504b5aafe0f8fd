package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.store.UnstorableJobException;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store in the transactions of an application. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "job-lifecycle.kind=custom-job",
            "spring.datasource.url=jdbc:h2:mem:transactions;DB_CLOSE_DELAY=-1"
        })
class TransactionTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int THREADS = 8;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Shop.Ended.class, HeardAtOnce.class, Chain.class, Service.class})
    static class Application {}

    static class HeardAtOnce {
        final List<JobEndedEvent> heard = Collections.synchronizedList(new ArrayList<>());
        final List<String> heardBeforeCommit = Collections.synchronizedList(new ArrayList<>());
        final Set<String> vetoed = ConcurrentHashMap.newKeySet();

        @EventListener
        void on(JobEndedEvent event) {
            heard.add(event);
            if (vetoed.contains(event.job().name())) {
                throw new IllegalStateException("veto");
            }
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit(JobEndedEvent event) {
            heardBeforeCommit.add(event.job().name());
        }
    }

    /** When a job has ended, another one does. No transaction is asked for: the store has one. */
    static class Chain {
        final Map<String, String> next = new ConcurrentHashMap<>();
        private final JobStore store;

        Chain(JobStore store) {
            this.store = store;
        }

        @TransactionalEventListener
        void on(JobEndedEvent event) {
            if (next.containsKey(event.job().name())) {
                store.apply(next.get(event.job().name()), JobEvent.EXPIRE, CLOCK)
                        .orElseThrow();
            }
        }
    }

    /** A service as users write them. */
    static class Service {
        private final JobStore store;
        private final JdbcTemplate jdbc;

        Service(JobStore store, JdbcTemplate jdbc) {
            this.store = store;
            this.jdbc = jdbc;
        }

        // guide: boot-transaction
        /** Both or neither. */
        @Transactional
        void failAndBill(String name, JobError error) {
            store.apply(name, JobEvent.FAIL, CLOCK, error).orElseThrow();
            jdbc.update("INSERT INTO bill VALUES (?)", name);
        }
        // end

        List<String> bills() {
            return jdbc.queryForList("SELECT name FROM bill", String.class);
        }
    }

    @Autowired
    private JobStore store;

    @Autowired
    private Service service;

    @Autowired
    private Shop.Ended ended;

    @Autowired
    private HeardAtOnce heardAtOnce;

    @Autowired
    private Chain chain;

    @Autowired
    private MeterRegistry registry;

    private final String name;
    private final TransactionTemplate transaction;
    private final TransactionTemplate nested;

    TransactionTest(@Autowired PlatformTransactionManager transactions, @Autowired JdbcTemplate jdbc) {
        this.name = Shop.PREFIX + "t" + NEXT.incrementAndGet();
        this.transaction = new TransactionTemplate(transactions);
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        jdbc.execute("CREATE TABLE IF NOT EXISTS bill(name VARCHAR(100))");
    }

    private StoredJob create() {
        return create(name);
    }

    private StoredJob create(String name) {
        return store.create(
                        OWNER.applyOrThrow(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, Instant.now()))
                .orElseThrow();
    }

    private double checks(String change) {
        return registry.get("job.lifecycle.checks")
                .tag("change", change)
                .functionCounter()
                .count();
    }

    private double timed() {
        return registry.get("job.lifecycle.wait").tag("state", "failed").timer().count();
    }

    private long ends() {
        return ends(name);
    }

    private long ends(String name) {
        return ended.names().stream().filter(name::equals).count();
    }

    @Test
    void whatIsCommittedTogetherIsThereTogether() {
        create();
        service.failAndBill(name, JobError.of(8));

        assertEquals(JobState.FAILED, store.find(name).get().job().state());
        assertTrue(service.bills().contains(name));
        assertEquals(1, ends());
    }

    @Test
    void whatIsRolledBackWasNeverStoredHeardOrCounted() {
        StoredJob created = create();
        double steps = checks("stepped");
        double timed = timed();
        transaction.executeWithoutResult(status -> {
            service.failAndBill(name, JobError.of(8));
            status.setRollbackOnly();
        });

        assertEquals(created, store.find(name).get());
        assertEquals(1, store.history(name).size());
        assertFalse(service.bills().contains(name));
        assertEquals(0, ends());
        assertEquals(steps, checks("stepped"));
        assertEquals(timed, timed());
    }

    @Test
    void whatIsRefusedRollsBackWhatWasDoneBefore() {
        create();
        service.failAndBill(name, JobError.of(8));
        assertThrows(IllegalUpdateException.class, () -> service.failAndBill(name, JobError.of(8)));
        assertEquals(1, service.bills().stream().filter(name::equals).count());
    }

    @Test
    void aRefusalIsCountedEvenIfTheCallerRollsBack() {
        create();
        double illegal = checks("illegal");
        transaction.executeWithoutResult(status -> {
            assertInstanceOf(StoreOutcome.Refused.class, store.apply(name, JobEvent.RESUME, CLOCK));
            status.setRollbackOnly();
        });
        assertEquals(illegal + 1, checks("illegal"));
    }

    @Test
    void aTransactionSeesWhatItHasWrittenAndNobodyElseDoes() throws Exception {
        create();
        ExecutorService other = Executors.newSingleThreadExecutor();
        transaction.executeWithoutResult(status -> {
            store.apply(name, JobEvent.START, CLOCK).orElseThrow();
            assertEquals(JobState.RUNNING, store.find(name).get().job().state());
            assertEquals(2, store.history(name).size());
            try {
                assertEquals(
                        JobState.QUEUED,
                        other.submit(() -> store.find(name).get().job().state()).get());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        other.shutdown();
        assertEquals(JobState.RUNNING, store.find(name).get().job().state());
    }

    @Test
    void aJobThatEndsIsHeardAfterTheCommit() {
        create();
        transaction.executeWithoutResult(status -> {
            store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
            assertEquals(0, ends());
        });
        assertEquals(1, ends());
        JobEndedEvent event = ended.heard.get(ended.heard.size() - 1);
        assertEquals(store.find(name).get(), event.job());
        assertEquals(JobState.QUEUED, event.before().job().state());
    }

    @Test
    void aPlainListenerHearsWithinTheTransactionAndCanStopIt() {
        create();
        double steps = checks("stepped");
        int heard = heardAtOnce.heard.size();
        heardAtOnce.vetoed.add(name);
        assertThrows(IllegalStateException.class, () -> store.apply(name, JobEvent.EXPIRE, CLOCK));

        assertEquals(heard + 1, heardAtOnce.heard.size());
        assertEquals(JobState.QUEUED, store.find(name).get().job().state());
        assertEquals(0, ends());
        assertEquals(steps, checks("stepped"));
    }

    @Test
    void aListenerOfThePhaseBeforeTheCommitHears() {
        create();
        store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
        assertEquals(1, Collections.frequency(heardAtOnce.heardBeforeCommit, name));
    }

    @Test
    void anEndThatIsWrittenAsTheTransactionEndsIsHeard() {
        create();
        create(name + "-b");
        transaction.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    store.apply(name + "-b", JobEvent.EXPIRE, CLOCK).orElseThrow();
                }
            });
            store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
        });
        assertEquals(1, ends());
        assertEquals(1, ends(name + "-b"));
        assertEquals(1, Collections.frequency(heardAtOnce.heardBeforeCommit, name + "-b"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsRolledBackToASavepointIsNeitherHeardNorCounted(boolean isUsedBefore) {
        create();
        double steps = checks("stepped");
        JobState state = transaction.execute(outer -> {
            if (isUsedBefore) {
                store.apply(name, JobEvent.START, CLOCK).orElseThrow();
            }
            nested.executeWithoutResult(inner -> {
                store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
                inner.setRollbackOnly();
            });
            return store.find(name).get().job().state();
        });
        assertEquals(isUsedBefore ? JobState.RUNNING : JobState.QUEUED, state);
        assertEquals(0, ends());
        assertEquals(steps + (isUsedBefore ? 1 : 0), checks("stepped"));
    }

    @Test
    void whatIsKeptOfANestedTransactionIsHeardAndCounted() {
        create();
        double steps = checks("stepped");
        transaction.executeWithoutResult(outer -> nested.executeWithoutResult(
                inner -> store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow()));
        assertEquals(1, ends());
        assertEquals(steps + 1, checks("stepped"));
    }

    @Test
    void aListenerAfterTheCommitCanChangeAnotherJob() {
        create();
        create(name + "-b");
        create(name + "-c");
        chain.next.putAll(Map.of(name, name + "-b", name + "-b", name + "-c"));
        double steps = checks("stepped");
        transaction.executeWithoutResult(
                status -> store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow());

        for (String each : List.of(name, name + "-b", name + "-c")) {
            assertEquals(JobState.EXPIRED, store.find(each).get().job().state(), each);
            assertEquals(1, ends(each), each);
        }
        assertEquals(steps + 3, checks("stepped"));
    }

    @Test
    void whoIsToldOfTheCommitCanChangeAnotherJob() {
        create();
        create(name + "-b");
        double steps = checks("stepped");
        AtomicReference<JobState> seenByOthers = new AtomicReference<>();
        transaction.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    store.apply(name + "-b", JobEvent.EXPIRE, CLOCK).orElseThrow();
                    seenByOthers.set(CompletableFuture.supplyAsync(
                                    () -> store.find(name + "-b").get().job().state())
                            .join());
                }
            });
            store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
        });
        assertEquals(JobState.EXPIRED, seenByOthers.get(), "it is committed by itself");
        assertEquals(1, ends(name + "-b"));
        assertEquals(steps + 2, checks("stepped"));
    }

    @Test
    void whatIsCommittedIsCountedWhoeverFailsAfterIt() {
        create();
        double steps = checks("stepped");
        assertThrows(
                IllegalStateException.class,
                () -> transaction.executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            throw new IllegalStateException("too late");
                        }
                    });
                    store.apply(name, JobEvent.EXPIRE, CLOCK).orElseThrow();
                }));
        assertEquals(steps + 1, checks("stepped"));
    }

    @Test
    void aJobThatCannotBeStoredDoesNotRollBackTheOthers() {
        transaction.executeWithoutResult(status -> {
            create();
            assertThrows(UnstorableJobException.class, () -> store.create(JobSnapshot.of("", JobState.QUEUED)));
        });
        assertTrue(store.find(name).isDefined());
    }

    @Test
    void theStoreKeepsToTheTimeoutOfTheTransaction() {
        create();
        transaction.setTimeout(1);
        assertThrows(
                TransactionTimedOutException.class,
                () -> transaction.executeWithoutResult(status -> {
                    LockSupport.parkUntil(System.currentTimeMillis() + 1500);
                    store.apply(name, JobEvent.EXPIRE, CLOCK);
                }));
        assertEquals(JobState.QUEUED, store.find(name).get().job().state());
    }

    @Test
    void onlyAnEndIsHeardAndOnlyOnce() {
        StoredJob queued = create();
        StoredJob running = store.apply(name, JobEvent.START, CLOCK).orElseThrow();
        assertEquals(0, ends());
        JobSnapshot failed =
                OWNER.applyOrThrow(running.job(), JobEvent.FAIL, running.job().notBefore(Instant.now()));
        StoredJob stored = store.update(running, failed).orElseThrow();
        assertEquals(1, ends());
        assertFalse(((StoreOutcome.Done) store.update(running, failed)).isWritten(), "the answer was lost");
        assertInstanceOf(StoreOutcome.Overtaken.class, store.update(queued, running.job()));
        store.update(stored, failed.withUpdateTime(failed.updateTime().plusSeconds(1)))
                .orElseThrow();
        assertEquals(1, ends());
    }

    @Test
    void updatesAndNewJobsAreCountedByTheirChange() {
        double appearedOrStepped = checks("stepped");
        double amended = checks("amended");
        double illegal = checks("illegal");
        StoredJob created = create();
        JobSnapshot job = created.job();
        store.update(created, job.withCreateTime(job.createTime().plusSeconds(1)));
        store.update(created, job.withState(JobState.PAUSED));
        store.create(job.withName(name + "-b").withState(JobState.SUCCEEDED));
        assertEquals(appearedOrStepped + 1, checks("stepped"));
        assertEquals(amended + 1, checks("amended"));
        assertEquals(illegal + 2, checks("illegal"));
    }

    @Test
    void ofManyThreadsOneStartsAJob() throws Exception {
        create();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<StoreOutcome>> calls = IntStream.range(0, THREADS)
                .<Callable<StoreOutcome>>mapToObj(i -> () -> i % 2 == 0
                        ? store.apply(name, JobEvent.START, CLOCK)
                        : transaction.execute(status -> store.apply(name, JobEvent.START, CLOCK)))
                .toList();
        int done = 0;
        for (Future<StoreOutcome> outcome : threads.invokeAll(calls)) {
            done += outcome.get() instanceof StoreOutcome.Done ? 1 : 0;
        }
        threads.shutdown();
        assertEquals(1, done);
        assertEquals(2, store.history(name).size());
    }

    @Test
    void allMetersOfTheStoreHaveTheSameKeys() {
        create();
        store.find(name);
        store.list(Query.all());
        store.apply(name + "-none", JobEvent.START, CLOCK);
        assertThrows(IllegalArgumentException.class, () -> store.create(JobSnapshot.of("", JobState.QUEUED)));
        List<List<String>> keys = registry.find("job.store").meters().stream()
                .map(meter -> meter.getId().getTags().stream().map(Tag::getKey).toList())
                .distinct()
                .toList();
        assertEquals(List.of(List.of("error", "kind", "operation", "outcome")), keys);
        assertEquals(
                1,
                registry.get("job.store")
                        .tags("operation", "apply", "kind", "CustomJob", "outcome", "missing")
                        .timer()
                        .count());
        assertEquals(
                1,
                registry.get("job.store")
                        .tags("operation", "create", "error", "UnstorableJobException")
                        .timer()
                        .count());
    }
}
