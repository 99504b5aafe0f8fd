package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.FACTORY;
import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Machines.after;
import static org.joblifecycle.spring.Machines.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.Machines.Interceptor;
import org.joblifecycle.spring.Machines.Listener;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineEventResult.ResultType;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.service.DefaultStateMachineService;
import org.springframework.statemachine.state.PseudoStateKind;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.transition.Transition;
import reactor.core.publisher.Mono;

/** What the machine itself does, for users of Spring Statemachine. */
class RawMachineTest {
    private final StateMachine<JobState, JobEvent> machine =
            at(JobState.PENDING).machine();

    private static ResultType send(StateMachine<JobState, JobEvent> machine, Message<JobEvent> message) {
        return machine.sendEvent(Mono.just(message)).blockLast().getResultType();
    }

    private static Message<JobEvent> plain(JobEvent event) {
        return MessageBuilder.withPayload(event).build();
    }

    private static JobSnapshot job(StateMachine<JobState, JobEvent> machine) {
        return machine.getExtendedState().get(JobStateMachine.JOB, JobSnapshot.class);
    }

    // the configuration

    @Test
    void theTransitionsAreTheEdgesOfTheGraph() {
        Map<String, List<Object>> transitions = machine.getTransitions().stream()
                .collect(Collectors.toMap(
                        Transition::getName,
                        each -> List.of(
                                each.getSource().getId(),
                                each.getTrigger().getEvent(),
                                each.getTarget().getId())));
        assertEquals(
                Arrays.stream(JobTransition.values())
                        .collect(Collectors.toMap(
                                JobTransition::name,
                                edge -> List.<Object>of(edge.source(), edge.event(), edge.target()))),
                transitions);
        assertEquals(JobTransition.values().length, machine.getTransitions().size());
    }

    @Test
    void allStatesAreThereAndTheTerminalOnesAreEnds() {
        Set<JobState> states = machine.getStates().stream().map(State::getId).collect(Collectors.toSet());
        Set<JobState> ends = machine.getStates().stream()
                .filter(state ->
                        state.getPseudoState() != null && state.getPseudoState().getKind() == PseudoStateKind.END)
                .map(State::getId)
                .collect(Collectors.toSet());

        assertEquals(EnumSet.allOf(JobState.class), states);
        assertEquals(
                Arrays.stream(JobState.values()).filter(JobState::isTerminal).collect(Collectors.toSet()), ends);
        assertEquals(JobState.UNSPECIFIED, machine.getInitialState().getId());
    }

    // what listeners and interceptors see

    @Test
    void listenersSeeTheOldJobUntilTheOldStateIsLeft() {
        Listener listener = new Listener(machine);

        send(machine, JobMessage.of(JobEvent.START, after(job(machine))));

        assertEquals(
                List.of(
                        "started PENDING_TO_RUNNING when the job is PENDING",
                        "proposed-job changed when the job is PENDING",
                        "transition PENDING_TO_RUNNING when the job is PENDING",
                        "exited PENDING when the job is PENDING",
                        "job changed when the job is RUNNING",
                        "entered RUNNING when the job is RUNNING",
                        "changed to RUNNING when the job is RUNNING",
                        "ended PENDING_TO_RUNNING when the job is RUNNING"),
                listener.calls);
    }

    @Test
    void listenersSeeTheEnd() {
        Listener listener = new Listener(machine);

        send(machine, JobMessage.of(JobEvent.FAIL, after(job(machine))));

        assertTrue(listener.calls.contains("entered FAILED when the job is FAILED"), listener.calls::toString);
        assertTrue(listener.calls.contains("stopped when the job is FAILED"), listener.calls::toString);
        assertTrue(machine.isComplete());
        assertEquals(JobState.FAILED, machine.getState().getId());
    }

    @Test
    void interceptorsSeeTheJobAsItIsAndAsItIsProposed() {
        Interceptor interceptor = Interceptor.on(machine, new Interceptor());

        send(machine, JobMessage.of(JobEvent.START, after(job(machine))));

        assertEquals(
                List.of(
                        "preEvent START when the job is PENDING and proposed none",
                        "preTransition PENDING_TO_RUNNING when the job is PENDING and proposed none",
                        "preStateChange RUNNING when the job is PENDING and proposed RUNNING",
                        "postStateChange RUNNING when the job is RUNNING and proposed RUNNING",
                        "postTransition PENDING_TO_RUNNING when the job is RUNNING and proposed RUNNING"),
                interceptor.calls);
    }

    @Test
    void aGuardThatRefusesIsAcceptedAndLeavesARefusal() {
        JobSnapshot before = job(machine);
        Listener listener = new Listener(machine);
        Message<JobEvent> tooEarly =
                JobMessage.of(JobEvent.START, before.updateTime().minusNanos(1));

        assertEquals(ResultType.ACCEPTED, send(machine, tooEarly));

        Refusal refusal = machine.getExtendedState().get(JobStateMachine.REFUSAL, Refusal.class);
        assertSame(tooEarly, refusal.message());
        assertSame(before, refusal.job());
        assertEquals(Rule.UPDATE_TIME_REGRESSED, refusal.violations().single().rule());
        assertEquals(List.of("refusal changed when the job is PENDING"), listener.calls);
        assertSame(before, job(machine));
        assertEquals(JobState.PENDING, machine.getState().getId());
    }

    @Test
    void anEventWithoutAnEdgeIsDeniedAndLeavesNoRefusal() {
        Listener listener = new Listener(machine);

        assertEquals(ResultType.DENIED, send(machine, plain(JobEvent.PAUSE)));

        assertNull(machine.getExtendedState().getVariables().get(JobStateMachine.REFUSAL));
        assertEquals(List.of("not accepted PAUSE when the job is PENDING"), listener.calls);
    }

    @Test
    void aFinishedMachineDeniesEveryEvent() {
        for (JobState state : JobState.values()) {
            if (state.isTerminal()) {
                StateMachine<JobState, JobEvent> finished = at(state).machine();
                for (JobEvent event : JobEvent.values()) {
                    assertEquals(ResultType.DENIED, send(finished, plain(event)));
                    assertEquals(state, finished.getState().getId());
                }
            }
        }
    }

    @Test
    void anInterceptorThatThrowsLeavesTheJobAsItWas() {
        JobSnapshot before = job(machine);
        Interceptor.on(machine, Interceptor.beforeStateChange(state -> {
            throw new IllegalStateException("not today");
        }));

        send(machine, plain(JobEvent.START));

        assertSame(before, job(machine));
        assertEquals(JobState.PENDING, machine.getState().getId());
    }

    // messages

    @Test
    void theTimeAndTheErrorAreHeaders() {
        JobSnapshot before = job(machine);
        JobError error = new JobError(13, "node lost");
        Instant now = after(before);

        send(
                machine,
                MessageBuilder.withPayload(JobEvent.FAIL)
                        .setHeader(JobMessage.NOW, now)
                        .setHeader(JobMessage.ERROR, error)
                        .build());

        assertEquals(OWNER.apply(before, JobEvent.FAIL, now, error).get(), job(machine));
    }

    @Test
    void aMessageWithoutNowHappensWhenItWasMade() {
        Message<JobEvent> message = plain(JobEvent.START);

        send(machine, message);

        Instant made = Instant.ofEpochMilli(message.getHeaders().getTimestamp());
        assertEquals(made, job(machine).startTime());
        assertEquals(made, job(machine).updateTime());
    }

    @Test
    void aMessageWithoutNowIsNotBeforeTheLatestTime() {
        Instant future = Instant.now().plusSeconds(3600);
        StateMachine<JobState, JobEvent> ahead = JobStateMachine.at(
                        FACTORY, Machines.job(JobState.PENDING).withUpdateTime(future))
                .machine();

        send(ahead, plain(JobEvent.START));

        assertEquals(future, job(ahead).startTime());
    }

    @Test
    void aHeaderOfAnotherTypeIsAnErrorAndMovesNothing() {
        assertIsAnError(
                MessageBuilder.withPayload(JobEvent.START)
                        .setHeader(JobMessage.NOW, "2026-01-01T00:00:00Z")
                        .build(),
                "Incorrect type specified for header 'job-lifecycle.now'. Expected [class java.time.Instant] but actual type is [class"
                        + " java.lang.String]");
        assertIsAnError(
                MessageBuilder.withPayload(JobEvent.FAIL)
                        .setHeader(JobMessage.ERROR, 8)
                        .build(),
                "Incorrect type specified for header 'job-lifecycle.error'. Expected [class org.joblifecycle.job.JobError] but actual type"
                        + " is [class java.lang.Integer]");
    }

    @Test
    void aMessageWithoutATimeIsAnErrorAndMovesNothing() {
        MessageHeaders none = new MessageHeaders(Map.of(), MessageHeaders.ID_VALUE_NONE, -1L) {};
        assertIsAnError(
                new GenericMessage<>(JobEvent.START, none),
                "the message START carries no time: expected an Instant in the header \"job-lifecycle.now\", or a timestamp");
    }

    private void assertIsAnError(Message<JobEvent> message, String error) {
        JobSnapshot before = job(machine);
        Listener listener = new Listener(machine);

        send(machine, message);

        assertEquals(
                List.of(error),
                listener.errors.stream().map(Exception::getMessage).toList());
        assertSame(before, job(machine));
        assertEquals(JobState.PENDING, machine.getState().getId());
        assertFalse(machine.hasStateMachineError());
        machine.removeStateListener(listener);
    }

    @Test
    void aMachineGoesOnAfterAnUnreadableMessage() {
        send(
                machine,
                MessageBuilder.withPayload(JobEvent.START)
                        .setHeader(JobMessage.NOW, "now")
                        .build());
        send(machine, plain(JobEvent.START));

        assertEquals(JobState.RUNNING, job(machine).state());
    }

    @Test
    void aMachineThatIsInErrorStaysSo() {
        machine.addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void transitionStarted(Transition<JobState, JobEvent> transition) {
                machine.setStateMachineError(new IllegalStateException("stop everything"));
            }
        });
        Interceptor.on(machine, Interceptor.beforeStateChange(state -> {
            JobStateMachine.tell(machine, new IllegalStateException("the store failed"));
        }));

        send(machine, plain(JobEvent.START));

        assertTrue(machine.hasStateMachineError());
    }

    // machines that begin

    @Test
    void aMachineThatBeginsHasAJobWithItsIdAsItsName() {
        StateMachine<JobState, JobEvent> fresh = FACTORY.getStateMachine("tuningJobs/7");
        fresh.startReactively().block();

        assertEquals(JobSnapshot.of("tuningJobs/7", JobState.UNSPECIFIED), job(fresh));

        send(fresh, plain(JobEvent.ENQUEUE));
        send(fresh, plain(JobEvent.START));

        assertEquals(JobState.RUNNING, job(fresh).state());
        assertEquals(job(fresh), JobStateMachine.of(fresh).snapshot());
    }

    @Test
    void aMachineThatIsResetToNothingBeginsToo() {
        machine.stopReactively().block();
        machine.getStateMachineAccessor()
                .doWithRegion(access -> access.resetStateMachineReactively(null).block());
        machine.startReactively().block();

        assertEquals(
                JobSnapshot.of(null, JobState.UNSPECIFIED),
                JobStateMachine.of(machine).snapshot());
        assertEquals(ResultType.ACCEPTED, send(machine, plain(JobEvent.PREPARE)));
        assertEquals(JobState.PENDING, job(machine).state());
    }

    @Test
    void aRestartedMachineKeepsItsJobAndTakesNoEvent() {
        JobSnapshot before = job(machine);
        machine.stopReactively().block();
        machine.startReactively().block(); // Spring has it begin anew
        Listener listener = new Listener(machine);

        send(machine, plain(JobEvent.ENQUEUE));

        assertEquals(JobState.UNSPECIFIED, machine.getState().getId());
        assertSame(before, job(machine));
        assertEquals(
                "the machine " + before.name()
                        + " is UNSPECIFIED, and the job in its extended state is PENDING: expected" + " the same state",
                listener.errors.get(0).getMessage());
    }

    // machines that reached an end

    @Test
    void aMachineThatReachedAnEndCannotBeRestored() throws Exception {
        JobSnapshot running = Machines.job(JobState.RUNNING);
        send(machine, plain(JobEvent.FAIL));
        machine.stopReactively().block();
        machine.getStateMachineAccessor()
                .doWithRegion(
                        access -> access.resetStateMachineReactively(JobStateMachine.context(running, running.name()))
                                .block());
        machine.startReactively().block();

        assertEquals(ResultType.ACCEPTED, send(machine, plain(JobEvent.PAUSE)));
        assertEquals(JobState.RUNNING, machine.getState().getId());
        assertSame(running, job(machine));
    }

    @Test
    void acquiringAFinishedJobAgainKeepsIt() {
        JobSnapshot failed = Machines.job(JobState.FAILED);
        DefaultStateMachineService<JobState, JobEvent> service =
                new DefaultStateMachineService<>(FACTORY, new JobStateMachinePersist() {
                    @Override
                    public JobSnapshot find(String name) {
                        return failed;
                    }

                    @Override
                    public void store(String name, JobSnapshot known, JobSnapshot job) {
                        throw new AssertionError("stored " + job);
                    }
                });
        service.acquireStateMachine(failed.name());
        StateMachine<JobState, JobEvent> again = service.acquireStateMachine(failed.name());

        send(again, plain(JobEvent.ENQUEUE));

        assertEquals(JobState.UNSPECIFIED, again.getState().getId());
        assertSame(failed, job(again));
    }
}
