package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Machines.after;
import static org.joblifecycle.spring.Machines.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.Machines.Interceptor;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineTransitionConfigurer;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.transition.Transition;
import reactor.core.publisher.Mono;

/** How often the lifecycle is asked about an event. */
class LifecycleStepsTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final LifecycleSteps counting = new LifecycleSteps(OWNER) {
        @Override
        Validation<Seq<Violation>, JobSnapshot> ask(Message<JobEvent> message, JobSnapshot job) {
            asked.incrementAndGet();
            return super.ask(message, job);
        }
    };
    private final StateMachineFactory<JobState, JobEvent> factory = new JobStateMachineConfigurerAdapter(OWNER) {
        @Override
        void configure(
                StateMachineTransitionConfigurer<JobState, JobEvent> transitions,
                JobTransition edge,
                LifecycleSteps steps)
                throws Exception {
            super.configure(transitions, edge, counting);
        }
    }.createFactory();

    /** A job that can take this edge. */
    private static JobSnapshot before(JobTransition edge) {
        return Equivalence.jobs(OWNER)
                .find(job -> job.state() == edge.source()
                        && OWNER.permittedEvents(job).contains(edge.event()))
                .get();
    }

    private static void send(StateMachine<JobState, JobEvent> machine, Message<JobEvent> message) {
        machine.sendEvent(Mono.just(message)).blockLast();
    }

    private static Object variable(StateMachine<JobState, JobEvent> machine, String key) {
        return machine.getExtendedState().getVariables().get(key);
    }

    @Test
    void onlyAskCallsTheLifecycle() {
        Set<String> calls = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackagesOf(LifecycleSteps.class).stream()
                        .flatMap(each -> each.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(JobLifecycle.class))
                        .map(LifecycleStepsTest::describe)
                        .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "LifecycleSteps.ask calls apply",
                        "JobStateMachineConfigurerAdapter.configure calls transitions"),
                calls);
    }

    private static String describe(JavaMethodCall call) {
        return call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName() + " calls " + call.getName();
    }

    // by fire

    @ParameterizedTest
    @EnumSource
    void anEventThatHappensIsDecidedOnce(JobTransition edge) {
        JobSnapshot job = before(edge);
        JobStateMachine machine = JobStateMachine.at(factory, job);

        JobSnapshot next = machine.fire(edge.event(), after(job)).get();

        assertEquals(1, asked.get());
        assertSame(next, variable(machine.machine(), JobStateMachine.PROPOSED_JOB));
        assertSame(next, machine.snapshot());
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsTooEarlyIsDecidedOnce(JobTransition edge) {
        JobSnapshot job = before(edge).withUpdateTime(Instant.MAX);
        JobStateMachine machine = JobStateMachine.at(factory, job);

        Seq<Violation> why = machine.fire(edge.event(), Instant.EPOCH).getError();

        assertEquals(1, asked.get());
        assertSame(why, ((Refusal) variable(machine.machine(), JobStateMachine.REFUSAL)).violations());
    }

    @ParameterizedTest
    @EnumSource
    void anEventWithoutAnEdgeIsDecidedOnce(JobState state) {
        JobSnapshot job = job(state);
        JobStateMachine machine = JobStateMachine.at(factory, job);
        for (JobEvent event : JobEvent.values()) {
            if (JobTransition.on(state, event).isEmpty()) {
                asked.set(0);

                assertTrue(machine.fire(event, after(job)).isInvalid());

                assertEquals(1, asked.get());
            }
        }
    }

    // by the machine itself

    @ParameterizedTest
    @EnumSource
    void aMessageIsDecidedOnce(JobTransition edge) {
        JobSnapshot job = before(edge);
        StateMachine<JobState, JobEvent> machine =
                JobStateMachine.at(factory, job).machine();

        send(machine, JobMessage.of(edge.event(), after(job)));

        assertEquals(edge.target(), machine.getState().getId());
        assertEquals(1, asked.get());
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatIsTooEarlyIsDecidedOnce(JobTransition edge) {
        StateMachine<JobState, JobEvent> machine = JobStateMachine.at(
                        factory, before(edge).withUpdateTime(Instant.MAX))
                .machine();

        send(machine, JobMessage.of(edge.event(), Instant.EPOCH));

        assertEquals(edge.source(), machine.getState().getId());
        assertEquals(1, asked.get());
    }

    // when something changes meanwhile

    @Test
    void aMessageThatAnInterceptorReplacesIsDecidedToo() {
        JobSnapshot job = job(JobState.RUNNING);
        JobStateMachine machine = JobStateMachine.at(factory, job);
        Interceptor.on(machine.machine(), new Interceptor() {
            @Override
            public Message<JobEvent> preEvent(Message<JobEvent> message, StateMachine<JobState, JobEvent> moving) {
                return JobMessage.of(message.getPayload(), after(job));
            }
        });

        assertTrue(machine.fire(JobEvent.PAUSE, after(job)).isValid());

        assertEquals(2, asked.get());
    }

    @Test
    void aJobThatAListenerReplacesIsDecidedToo() {
        JobSnapshot job = job(JobState.RUNNING);
        JobSnapshot other = job.withName("tuningJobs/other");
        JobStateMachine machine = JobStateMachine.at(factory, job);
        machine.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void transitionStarted(Transition<JobState, JobEvent> transition) {
                machine.machine().getExtendedState().getVariables().put(JobStateMachine.JOB, other);
            }
        });

        send(machine.machine(), JobMessage.of(JobEvent.PAUSE, after(job)));

        assertEquals(2, asked.get());
        assertEquals(OWNER.apply(other, JobEvent.PAUSE, after(job)).get(), machine.snapshot());
    }

    @Test
    void anEventThatIsSwallowedLeavesNoDecision() {
        JobSnapshot job = job(JobState.RUNNING);
        JobStateMachine machine = JobStateMachine.at(factory, job);
        List<Message<JobEvent>> swallowed = new ArrayList<>();
        Interceptor.on(machine.machine(), new Interceptor() {
            @Override
            public Message<JobEvent> preEvent(Message<JobEvent> message, StateMachine<JobState, JobEvent> moving) {
                return swallowed.isEmpty() && swallowed.add(message) ? null : message;
            }
        });
        assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        send(machine.machine(), swallowed.get(0)); // the same message again

        assertEquals(2, asked.get());
        assertEquals(JobState.PAUSED, machine.snapshot().state());
    }

    @Test
    void machinesOfOneFactoryDoNotShareDecisions() {
        JobSnapshot job = job(JobState.RUNNING);
        JobStateMachine outer = JobStateMachine.at(factory, job);
        JobStateMachine inner = JobStateMachine.at(factory, job);
        outer.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void transitionStarted(Transition<JobState, JobEvent> transition) {
                inner.fire(JobEvent.CANCEL, after(job));
            }
        });

        assertEquals(OWNER.apply(job, JobEvent.PAUSE, after(job)), outer.fire(JobEvent.PAUSE, after(job)));

        assertEquals(OWNER.apply(job, JobEvent.CANCEL, after(job)).get(), inner.snapshot());
        assertEquals(2, asked.get());
    }

    @Test
    void machinesOfOneFactoryAreFiredAtByManyThreads() throws Exception {
        JobSnapshot job = job(JobState.RUNNING);
        int events = 200;
        List<Callable<JobState>> calls = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            JobStateMachine machine = JobStateMachine.at(factory, job);
            calls.add(() -> {
                for (int i = 0; i < events; i++) {
                    machine.fire(i % 2 == 0 ? JobEvent.PAUSE : JobEvent.START, after(job))
                            .get();
                }
                return machine.snapshot().state();
            });
        }
        ExecutorService executor = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<JobState> state : executor.invokeAll(calls)) {
                assertEquals(JobState.RUNNING, state.get());
            }
        } finally {
            executor.shutdownNow();
        }

        assertEquals(calls.size() * events, asked.get());
    }
}
