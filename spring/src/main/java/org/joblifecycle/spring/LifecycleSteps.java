package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Iterator;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
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
 * second one: the guard decides, the action of the transition puts the proposed job beside the job as it is, and the action
 * on leaving the old state makes it the job.
 *
 * <p>The lifecycle is asked once for an event. {@link JobStateMachine#fire}, the guard and the action share one decision, as
 * long as message and job are the same: an interceptor may replace the one, a listener the other.
 */
class LifecycleSteps implements Function<StateContext<JobState, JobEvent>, Mono<Void>> {
    private final JobLifecycle lifecycle;

    /**
     * The decision on the event that a machine is handling. A machine handles one event at a time, so there is at most one,
     * and it is removed when nobody needs it any more. Neither the message nor the extended state could carry it: listeners
     * see both.
     */
    private final Map<StateMachine<JobState, JobEvent>, Decision> decisions =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** What the lifecycle answers to one message about one job. */
    private record Decision(
            Message<JobEvent> message, JobSnapshot job, Validation<Seq<Violation>, JobSnapshot> answer) {
        boolean isAbout(Message<JobEvent> otherMessage, JobSnapshot otherJob) {
            return message == otherMessage && job.equals(otherJob);
        }
    }

    LifecycleSteps(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The steps that a machine was configured with; nothing if it was configured otherwise. */
    static Option<LifecycleSteps> of(StateMachine<JobState, JobEvent> machine) {
        return Iterator.ofAll(machine.getTransitions())
                .flatMap(transition -> Iterator.ofAll(transition.getActions()))
                .filter(LifecycleSteps.class::isInstance)
                .map(LifecycleSteps.class::cast)
                .headOption();
    }

    JobLifecycle lifecycle() {
        return lifecycle;
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
        StateMachine<JobState, JobEvent> machine = context.getStateMachine();
        try {
            JobSnapshot job = JobStateMachine.settled(machine);
            Validation<Seq<Violation>, JobSnapshot> answer = decide(machine, context.getMessage(), job);
            if (answer.isInvalid()) {
                forget(machine);
                variables(context)
                        .put(JobStateMachine.REFUSAL, new Refusal(context.getMessage(), job, answer.getError()));
            }
            return answer.isValid();
        } catch (RuntimeException e) {
            JobStateMachine.tell(machine, e);
            throw e;
        }
    }

    /** The action of each transition. */
    @Override
    public Mono<Void> apply(StateContext<JobState, JobEvent> context) {
        return Mono.fromRunnable(() -> propose(context));
    }

    private void propose(StateContext<JobState, JobEvent> context) {
        StateMachine<JobState, JobEvent> machine = context.getStateMachine();
        Validation<Seq<Violation>, JobSnapshot> answer =
                decide(machine, context.getMessage(), JobStateMachine.settled(machine));
        forget(machine);
        JobSnapshot proposed = answer.getOrElseThrow(() -> new StateMachineException("the guard of "
                + context.getTransition().getName() + " permitted what the lifecycle refuses: "
                + answer.getError().mkString("; ")));
        variables(context).put(JobStateMachine.PROPOSED_JOB, proposed);
    }

    /** The action on leaving a state: nothing keeps the machine from moving any more. */
    void settle(StateContext<JobState, JobEvent> context) {
        Map<Object, Object> variables = variables(context);
        variables.put(JobStateMachine.JOB, requireNonNull(variables.get(JobStateMachine.PROPOSED_JOB)));
    }

    /** What the lifecycle answers, which is asked only if it was not asked about this message and job just before. */
    Validation<Seq<Violation>, JobSnapshot> decide(
            StateMachine<JobState, JobEvent> machine, Message<JobEvent> message, JobSnapshot job) {
        Decision decision = decisions.get(machine);
        if (decision == null || !decision.isAbout(message, job)) {
            decision = new Decision(message, job, ask(message, job));
            decisions.put(machine, decision);
        }
        return decision.answer;
    }

    /** Removes the decision of a machine: the event has happened, or was refused. */
    void forget(StateMachine<JobState, JobEvent> machine) {
        decisions.remove(machine);
    }

    /** Asks the lifecycle; tests count it. */
    Validation<Seq<Violation>, JobSnapshot> ask(Message<JobEvent> message, JobSnapshot job) {
        return lifecycle.apply(job, message.getPayload(), JobMessage.now(message, job), JobMessage.error(message));
    }

    private static Map<Object, Object> variables(StateContext<JobState, JobEvent> context) {
        return context.getExtendedState().getVariables();
    }
}
