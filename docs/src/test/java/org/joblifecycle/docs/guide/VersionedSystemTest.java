package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.joblifecycle.testkit.Capability.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.docs.guide.JobTable.Stored;
import org.joblifecycle.docs.guide.Scheduler.Response;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.JobStateMachine;
import org.joblifecycle.spring.JobStateMachineConfigurerAdapter;
import org.joblifecycle.spring.JobStateMachinePersist;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.Check;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigurationConfigurer;
import org.springframework.statemachine.persist.DefaultStateMachinePersister;

class VersionedSystemTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private Database database;
    private JobTable table;

    @BeforeEach
    void openDatabase() throws SQLException {
        database = Database.open();
        table = new JobTable(database.source());
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        database.close();
    }

    /** Calls the scheduler of the guide, which compares the versions of updates and retries events. */
    private static class Adapter implements JobSystem {
        private final JobTable table;
        private final Scheduler scheduler;
        private final Map<JobSnapshot, Long> versions = new ConcurrentHashMap<>();

        Adapter(JobTable table) {
            this.table = table;
            this.scheduler = new Scheduler(table, Clock.systemUTC());
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(UPDATE_DRIVEN, EVENT_DRIVEN, COMPARE_AND_SET, CONCURRENT, NAMES_BROKEN_RULE, GIVEN_ERROR);
        }

        @Override
        public ChronoUnit precision() {
            return MICROS;
        }

        @Override
        public @Nullable JobSnapshot submit(String name, Instant now) throws SQLException {
            JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
            scheduler.create(OWNER.applyOrThrow(job, JobEvent.ENQUEUE, now));
            return read(name);
        }

        @Override
        public @Nullable JobSnapshot read(String name) throws SQLException {
            Stored stored = table.find(name);
            if (stored == null) {
                return null;
            }
            versions.put(stored.job(), stored.version());
            return stored.job();
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) throws SQLException {
            Response response = scheduler.update(known.name(), version(known), proposed);
            return response.status() == 200 ? Answer.accepted() : Answer.refused(rules(response));
        }

        private static List<Rule> rules(Response response) {
            return List.of(response.body().split("\n"))
                    .flatMap(line -> List.of(Rule.values()).filter(rule -> line.startsWith(rule.id() + ": ")));
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error)
                throws SQLException {
            if (isLate(known)) {
                return Answer.refused();
            }
            try {
                scheduler.fire(known.name(), event, error);
                return Answer.accepted();
            } catch (IllegalUpdateException e) {
                return Answer.refused(e.violations().map(Violation::rule));
            }
        }

        boolean isLate(JobSnapshot known) throws SQLException {
            Stored stored = table.find(known.name());
            return stored == null || stored.version() != version(known);
        }

        private long version(JobSnapshot known) {
            return versions.getOrDefault(known, 0L);
        }
    }

    private ConformanceReport conformance(JobSystem system) {
        return Conformance.of(OWNER, () -> system).run(200, 42);
    }

    @Test
    void theVersionsThatAnAdapterReadAreEnough() {
        ConformanceReport report = conformance(new Adapter(table));

        assertTrue(report.isPassed(), report::toString);
    }

    @Test
    void retriedEventsFailIfTheAdapterDoesNotCompareVersions() {
        ConformanceReport report = conformance(new Adapter(table) {
            @Override
            boolean isLate(JobSnapshot known) {
                return false;
            }
        });

        assertFalse(report.isPassed());
        assertTrue(report.results(Check.Outcome.FAILED)
                .map(result -> result.check().toString())
                .exists(check -> check.startsWith("events: stale writers: compare-and-set, ")));
    }

    /** The store of a machine: a row with a version. */
    static final class RowStore implements JobStateMachinePersist {
        private final JobTable table;

        RowStore(JobTable table) {
            this.table = table;
        }

        // guide: spring-store-row
        @Override
        public @Nullable JobSnapshot find(String name) throws SQLException {
            Stored stored = table.find(name);
            return stored == null ? null : stored.job();
        }

        @Override
        public void store(String name, @Nullable JobSnapshot known, JobSnapshot job) throws SQLException {
            Stored stored = table.find(name);
            boolean isDone = stored == null
                    ? known != null && known.state() == JobState.UNSPECIFIED && table.insert(job)
                    : stored.job().equals(known) && table.replace(stored, job);
            if (!isDone) {
                throw new OptimisticLockingFailureException(name + " is not stored as " + known);
            }
        }
        // end
    }

    private StateMachineFactory<JobState, JobEvent> machines() {
        return new JobStateMachineConfigurerAdapter(OWNER) {
            @Override
            public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
                config.withPersistence().runtimePersister(new RowStore(table));
            }
        }.createFactory();
    }

    @Test
    void aMachineIsStoredInARowWithAVersion() throws SQLException {
        JobSnapshot job = JobSnapshot.of(Jobs.CUSTOM_JOB, JobState.UNSPECIFIED);
        JobStateMachine machine = JobStateMachine.at(machines(), job);
        machine.fire(JobEvent.ENQUEUE, Jobs.NOON);
        JobSnapshot running =
                machine.fire(JobEvent.START, Jobs.NOON.plusSeconds(60)).get();

        assertEquals(new Stored(running, 2), table.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void aMachineThatWasOvertakenDoesNotReplaceTheRow() throws SQLException {
        JobSnapshot queued =
                OWNER.applyOrThrow(JobSnapshot.of(Jobs.CUSTOM_JOB, JobState.UNSPECIFIED), JobEvent.ENQUEUE, Jobs.NOON);
        table.insert(queued);
        JobStateMachine one = JobStateMachine.at(machines(), queued);
        JobStateMachine other = JobStateMachine.at(machines(), queued);
        JobSnapshot running =
                other.fire(JobEvent.START, Jobs.NOON.plusSeconds(60)).get();

        StateMachineException overtaken =
                assertThrows(StateMachineException.class, () -> one.fire(JobEvent.FAIL, Jobs.NOON.plusSeconds(61)));
        assertInstanceOf(OptimisticLockingFailureException.class, overtaken.getCause());
        assertEquals(new Stored(running, 2), table.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void aMachineOfAJobThatNobodySubmittedIsNotStored() throws SQLException {
        JobStateMachine machine = JobStateMachine.at(machines(), Jobs.pending(Jobs.CUSTOM_JOB));

        StateMachineException refusal = assertThrows(
                StateMachineException.class, () -> machine.fire(JobEvent.START, Jobs.NOON.plusSeconds(60)));
        assertInstanceOf(OptimisticLockingFailureException.class, refusal.getCause());
        assertNull(table.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void aNewMachineDoesNotReplaceAJob() throws SQLException {
        table.insert(Jobs.running(Jobs.CUSTOM_JOB));
        JobStateMachine machine = JobStateMachine.at(machines(), JobSnapshot.of(Jobs.CUSTOM_JOB, JobState.UNSPECIFIED));

        assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.ENQUEUE, Jobs.NOON));
        assertEquals(new Stored(Jobs.running(Jobs.CUSTOM_JOB), 1), table.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void aPersisterOfSpringOverwritesNoRow() throws SQLException {
        table.insert(Jobs.running(Jobs.CUSTOM_JOB));
        JobStateMachine machine = JobStateMachine.at(machines(), Jobs.pending(Jobs.CUSTOM_JOB));
        RowStore store = new RowStore(table);

        assertThrows(
                OptimisticLockingFailureException.class,
                () -> new DefaultStateMachinePersister<>(store).persist(machine.machine(), Jobs.CUSTOM_JOB));
        assertEquals(new Stored(Jobs.running(Jobs.CUSTOM_JOB), 1), table.find(Jobs.CUSTOM_JOB));
    }
}
