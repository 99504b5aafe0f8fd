package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Iterator;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.util.Map;
import java.util.function.Function;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineException;
import reactor.core.publisher.Mono;

/**
 * The guard and the actions of all transitions: they ask the lifecycle, and keep the job in the extended state. The object
 * itself is the action of each transition, by which a machine tells its lifecycle.
 *
 * <p>An event goes through here in three steps, because an interceptor can still keep the machine from moving after the
 * second one: the guard asks, the action of the transition puts the job as it would be beside the job as it is, and the
 * action on leaving the old state makes it the job.
 */
final class LifecycleSteps implements Function<StateContext<JobState, JobEvent>, Mono<Void>> {
    private final JobLifecycle lifecycle;

    LifecycleSteps(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The lifecycle that a machine was configured with; nothing if it was configured in another way. */
    static Option<JobLifecycle> lifecycle(StateMachine<JobState, JobEvent> machine) {
        return Iterator.ofAll(machine.getTransitions())
                .flatMap(transition -> Iterator.ofAll(transition.getActions()))
                .filter(LifecycleSteps.class::isInstance)
                .map(action -> ((LifecycleSteps) action).lifecycle)
                .headOption();
    }

    /**
     * The action of the initial transition: a machine that begins has a job that begins. If it has one already, something
     * stopped and started it, and it keeps that job rather than losing it: nothing happens then until it is restored.
     */
    void begin(StateContext<JobState, JobEvent> context) {
        JobState initial = context.getTransition().getTarget().getId();
        variables(context)
                .putIfAbsent(
                        JobStateMachine.JOB,
                        JobSnapshot.of(context.getStateMachine().getId(), initial));
    }

    /**
     * The guard of each transition. Spring takes a guard that throws for one that refuses and tells nobody but the log, so
     * the listeners are told here.
     */
    boolean permits(StateContext<JobState, JobEvent> context) {
        try {
            Validation<Seq<Violation>, JobSnapshot> decision = decide(context);
            if (decision.isInvalid()) {
                Refusal refusal = new Refusal(context.getMessage(), job(context), decision.getError());
                variables(context).put(JobStateMachine.REFUSAL, refusal);
            }
            return decision.isValid();
        } catch (RuntimeException e) {
            JobStateMachine.tell(context.getStateMachine(), e);
            throw e;
        }
    }

    /** The action of each transition. */
    @Override
    public Mono<Void> apply(StateContext<JobState, JobEvent> context) {
        return Mono.fromRunnable(() -> propose(context));
    }

    private void propose(StateContext<JobState, JobEvent> context) {
        JobSnapshot proposed = decide(context)
                .toEither()
                .getOrElseThrow(violations -> new StateMachineException("the guard of "
                        + context.getTransition().getName() + " let pass what the lifecycle refuses: "
                        + violations.mkString("; ")));
        variables(context).put(JobStateMachine.PROPOSED_JOB, proposed);
    }

    /** The action on leaving a state: nothing keeps the machine from moving any more. */
    void settle(StateContext<JobState, JobEvent> context) {
        Map<Object, Object> variables = variables(context);
        variables.put(JobStateMachine.JOB, requireNonNull(variables.get(JobStateMachine.PROPOSED_JOB)));
    }

    private Validation<Seq<Violation>, JobSnapshot> decide(StateContext<JobState, JobEvent> context) {
        JobSnapshot job = job(context);
        Message<JobEvent> message = context.getMessage();
        return lifecycle.apply(job, message.getPayload(), JobMessage.now(message, job), JobMessage.error(message));
    }

    private static JobSnapshot job(StateContext<JobState, JobEvent> context) {
        return JobStateMachine.settled(context.getStateMachine());
    }

    private static Map<Object, Object> variables(StateContext<JobState, JobEvent> context) {
        return context.getExtendedState().getVariables();
    }
}
