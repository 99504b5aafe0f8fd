package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.FACTORY;
import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Machines.after;
import static org.joblifecycle.spring.Machines.at;
import static org.joblifecycle.spring.Machines.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.Machines.Interceptor;
import org.joblifecycle.spring.Machines.Listener;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.Lifecycle;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class JobStateMachineTest {
    // at

    @ParameterizedTest
    @EnumSource
    void aMachineIsMadeAtAJobInAnyState(JobState state) {
        JobSnapshot job = job(state);
        JobStateMachine machine = JobStateMachine.at(FACTORY, job);

        assertSame(job, machine.snapshot());
        assertEquals(state, machine.machine().getState().getId());
        assertEquals(job.name(), machine.machine().getId());
        assertEquals(state.isTerminal(), machine.machine().isComplete());
        assertEquals(!state.isTerminal(), ((Lifecycle) machine.machine()).isRunning());
        assertEquals("JobStateMachine[authority of TUNING_JOB, " + state + "]", machine.toString());
        assertSame(OWNER, machine.lifecycle());
    }

    @Test
    void aJobNeedsNoName() {
        JobSnapshot job = job(JobState.PENDING).withName(null);
        JobStateMachine machine = JobStateMachine.at(FACTORY, job);

        assertEquals(OWNER.apply(job, JobEvent.START, after(job)), machine.fire(JobEvent.START, after(job)));
        assertEquals(JobState.RUNNING, machine.snapshot().state());
    }

    @Test
    void aNameNeedNotBeARegularExpression() {
        // Spring searches annotated methods with the id as a regular expression, and calls no listener if it is none.
        JobSnapshot job = job(JobState.PENDING).withName("jobs/(1");
        JobStateMachine machine = JobStateMachine.at(FACTORY, job);

        assertEquals(OWNER.apply(job, JobEvent.PAUSE, after(job)), machine.fire(JobEvent.PAUSE, after(job)));
        assertEquals(OWNER.apply(job, JobEvent.START, after(job)), machine.fire(JobEvent.START, after(job)));
    }

    @Test
    void aNullArgumentIsNamed() {
        assertEquals(
                "job",
                assertThrows(NullPointerException.class, () -> JobStateMachine.at(FACTORY, null))
                        .getMessage());
        assertEquals(
                "factory",
                assertThrows(NullPointerException.class, () -> JobStateMachine.at(null, job(JobState.PENDING)))
                        .getMessage());
        assertEquals(
                "machine",
                assertThrows(NullPointerException.class, () -> JobStateMachine.of(null))
                        .getMessage());
        assertEquals(
                "lifecycle",
                assertThrows(NullPointerException.class, () -> new JobStateMachineConfigurerAdapter(null))
                        .getMessage());
    }

    @Test
    void aMachineConfiguredOtherwiseIsRejected() throws Exception {
        StateMachineBuilder.Builder<JobState, JobEvent> builder = StateMachineBuilder.builder();
        builder.configureStates().withStates().initial(JobState.QUEUED).state(JobState.PENDING);
        builder.configureTransitions()
                .withExternal()
                .source(JobState.QUEUED)
                .event(JobEvent.PREPARE)
                .target(JobState.PENDING);
        builder.configureConfiguration().withConfiguration().machineId("other");
        StateMachine<JobState, JobEvent> machine = builder.build();

        assertEquals(
                "the machine other is not that of a job: expected one that a JobStateMachineConfigurerAdapter configured",
                assertThrows(IllegalArgumentException.class, () -> JobStateMachine.of(machine))
                        .getMessage());
    }

    @Test
    void aLifecycleWithoutAnyEdgeHasNoMachines() {
        StateMachineFactory<JobState, JobEvent> factory =
                new JobStateMachineConfigurerAdapter(OWNER.without(JobTransition.values())).createFactory();
        StateMachineException e = assertThrows(StateMachineException.class, factory::getStateMachine);
        assertTrue(e.getMessage().contains("at least one transition"), e::getMessage);
    }

    @Test
    void anAdapterHasOneFactory() {
        JobStateMachineConfigurerAdapter adapter = new JobStateMachineConfigurerAdapter(OWNER);
        assertSame(adapter.createFactory(), adapter.createFactory());
    }

    @Test
    void aThreadThatMustNotBlockIsRejectedFirst() throws Exception {
        JobStateMachine machine = at(JobState.PENDING);
        JobSnapshot job = machine.snapshot();
        Listener listener = new Listener(machine.machine());
        List<Throwable> caught = Flux.just(1)
                .publishOn(Schedulers.parallel())
                .<Throwable>flatMapIterable(one -> List.of(
                        assertThrows(IllegalStateException.class, () -> machine.fire(JobEvent.START, after(job))),
                        assertThrows(IllegalStateException.class, () -> JobStateMachine.at(FACTORY, job))))
                .collectList()
                .toFuture()
                .get();

        for (Throwable e : caught) {
            assertTrue(
                    e.getMessage()
                            .endsWith(" must not block, and a machine may: expected a thread such as those of"
                                    + " Schedulers.boundedElastic()"),
                    e::getMessage);
        }
        assertSame(job, machine.snapshot());
        assertEquals(List.of(), listener.calls);
    }

    // fire

    @Test
    void anEventThatHappensAnswersTheJobAfterwards() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        JobError error = new JobError(8, "no space left on device");

        Validation<Seq<Violation>, JobSnapshot> answer = machine.fire(JobEvent.FAIL, after(job), error);

        assertEquals(OWNER.apply(job, JobEvent.FAIL, after(job), error), answer);
        assertEquals(answer.get(), machine.snapshot());
        assertEquals(JobState.FAILED, machine.machine().getState().getId());
        assertTrue(machine.machine().isComplete());
    }

    @Test
    void aRefusedEventAnswersTheReasonAndMovesNothing() {
        JobStateMachine machine = at(JobState.PENDING);
        JobSnapshot job = machine.snapshot();

        Validation<Seq<Violation>, JobSnapshot> answer = machine.fire(JobEvent.PAUSE, after(job));

        assertEquals(
                "List(transition-illegal: cannot PAUSE from PENDING: PENDING permits ENQUEUE, START, CANCEL, FAIL, EXPIRE)",
                answer.getError().toString());
        assertEquals(job, machine.snapshot());
        assertEquals(JobState.PENDING, machine.machine().getState().getId());
    }

    @Test
    void aNullEventOrTimeIsNamedAndMovesNothing() {
        JobStateMachine machine = at(JobState.PENDING);
        JobSnapshot job = machine.snapshot();
        Listener listener = new Listener(machine.machine());

        assertEquals(
                "event",
                assertThrows(NullPointerException.class, () -> machine.fire(null, after(job)))
                        .getMessage());
        assertEquals(
                "now",
                assertThrows(NullPointerException.class, () -> machine.fire(JobEvent.START, null))
                        .getMessage());
        assertEquals(job, machine.snapshot());
        assertEquals(List.of(), listener.calls);
    }

    @Test
    void listenersSeeRefusedEventsToo() {
        JobStateMachine machine = at(JobState.RUNNING);
        Listener listener = new Listener(machine.machine());

        machine.fire(JobEvent.START, after(machine.snapshot())); // no such edge
        machine.fire(JobEvent.PAUSE, machine.snapshot().updateTime().minusNanos(1)); // an edge, but too early

        assertEquals(
                List.of(
                        "refusal changed when the job is RUNNING",
                        "not accepted START when the job is RUNNING",
                        "refusal changed when the job is RUNNING"),
                listener.calls);
        Refusal refusal = machine.machine().getExtendedState().get(JobStateMachine.REFUSAL, Refusal.class);
        assertEquals(JobEvent.PAUSE, refusal.message().getPayload());
        assertEquals(machine.snapshot(), refusal.job());
        assertEquals(Rule.UPDATE_TIME_REGRESSED, refusal.violations().single().rule());
    }

    @Test
    void theSameEventRefusedTwiceIsTwoRefusals() {
        JobStateMachine machine = at(JobState.RUNNING);
        Instant now = after(machine.snapshot());
        Listener listener = new Listener(machine.machine());

        machine.fire(JobEvent.START, now);
        machine.fire(JobEvent.START, now);

        assertEquals(
                2,
                listener.calls.stream()
                        .filter(call -> call.startsWith("refusal"))
                        .count());
    }

    @Test
    void exactlyOneOfEightThreadsWinsEachTime() throws Exception {
        int threads = 8;
        JobSnapshot job = job(JobState.PENDING);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 1000; round++) {
                JobStateMachine machine = JobStateMachine.at(FACTORY, job);
                CyclicBarrier barrier = new CyclicBarrier(threads);
                List<Callable<Validation<Seq<Violation>, JobSnapshot>>> calls = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    Instant now = after(job).plusSeconds(thread);
                    // half of them hold the same machine by another handle
                    JobStateMachine own = thread % 2 == 0 ? machine : JobStateMachine.of(machine.machine());
                    calls.add(() -> {
                        barrier.await();
                        return own.fire(JobEvent.START, now);
                    });
                }
                List<Validation<Seq<Violation>, JobSnapshot>> answers = new ArrayList<>();
                for (Future<Validation<Seq<Violation>, JobSnapshot>> answer : executor.invokeAll(calls)) {
                    answers.add(answer.get());
                }

                List<JobSnapshot> winners = answers.stream()
                        .filter(Validation::isValid)
                        .map(Validation::get)
                        .toList();
                assertEquals(List.of(machine.snapshot()), winners);
                assertEquals(JobState.RUNNING, machine.machine().getState().getId());
                for (Validation<Seq<Violation>, JobSnapshot> answer : answers) {
                    if (answer.isInvalid()) {
                        assertEquals(
                                Rule.TRANSITION_ILLEGAL,
                                answer.getError().single().rule());
                    }
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aReaderSeesTheJobBeforeOrAfterTheEvent() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 200; round++) {
                JobStateMachine machine = at(JobState.PENDING);
                JobSnapshot before = machine.snapshot();
                CyclicBarrier barrier = new CyclicBarrier(2);
                Future<JobSnapshot> writer = executor.submit(() -> {
                    barrier.await();
                    return machine.fire(JobEvent.START, after(before)).get();
                });
                barrier.await();
                JobSnapshot seen;
                do {
                    seen = machine.snapshot();
                    assertTrue(seen.equals(before) || seen.state() == JobState.RUNNING);
                } while (!writer.isDone());
                assertEquals(writer.get(), machine.snapshot());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    // A machine that does not move is an error, and the job stays.

    @Test
    void anInterceptorThatThrowsBeforeTheChangeIsAnError() {
        assertIsAnErrorThatMovesNothing(Interceptor.beforeStateChange(state -> {
            throw new IllegalStateException("not today");
        }));
    }

    @Test
    void anInterceptorThatThrowsBeforeTheTransitionIsAnError() {
        assertIsAnErrorThatMovesNothing(new Interceptor() {
            @Override
            public StateContext<JobState, JobEvent> preTransition(StateContext<JobState, JobEvent> context) {
                throw new IllegalStateException("not today");
            }
        });
    }

    @Test
    void anInterceptorThatSwallowsTheEventIsAnError() {
        assertIsAnErrorThatMovesNothing(new Interceptor() {
            @Override
            public Message<JobEvent> preEvent(Message<JobEvent> message, StateMachine<JobState, JobEvent> machine) {
                return null;
            }
        });
    }

    private static void assertIsAnErrorThatMovesNothing(Interceptor interceptor) {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        Interceptor.on(machine.machine(), interceptor);

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        assertEquals(
                "PAUSE should have moved the job " + job.name()
                        + " from RUNNING to PAUSED, but the machine was then RUNNING: an"
                        + " interceptor, an action or a wrong configuration interfered",
                e.getMessage());
        assertNull(e.getCause());
        assertEquals(job, machine.snapshot());
        assertEquals(JobState.RUNNING, machine.machine().getState().getId());
    }

    @Test
    void otherVariablesStayWhenAnInterceptorThrows() {
        JobStateMachine machine = at(JobState.RUNNING);
        machine.machine().getExtendedState().getVariables().put("mine", 1);
        Interceptor.on(machine.machine(), new Interceptor() {
            @Override
            public StateContext<JobState, JobEvent> preTransition(StateContext<JobState, JobEvent> context) {
                throw new IllegalStateException("not today");
            }
        });
        Listener listener = new Listener(machine.machine());

        assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(machine.snapshot())));

        assertEquals(1, machine.machine().getExtendedState().getVariables().get("mine"));
        assertEquals(List.of("not accepted PAUSE when the job is RUNNING"), listener.calls);
    }

    @Test
    void anEventThatAListenerSendsComesAfterwards() {
        JobStateMachine machine = at(JobState.UNSPECIFIED);
        machine.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void stateEntered(State<JobState, JobEvent> state) {
                if (state.getId() == JobState.PENDING) {
                    machine.machine()
                            .sendEvent(Mono.just(JobMessage.of(JobEvent.START, Instant.EPOCH)))
                            .subscribe();
                }
            }
        });

        assertEquals(
                JobState.PENDING,
                machine.fire(JobEvent.PREPARE, Instant.EPOCH).get().state());
        assertEquals(JobState.RUNNING, machine.snapshot().state());
        assertEquals(JobState.RUNNING, machine.machine().getState().getId());
    }

    @Test
    void anInterceptorThatChangesTheTimeIsAnErrorAfterTheMove() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        Instant another = after(job).plusSeconds(7);
        Interceptor.on(machine.machine(), new Interceptor() {
            @Override
            public Message<JobEvent> preEvent(Message<JobEvent> message, StateMachine<JobState, JobEvent> moving) {
                return JobMessage.of(message.getPayload(), another);
            }
        });

        assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        assertEquals(OWNER.apply(job, JobEvent.PAUSE, another).get(), machine.snapshot());
        assertEquals(JobState.PAUSED, machine.machine().getState().getId());
    }

    @Test
    void fireLeavesNoListenerBehind() {
        JobStateMachine machine = at(JobState.PENDING);
        int[] hashed = new int[1];
        JobSnapshot probe = machine.snapshot();
        for (int i = 0; i < 100; i++) {
            machine.fire(JobEvent.PAUSE, after(probe));
        }
        // A listener that stayed would compare what is put as the job with what it expected.
        machine.machine().getExtendedState().getVariables().put(JobStateMachine.JOB, new Object() {
            @Override
            public boolean equals(Object other) {
                hashed[0]++;
                return this == other;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        });

        assertTrue(hashed[0] <= 1, () -> "compared " + hashed[0] + " times");
    }

    @Test
    void aMachineMovesOnceItsInterceptorPermitsIt() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        List<JobState> forbidden = new ArrayList<>(List.of(JobState.PAUSED));
        Interceptor.on(machine.machine(), Interceptor.beforeStateChange(state -> {
            if (forbidden.contains(state)) {
                throw new IllegalStateException("not today");
            }
        }));
        assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        forbidden.clear();

        assertEquals(OWNER.apply(job, JobEvent.PAUSE, after(job)), machine.fire(JobEvent.PAUSE, after(job)));
        assertEquals(JobState.PAUSED, machine.snapshot().state());
    }

    @Test
    void aMachineInErrorIsAnError() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        machine.machine().setStateMachineError(new IllegalStateException("broken"));

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        assertTrue(e.getMessage().endsWith("RUNNING: it is in error, and accepts no event"), e::getMessage);
        assertEquals(job, machine.snapshot());
    }

    @Test
    void aMachineInAWrongStateIsAnErrorAndIsReset() {
        StateMachineFactory<JobState, JobEvent> wrong = Wiring.wired(
                JobTransition.RUNNING_TO_PAUSED,
                (transitions, edge, steps) -> Wiring.edge(transitions, edge)
                        .target(JobState.UPDATING)
                        .guard(steps::permits)
                        .actionFunction(steps));
        JobStateMachine machine = JobStateMachine.at(wrong, job(JobState.RUNNING));
        JobSnapshot job = machine.snapshot();

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.PAUSE, after(job)));

        assertTrue(e.getMessage().contains("to PAUSED, but the machine was then UPDATING"), e::getMessage);
        assertEquals(job, machine.snapshot());
        assertEquals(JobState.RUNNING, machine.machine().getState().getId());
        assertTrue(machine.fire(JobEvent.CANCEL, after(job)).isValid());
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromHappening() {
        JobStateMachine machine = at(JobState.PENDING);
        machine.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void stateChanged(State<JobState, JobEvent> from, State<JobState, JobEvent> to) {
                throw new IllegalStateException("the listener's own trouble");
            }
        });

        assertTrue(machine.fire(JobEvent.START, after(machine.snapshot())).isValid());
        assertEquals(JobState.RUNNING, machine.machine().getState().getId());
    }

    @Test
    void aListenerCannotFireAtTheMachineThatMoves() {
        JobStateMachine machine = at(JobState.PENDING);
        List<Exception> caught = new ArrayList<>();
        machine.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void stateEntered(State<JobState, JobEvent> state) {
                caught.add(assertThrows(
                        IllegalStateException.class, () -> machine.fire(JobEvent.SUCCEED, after(machine.snapshot()))));
            }
        });

        assertTrue(machine.fire(JobEvent.START, after(machine.snapshot())).isValid());

        assertEquals(
                "cannot SUCCEED while the machine of the job "
                        + machine.snapshot().name()
                        + " moves, or is locked, on this thread: expected its listeners, interceptors and actions to"
                        + " fire afterwards",
                caught.get(0).getMessage());
        assertEquals(JobState.RUNNING, machine.snapshot().state());
    }

    @Test
    void aMachineThatIsStoppedTakesNoEvent() {
        JobStateMachine machine = at(JobState.PENDING);
        JobSnapshot job = machine.snapshot();
        machine.machine().stopReactively().block();

        assertEquals(
                "the machine " + job.name()
                        + " is not started: expected a started one, such as JobStateMachine.at makes",
                assertThrows(IllegalStateException.class, () -> machine.fire(JobEvent.START, after(job)))
                        .getMessage());
        assertSame(job, machine.snapshot());
    }

    @Test
    void aMachineWhoseJobWasRemovedIsNotUsed() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        String message = "the machine " + job.name() + " is RUNNING, and its extended state has %s as"
                + " \"job-lifecycle.job\": expected a JobSnapshot";
        machine.machine().getExtendedState().getVariables().put(JobStateMachine.JOB, "mine");

        assertEquals(
                message.formatted("mine"),
                assertThrows(IllegalStateException.class, () -> machine.fire(JobEvent.PAUSE, after(job)))
                        .getMessage());

        machine.machine().getExtendedState().getVariables().clear();

        assertEquals(
                message.formatted("null"),
                assertThrows(IllegalStateException.class, machine::snapshot).getMessage());
    }

    @Test
    void aMachineThatIsNotStartedHasNoJobYet() {
        JobStateMachine machine = JobStateMachine.of(FACTORY.getStateMachine("tuningJobs/1"));
        String message =
                "the machine tuningJobs/1 is not started: expected a started one, such as JobStateMachine.at makes";

        assertEquals(
                message,
                assertThrows(IllegalStateException.class, machine::snapshot).getMessage());
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, () -> machine.fire(JobEvent.START, Instant.EPOCH))
                        .getMessage());
        assertEquals("JobStateMachine[authority of TUNING_JOB, not started]", machine.toString());
    }

    @Test
    void aMachineInAnotherStateThanItsJobIsNotUsed() {
        JobStateMachine machine = at(JobState.RUNNING);
        JobSnapshot job = machine.snapshot();
        machine.machine().stopReactively().block();
        machine.machine()
                .getStateMachineAccessor()
                .doWithRegion(access -> access.resetStateMachineReactively(new DefaultStateMachineContext<>(
                                JobState.PAUSED,
                                null,
                                null,
                                new DefaultExtendedState(
                                        machine.machine().getExtendedState().getVariables()),
                                null,
                                "tuningJobs/1"))
                        .block());
        machine.machine().getExtendedState().getVariables().put(JobStateMachine.JOB, job);
        machine.machine().startReactively().block();

        assertEquals(
                "the machine tuningJobs/1 is PAUSED, and the job in its extended state is RUNNING: expected the same state",
                assertThrows(IllegalStateException.class, () -> machine.fire(JobEvent.CANCEL, after(job)))
                        .getMessage());
        assertFalse(machine.machine().hasStateMachineError());
    }

    @Test
    void kindsHaveMachinesOfTheirOwn() {
        JobLifecycle labeling = JobLifecycle.authority(JobKind.DATA_LABELING_JOB);
        JobSnapshot job = JobSnapshot.of("dataLabelingJobs/1", JobState.UNSPECIFIED);
        JobStateMachine machine =
                JobStateMachine.at(new JobStateMachineConfigurerAdapter(labeling).createFactory(), job);

        machine.fire(JobEvent.PREPARE, Instant.EPOCH);
        machine.fire(JobEvent.START, Instant.EPOCH.plusSeconds(1));

        assertNull(machine.snapshot().startTime());
        assertEquals(JobState.RUNNING, machine.snapshot().state());
    }
}
