package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.joblifecycle.docs.guide.JdbcTest.insert;
import static org.joblifecycle.docs.guide.JdbcTest.read;
import static org.joblifecycle.docs.guide.JdbcTest.replace;
import static org.joblifecycle.testkit.Capability.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.joblifecycle.docs.guide.JdbcTest.Stored;
import org.joblifecycle.docs.guide.JdbcTest.Worker;
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
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigurationConfigurer;

class VersionedSystemTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        try (Statement statement = connection.createStatement()) {
            statement.execute(JdbcTest.TABLE);
        }
    }

    @AfterEach
    void dropTable() throws SQLException {
        connection.close();
    }

    /** Calls the worker of the guide, which compares the versions of updates and retries events. */
    private static class Adapter implements JobSystem {
        private final Connection connection;
        private final Worker worker;
        private final Map<JobSnapshot, Long> versions = new HashMap<>();

        Adapter(Connection connection) {
            this.connection = connection;
            this.worker = new Worker(connection, Clock.systemUTC());
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(UPDATE_DRIVEN, EVENT_DRIVEN, COMPARE_AND_SET, NAMES_BROKEN_RULE);
        }

        @Override
        public ChronoUnit precision() {
            return MICROS;
        }

        @Override
        public JobSnapshot submit(String name, Instant now) throws SQLException {
            JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
            worker.create(OWNER.applyOrThrow(job, JobEvent.ENQUEUE, now));
            return read(name);
        }

        @Override
        public @Nullable JobSnapshot read(String name) throws SQLException {
            try {
                Stored read = JdbcTest.read(connection, name);
                versions.put(read.job(), read.version());
                return read.job();
            } catch (NoSuchElementException e) {
                return null;
            }
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) throws SQLException {
            try {
                return worker.update(known.name(), versions.get(known), proposed)
                        ? Answer.accepted()
                        : Answer.refused();
            } catch (IllegalUpdateException e) {
                return Answer.refused(e.violations().map(Violation::rule));
            }
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error)
                throws SQLException {
            if (isLate(known)) {
                return Answer.refused();
            }
            try {
                worker.fire(known.name(), event);
                return Answer.accepted();
            } catch (IllegalUpdateException e) {
                return Answer.refused(e.violations().map(Violation::rule));
            }
        }

        boolean isLate(JobSnapshot known) throws SQLException {
            return JdbcTest.read(connection, known.name()).version() != versions.get(known);
        }
    }

    private ConformanceReport conformance(JobSystem system) {
        return Conformance.of(OWNER, () -> system).run(200, new Random(42));
    }

    @Test
    void theVersionsThatAnAdapterReadAreEnough() {
        ConformanceReport report = conformance(new Adapter(connection));

        assertTrue(report.isPassed(), report::toString);
    }

    @Test
    void retriedEventsFailIfTheAdapterDoesNotCompareVersions() {
        ConformanceReport report = conformance(new Adapter(connection) {
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

    // guide: spring-store-row
    /** For {@code store}: writes the row, if it holds the job that the machine knows. */
    static void store(Connection connection, String name, @Nullable JobSnapshot known, JobSnapshot job)
            throws SQLException {
        if (known != null && known.state() == JobState.UNSPECIFIED) {
            insert(connection, job);
            return;
        }
        Stored read = read(connection, name);
        if ((known != null && !read.job().equals(known)) || !replace(connection, read, job)) {
            throw new OptimisticLockingFailureException(name + " is not stored as " + known);
        }
    }
    // end

    private StateMachineFactory<JobState, JobEvent> machines() {
        return new JobStateMachineConfigurerAdapter(OWNER) {
            @Override
            public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
                config.withPersistence().runtimePersister(new JobStateMachinePersist() {
                    @Override
                    public JobSnapshot find(String name) throws SQLException {
                        return JdbcTest.read(connection, name).job();
                    }

                    @Override
                    public void store(String name, @Nullable JobSnapshot known, JobSnapshot job) throws SQLException {
                        VersionedSystemTest.store(connection, name, known, job);
                    }
                });
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

        assertEquals(new Stored(running, 2), read(connection, Jobs.CUSTOM_JOB));
    }

    @Test
    void aMachineThatWasOvertakenDoesNotReplaceTheRow() throws SQLException {
        JobSnapshot queued =
                OWNER.applyOrThrow(JobSnapshot.of(Jobs.CUSTOM_JOB, JobState.UNSPECIFIED), JobEvent.ENQUEUE, Jobs.NOON);
        insert(connection, queued);
        JobStateMachine one = JobStateMachine.at(machines(), queued);
        JobStateMachine other = JobStateMachine.at(machines(), queued);
        JobSnapshot running =
                other.fire(JobEvent.START, Jobs.NOON.plusSeconds(60)).get();

        StateMachineException overtaken =
                assertThrows(StateMachineException.class, () -> one.fire(JobEvent.FAIL, Jobs.NOON.plusSeconds(61)));
        assertInstanceOf(OptimisticLockingFailureException.class, overtaken.getCause());
        assertEquals(new Stored(running, 2), read(connection, Jobs.CUSTOM_JOB));
    }
}
