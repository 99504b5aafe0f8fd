package org.joblifecycle.docs.guide;

import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;
import static org.joblifecycle.testkit.Capability.GIVEN_TIME;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.StringJoiner;
import org.joblifecycle.docs.guide.SpringScheduler.CustomJobMachines;
import org.joblifecycle.docs.guide.SpringScheduler.JobStore;
import org.joblifecycle.docs.guide.SpringScheduler.Scheduler;
import org.joblifecycle.docs.guide.SpringScheduler.Update;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.JobMessage;
import org.joblifecycle.spring.JobStateMachine;
import org.joblifecycle.spring.JobStateMachineConfigurerAdapter;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import reactor.core.publisher.Mono;

class SpringSchedulerTest {
    private static final String FIRST = "projects/p/locations/l/customJobs/1";
    private static final String SECOND = "projects/p/locations/l/customJobs/2";
    private static final Instant NOON = Jobs.NOON;

    /** A scheduler as a context makes it, with a store that may have been there before. */
    private static Scheduler scheduler(JobStore store) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(JobStore.class, () -> store);
        context.register(CustomJobMachines.class, Scheduler.class);
        context.refresh();
        return context.getBean(Scheduler.class);
    }

    private static Update update(String name, JobEvent event, int seconds) {
        return new Update(name, event, NOON.plusSeconds(seconds), null);
    }

    /** What the scheduler answers to the updates of the guide. */
    static String run() {
        Scheduler scheduler = scheduler(new JobStore());
        scheduler.submit(FIRST, NOON);
        scheduler.submit(SECOND, NOON);
        List<Update> updates = List.of(
                update(FIRST, JobEvent.START, 60),
                update(SECOND, JobEvent.SUCCEED, 61),
                update(SECOND, JobEvent.START, 62),
                update(FIRST, JobEvent.PAUSE, 30),
                new Update(FIRST, JobEvent.FAIL, NOON.plusSeconds(90), new JobError(8, "no space left on device")),
                update(FIRST, JobEvent.START, 91));
        StringJoiner out = new StringJoiner("\n", "", "\n");
        for (Update update : updates) {
            // guide: spring-run
            String answer =
                    scheduler.receive(update).fold(violations -> violations.mkString("\n"), job -> "is " + job.state());
            // end
            out.add(update.event() + " " + update.name() + "\n  " + answer);
        }
        return out.toString();
    }

    @Test
    void legalEventsHappenAndOthersAreRefusedWithReasons() {
        assertEquals("""
                START projects/p/locations/l/customJobs/1
                  is RUNNING
                SUCCEED projects/p/locations/l/customJobs/2
                  transition-illegal: cannot SUCCEED from QUEUED: QUEUED permits PREPARE, START, CANCEL, FAIL, EXPIRE
                START projects/p/locations/l/customJobs/2
                  is RUNNING
                PAUSE projects/p/locations/l/customJobs/1
                  update-time-regressed: cannot PAUSE at 2026-05-01T12:00:30Z: the job already carries the time \
                2026-05-01T12:01:00Z (30 s later); expected a time not before it
                FAIL projects/p/locations/l/customJobs/1
                  is FAILED
                START projects/p/locations/l/customJobs/1
                  transition-illegal: cannot START from FAILED: FAILED is terminal and permits no event
                """, run());
    }

    @Test
    void aRestartedSchedulerGoesOnFromWhatIsStored() {
        JobStore store = new JobStore();
        Scheduler scheduler = scheduler(store);
        scheduler.submit(FIRST, NOON);
        scheduler.submit(SECOND, NOON);
        scheduler.receive(update(FIRST, JobEvent.START, 60));
        JobSnapshot failed =
                scheduler.receive(update(SECOND, JobEvent.FAIL, 61)).get();

        Scheduler restarted = scheduler(store);

        assertEquals(failed, store.find(SECOND));
        assertTrue(restarted.receive(update(SECOND, JobEvent.START, 62)).isInvalid());
        JobSnapshot paused =
                restarted.receive(update(FIRST, JobEvent.PAUSE, 63)).get();
        assertEquals(NOON.plusSeconds(60), paused.startTime());
        assertEquals(paused, store.find(FIRST));
    }

    @Test
    void anEventThatWasOvertakenIsDecidedAgain() {
        JobStore store = new JobStore();
        Scheduler one = scheduler(store);
        Scheduler other = scheduler(store);
        one.submit(FIRST, NOON);
        one.receive(update(FIRST, JobEvent.START, 60));
        other.receive(update(FIRST, JobEvent.PAUSE, 61));

        JobSnapshot cancelling = one.receive(update(FIRST, JobEvent.CANCEL, 62)).get();

        assertEquals(JobState.CANCELLING, cancelling.state());
        assertTrue(other.receive(update(FIRST, JobEvent.START, 63)).isInvalid());
        assertEquals(cancelling, store.find(FIRST));
    }

    @Test
    void aJobThatWasNotSubmittedIsNotFound() {
        assertEquals(
                "there is no job " + FIRST,
                assertThrows(
                                NoSuchElementException.class,
                                () -> scheduler(new JobStore()).receive(update(FIRST, JobEvent.START, 0)))
                        .getMessage());
    }

    @Test
    void aJobIsNotSubmittedTwice() {
        Scheduler scheduler = scheduler(new JobStore());
        JobSnapshot job = scheduler.submit(FIRST, NOON).get();

        assertThrows(StateMachineException.class, () -> scheduler.submit(FIRST, NOON.plusSeconds(1)));
        assertEquals(
                job.createTime(),
                scheduler.receive(update(FIRST, JobEvent.START, 60)).get().createTime());
    }

    @Test
    void aPersisterOfSpringOverwritesNoJob() {
        JobStore store = new JobStore();
        Scheduler scheduler = scheduler(store);
        scheduler.submit(FIRST, NOON);
        JobSnapshot running =
                scheduler.receive(update(FIRST, JobEvent.START, 60)).get();

        assertThrows(OptimisticLockingFailureException.class, () -> store.store(FIRST, null, Jobs.pending(FIRST)));
        assertEquals(running, store.find(FIRST));
    }

    @Test
    void aMachineOfAJobThatNobodySubmittedIsNotStored() {
        JobStore store = new JobStore();
        JobSnapshot ghost = Jobs.pending(FIRST);

        assertThrows(
                OptimisticLockingFailureException.class,
                () -> store.store(FIRST, ghost, ghost.withState(JobState.CANCELLING)));
        assertNull(store.find(FIRST));
    }

    @Test
    void theSchedulerConforms() {
        JobSystem system = new Adapter();
        ConformanceReport report = Conformance.of(JobLifecycle.authority(JobKind.CUSTOM_JOB), () -> system)
                .run(1000, 42);

        assertTrue(report.isPassed(), report::toString);
        assertEquals(
                Set.of(
                        "the system does not declare UPDATE_DRIVEN",
                        "the system does not declare COMPARE_AND_SET",
                        "the system does not declare LISTS",
                        "no path leads there from QUEUED, in which jobs are created"),
                report.notTested()
                        .map(each -> each.toString().replaceAll(".*: ", ""))
                        .toJavaSet());
    }

    private static final class Adapter implements JobSystem {
        private final JobStore store = new JobStore();
        private final Scheduler scheduler = scheduler(store);

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(EVENT_DRIVEN, NAMES_BROKEN_RULE, CONCURRENT, GIVEN_TIME, GIVEN_ERROR);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return scheduler.submit(name, now).get();
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return store.find(name);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
            try {
                return Answer.of(scheduler.receive(new Update(known.name(), event, now, error)));
            } catch (NoSuchElementException e) {
                return Answer.refused();
            }
        }
    }

    @Test
    void aMachineNeedsNoContext() {
        JobSnapshot job = Jobs.pending(Jobs.CUSTOM_JOB);
        Instant now = job.notBefore(NOON);
        // guide: spring-without-context
        StateMachineFactory<JobState, JobEvent> factory =
                new JobStateMachineConfigurerAdapter(JobLifecycle.authority(JobKind.CUSTOM_JOB)).createFactory();
        JobStateMachine machine = JobStateMachine.at(factory, job);
        machine.fire(JobEvent.START, now);
        // end
        assertEquals(JobState.RUNNING, machine.snapshot().state());
    }

    @Test
    void aMachineTakesMessages() {
        StateMachineFactory<JobState, JobEvent> factory =
                new JobStateMachineConfigurerAdapter(JobLifecycle.authority(JobKind.CUSTOM_JOB)).createFactory();
        Instant now = NOON;
        // guide: spring-machine
        StateMachine<JobState, JobEvent> machine = factory.getStateMachine(Jobs.CUSTOM_JOB);
        machine.startReactively().block();
        machine.sendEvent(Mono.just(JobMessage.of(JobEvent.ENQUEUE, now))).blockLast();
        JobSnapshot job = machine.getExtendedState().get(JobStateMachine.JOB, JobSnapshot.class);
        // end
        assertEquals(JobState.QUEUED, job.state());
    }
}
