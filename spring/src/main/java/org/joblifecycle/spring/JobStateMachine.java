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
 * answers. What Spring itself answers to an event is {@code ACCEPTED} also if a guard refused it or threw.
 *
 * <p>Thread-safe: of several threads that fire the same event one wins, and the others are told why not. That holds for all
 * objects of this class that hold the same machine, and not for events that are sent to the machine itself meanwhile: do
 * one or the other. The machine is locked while it moves, and its listeners and interceptors are called on the thread that
 * fires. They cannot fire at this machine, and two machines whose listeners fire at each other can wait forever.
 */
public final class JobStateMachine {
    /** The variable of the extended state that holds the job as it is, a {@link JobSnapshot}. */
    public static final String JOB = "job-lifecycle.job";

    /**
     * The variable of the extended state that holds the job as the last event that its guard let pass makes it, a
     * {@link JobSnapshot}. An interceptor sees it in {@code preStateChange}, when the job is still what it was.
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
                        + " is none of a job: expected one that a JobStateMachineConfigurerAdapter configured"));
    }

    /**
     * Holds a machine that is there already.
     *
     * @throws IllegalArgumentException if the machine was not configured by a {@link JobStateMachineConfigurerAdapter}
     */
    public static JobStateMachine of(StateMachine<JobState, JobEvent> machine) {
        return new JobStateMachine(machine);
    }

    /**
     * Makes a machine, at this job: started, in its state, which may be a terminal one, with its name as the machine's id.
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

    /** Puts the machine to this job, and leaves what else is in its extended state. */
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

    /** Lets an event happen without an error: the same as {@link #fire(JobEvent, Instant, JobError)} with null. */
    public Validation<Seq<Violation>, JobSnapshot> fire(JobEvent event, Instant now) {
        return fire(event, now, null);
    }

    /**
     * Lets an event happen. The lifecycle decides, and then the machine is sent the event either way, so that its
     * listeners and interceptors see what is refused too.
     *
     * @param event what happens
     * @param now when; {@link JobSnapshot#notBefore} makes it one that is not before any time of the job
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     * @return what {@link JobLifecycle#apply} answers: the job afterwards, or why it stays as it was
     * @throws StateMachineException if the machine did not go where the lifecycle said. Mostly an interceptor kept it from
     *     moving, such as one that stores the job, and the job is what it was; the cause is what listeners were told as the
     *     machine's error, if anything. What is stored may be further on than the machine then: make another one of that
     * @throws IllegalStateException if the machine is not started; if a listener, an interceptor or an action of this machine
     *     fires at it; or on a thread of Reactor that must not block. Nothing happens then
     */
    public Validation<Seq<Violation>, JobSnapshot> fire(JobEvent event, Instant now, @Nullable JobError error) {
        Message<JobEvent> message = JobMessage.of(event, now, error);
        requireThatMayBlock();
        if (Thread.holdsLock(machine)) {
            throw new IllegalStateException(
                    "cannot " + event + " while the machine of the job " + machine.getId()
                            + " moves, or is locked, on this thread: its listeners, interceptors and actions are to fire afterwards");
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
                            + " must not block, and a machine may: expected one such as those of Schedulers.boundedElastic()");
        }
    }

    /** Sends an event to the machine, and sees to it that the job is, or was on the way, what is expected. */
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
                message.getPayload() + " was to take the job " + before.name() + " from " + before.state() + " to "
                        + expected.state() + ", and the machine was then " + state + ": "
                        + (machine.hasStateMachineError()
                                ? "it is in error, and takes no event"
                                : witness.error != null
                                        ? witness.error.toString()
                                        : "an interceptor, an action or a wrong configuration came between"),
                witness.error);
    }

    /** Sees what becomes of an event. */
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
     * @throws IllegalStateException if the machine is not started, or if something took its job away
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
     * @throws IllegalStateException if the machine is not started, or if something put it to another state than that of its
     *     job
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
        if (!job.state().isTerminal()) { // a machine that goes to an end says for a moment that it is where it was
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
                + " is not started: expected one that is, such as JobStateMachine.at makes");
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

    /** What the jobs of this machine keep to. */
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
