package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.context.Lifecycle;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineContext;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The machine of one job, with answers that say what happened: {@link #fire} answers what {@link JobLifecycle#apply}
 * answers. Spring itself answers {@code ACCEPTED} to an event even if a guard refused it or threw.
 *
 * <p>Thread-safe: of several threads that fire the same event one wins, and the others are told why not. That holds for all
 * objects of this class that hold the same machine, and not for events that are sent to the machine itself meanwhile: use
 * one or the other. The machine is locked while it moves, and its listeners and interceptors are called on the thread that
 * fires. They cannot fire at this machine, and two machines whose listeners fire at each other can wait forever.
 */
public final class JobStateMachine {
    /** The variable of the extended state that holds the job as it is, a {@link JobSnapshot}. */
    public static final String JOB = "job-lifecycle.job";

    /**
     * The variable of the extended state that holds the job as it is after the last event that its guard permitted, a
     * {@link JobSnapshot}. An interceptor reads it in {@code preStateChange}, when the job itself has not changed yet.
     */
    public static final String PROPOSED_JOB = "job-lifecycle.proposed-job";

    /** The variable of the extended state that holds the last {@link Refusal} by a guard or by {@link #fire}. */
    public static final String REFUSAL = "job-lifecycle.refusal";

    private final StateMachine<JobState, JobEvent> machine;
    private final LifecycleSteps steps;

    private JobStateMachine(StateMachine<JobState, JobEvent> machine) {
        this.machine = requireNonNull(machine, "machine");
        this.steps = LifecycleSteps.of(machine)
                .getOrElseThrow(() -> new IllegalArgumentException("the machine " + machine.getId()
                        + " is not that of a job: expected one that a JobStateMachineConfigurerAdapter configured"));
    }

    /**
     * The handle of a machine that exists already.
     *
     * @throws IllegalArgumentException if the machine was not configured by a {@link JobStateMachineConfigurerAdapter}
     */
    public static JobStateMachine of(StateMachine<JobState, JobEvent> machine) {
        return new JobStateMachine(machine);
    }

    /**
     * Makes a machine for this job: started, in the state of the job, which may be a terminal one, and with the name of the
     * job, if it has one, as its id.
     *
     * @throws IllegalArgumentException if the factory was not configured by a {@link JobStateMachineConfigurerAdapter}
     * @throws IllegalStateException on a thread of Reactor that must not block
     */
    public static JobStateMachine at(StateMachineFactory<JobState, JobEvent> factory, JobSnapshot job) {
        requireNonNull(job, "job");
        requireThatMayBlock();
        JobStateMachine made = of(requireNonNull(factory, "factory").getStateMachine(job.name()));
        made.reset(job);
        return made;
    }

    /** Resets the machine to this job, and keeps everything else that is in its extended state. */
    private void reset(JobSnapshot job) {
        Map<Object, Object> variables = new HashMap<>(variables());
        variables.put(JOB, job);
        machine.stopReactively().block();
        machine.getStateMachineAccessor()
                .doWithRegion(access -> access.resetStateMachineReactively(context(job, job.name(), variables))
                        .block());
        machine.startReactively().block();
    }

    /** The context of a machine with this id that holds a job and nothing else. */
    static StateMachineContext<JobState, JobEvent> context(JobSnapshot job, String id) {
        return context(job, id, Map.of(JOB, job));
    }

    private static StateMachineContext<JobState, JobEvent> context(
            JobSnapshot job, @Nullable String id, Map<Object, Object> variables) {
        return new DefaultStateMachineContext<>(job.state(), null, null, new DefaultExtendedState(variables), null, id);
    }

    /** Fires an event without an error: the same as {@link #fire(JobEvent, Instant, JobError)} with null. */
    public Validation<Seq<Violation>, JobSnapshot> fire(JobEvent event, Instant now) {
        return fire(event, now, null);
    }

    /**
     * Fires an event. The lifecycle decides. Then the event is sent to the machine, permitted or refused, so that listeners
     * and interceptors see refused events too.
     *
     * @param event what happens
     * @param now when it happens; {@link JobSnapshot#notBefore} gives a time that is not before any time of the job
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     * @return what {@link JobLifecycle#apply} answers: the job afterwards, or why it stays as it was. {@code isValid()} tells
     *     which of the two it is, {@code get()} is the job and {@code getError()} the violations
     * @throws StateMachineException if the machine is not where the lifecycle said that it goes. Most often an interceptor,
     *     such as one that stores the job, kept it from moving, and the job is what it was. The cause is the error that
     *     listeners were told, or null. What is stored may then be ahead of the machine: make another machine of that
     * @throws IllegalStateException if the machine is not started; if a listener, an interceptor or an action of this machine
     *     fires at it; or on a thread of Reactor that must not block. Nothing happens then
     */
    public Validation<Seq<Violation>, JobSnapshot> fire(JobEvent event, Instant now, @Nullable JobError error) {
        Message<JobEvent> message = JobMessage.of(event, now, error);
        requireThatMayBlock();
        if (Thread.holdsLock(machine)) {
            throw new IllegalStateException("cannot " + event + " while the machine of the job " + machine.getId()
                    + " moves, or is locked, on this thread: expected its listeners, interceptors and actions to fire"
                    + " afterwards");
        }
        synchronized (machine) {
            JobSnapshot before = settled(machine);
            try {
                Validation<Seq<Violation>, JobSnapshot> answer = steps.decide(machine, message, before);
                if (answer.isInvalid()) {
                    variables().put(REFUSAL, new Refusal(message, before, answer.getError()));
                } else if (machine instanceof Lifecycle started && !started.isRunning()) {
                    throw notStarted(machine);
                }
                move(message, before, answer.getOrElse(before));
                return answer;
            } finally {
                steps.forget(machine);
            }
        }
    }

    private static void requireThatMayBlock() {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException(
                    "the thread " + Thread.currentThread().getName()
                            + " must not block, and a machine may: expected a thread such as those of"
                            + " Schedulers.boundedElastic()");
        }
    }

    /** Sends an event to the machine, and checks that the job is what is expected, or was until another event followed. */
    private void move(Message<JobEvent> message, JobSnapshot before, JobSnapshot expected) {
        Witness witness = new Witness(expected);
        machine.addStateListener(witness);
        try {
            machine.sendEvent(Mono.just(message)).blockLast(); // what it answers says nothing about what happened
        } finally {
            machine.removeStateListener(witness);
        }
        JobSnapshot found = snapshot();
        JobState state = state(machine);
        if (found.state() == state && (found.equals(expected) || witness.hasSeenIt)) {
            return;
        }
        if (found.state() != state) { // a wrong configuration
            reset(before);
        }
        throw new StateMachineException(
                message.getPayload() + " should have moved the job " + Escaped.line(String.valueOf(before.name()))
                        + " from " + before.state()
                        + " to "
                        + expected.state() + ", but the machine was then " + state + ": "
                        + (machine.hasStateMachineError()
                                ? "it is in error, and accepts no event"
                                : witness.error != null
                                        ? witness.error.toString()
                                        : "an interceptor, an action or a wrong configuration interfered"),
                witness.error);
    }

    /** A listener that records what an event does. */
    private static final class Witness extends StateMachineListenerAdapter<JobState, JobEvent> {
        private final JobSnapshot expected;
        private boolean hasSeenIt;
        private @Nullable Exception error;

        Witness(JobSnapshot expected) {
            this.expected = expected;
        }

        @Override
        public void extendedStateChanged(Object key, Object value) {
            hasSeenIt |= key.equals(JOB) && value.equals(expected);
        }

        @Override
        public void stateMachineError(StateMachine<JobState, JobEvent> machine, Exception exception) {
            error = exception;
        }
    }

    /**
     * The job as it is. While an event happens, it is the job as it was until the machine leaves the old state.
     *
     * @throws IllegalStateException if the machine is not started, or if something removed its job
     */
    public JobSnapshot snapshot() {
        return snapshot(machine);
    }

    private static JobSnapshot snapshot(StateMachine<JobState, JobEvent> machine) {
        Object job = machine.getExtendedState().getVariables().get(JOB);
        if (job instanceof JobSnapshot snapshot) {
            return snapshot;
        }
        JobState state = state(machine);
        if (job == null && state == machine.getInitialState().getId()) {
            return JobSnapshot.of(machine.getId(), state); // it was reset to nothing
        }
        throw new IllegalStateException("the machine " + machine.getId() + " is " + state
                + ", and its extended state has " + job + " as \"" + JOB + "\": expected a JobSnapshot");
    }

    /**
     * The job of a machine that does not move.
     *
     * @throws IllegalStateException if the machine is not started, or if something reset it to another state than that
     *     of its job
     */
    static JobSnapshot settled(StateMachine<JobState, JobEvent> machine) {
        JobSnapshot job = snapshot(machine);
        requireSameState("machine " + machine.getId(), state(machine), job);
        return job;
    }

    /**
     * The job that a context holds.
     *
     * @throws IllegalStateException if there is none, or if the context is in another state than its job
     */
    static JobSnapshot settled(StateMachineContext<JobState, JobEvent> context) {
        String what = "context " + context.getId();
        if (!(context.getExtendedState().getVariables().get(JOB) instanceof JobSnapshot job)) {
            throw new IllegalStateException(
                    "the " + what + " has no JobSnapshot as \"" + JOB + "\" in its extended state: expected one");
        }
        if (!job.state().isTerminal()) { // a machine that enters an end state reports the old state for a moment
            requireSameState(what, context.getState(), job);
        }
        return job;
    }

    private static void requireSameState(String what, JobState state, JobSnapshot job) {
        if (job.state() != state) {
            throw new IllegalStateException("the " + what + " is " + state + ", and the job in its extended state is "
                    + job.state() + ": expected the same state");
        }
    }

    private static JobState state(StateMachine<JobState, JobEvent> machine) {
        State<JobState, JobEvent> state = machine.getState();
        if (state == null) {
            throw notStarted(machine);
        }
        return state.getId();
    }

    private static IllegalStateException notStarted(StateMachine<JobState, JobEvent> machine) {
        return new IllegalStateException("the machine " + machine.getId()
                + " is not started: expected a started one, such as JobStateMachine.at makes");
    }

    private Map<Object, Object> variables() {
        return machine.getExtendedState().getVariables();
    }

    /** Tells the listeners of an exception that Spring would keep to its log, and lets the machine go on if it did. */
    static void tell(StateMachine<JobState, JobEvent> machine, Exception exception) {
        boolean isInError = machine.hasStateMachineError();
        machine.setStateMachineError(exception);
        if (!isInError) {
            machine.setStateMachineError(null);
        }
    }

    /** The lifecycle that decides for this machine. */
    public JobLifecycle lifecycle() {
        return steps.lifecycle();
    }

    /** The machine itself: for listeners, interceptors and persisters. */
    public StateMachine<JobState, JobEvent> machine() {
        return machine;
    }

    /** One line, such as {@code JobStateMachine[authority of TUNING_JOB, RUNNING]}. */
    @Override
    public String toString() {
        return "JobStateMachine[" + lifecycle() + ", "
                + (machine.getState() == null ? "not started" : snapshot().state()) + "]";
    }
}
