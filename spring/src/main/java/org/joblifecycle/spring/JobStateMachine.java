package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.Map;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
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

/**
 * The machine of one job, with answers that say what happened: {@link #fire} answers what {@link JobLifecycle#apply}
 * answers. What Spring itself answers to an event is {@code ACCEPTED} also if a guard refused it or threw.
 *
 * <p>Thread-safe: of several threads that fire the same event one wins, and the others are told why not. That holds for all
 * objects of this class that hold the same machine, and not for events that are sent to the machine itself meanwhile. The
 * machine's listeners and interceptors are called while others wait, on the thread that fires.
 */
public final class JobStateMachine {
    /** The variable of the extended state that holds the job as it is, a {@link JobSnapshot}. */
    public static final String JOB = "job";

    /**
     * The variable of the extended state that holds the job as the last event that its guard let pass makes it, a
     * {@link JobSnapshot}. An interceptor sees it in {@code preStateChange}, when the job is still what it was.
     */
    public static final String PROPOSED_JOB = "proposedJob";

    /** The variable of the extended state that holds the last {@link Refusal} by a guard or by {@link #fire}. */
    public static final String REFUSAL = "refusal";

    private final StateMachine<JobState, JobEvent> machine;
    private final JobLifecycle lifecycle;

    private JobStateMachine(StateMachine<JobState, JobEvent> machine) {
        this.machine = requireNonNull(machine, "machine");
        this.lifecycle = LifecycleSteps.lifecycle(machine)
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
     */
    public static JobStateMachine at(StateMachineFactory<JobState, JobEvent> factory, JobSnapshot job) {
        requireNonNull(job, "job");
        JobStateMachine made = of(requireNonNull(factory, "factory").getStateMachine(job.name()));
        made.reset(job);
        return made;
    }

    private void reset(JobSnapshot job) {
        machine.stopReactively().block();
        machine.getStateMachineAccessor()
                .doWithRegion(access ->
                        access.resetStateMachineReactively(context(job)).block());
        machine.startReactively().block();
    }

    /** The context that holds a job and nothing else. */
    static StateMachineContext<JobState, JobEvent> context(JobSnapshot job) {
        return new DefaultStateMachineContext<>(
                job.state(), null, null, new DefaultExtendedState(Map.of(JOB, job)), null, job.name());
    }

    /** Lets an event happen without an error: the same as {@link #fire(JobEvent, Instant, RpcStatus)} with null. */
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
     * @throws StateMachineException if the machine did not go where the lifecycle said, because an interceptor such as one
     *     that stores the job kept it from moving, for instance; the job is then as it was before. The cause is what
     *     listeners were told as the machine's error, if anything
     * @throws IllegalStateException if the machine is not started, or if a listener, an interceptor or an action of this
     *     machine fires at it
     */
    public Validation<Seq<Violation>, JobSnapshot> fire(JobEvent event, Instant now, @Nullable RpcStatus error) {
        Message<JobEvent> message = JobMessage.of(event, now, error);
        if (Thread.holdsLock(machine)) {
            throw new IllegalStateException("cannot " + event + " while the machine of the job " + machine.getId()
                    + " moves: its listeners, interceptors and actions are to fire afterwards");
        }
        synchronized (machine) {
            JobSnapshot before = settled(machine);
            Validation<Seq<Violation>, JobSnapshot> decision = lifecycle.apply(before, event, now, error);
            if (decision.isInvalid()) {
                Refusal refusal = new Refusal(message, before, decision.getError());
                machine.getExtendedState().getVariables().put(REFUSAL, refusal);
            }
            move(message, before, decision.getOrElse(before));
            return decision;
        }
    }

    /** Sends an event to the machine, and sees to it that the job is then what is expected, or else what it was. */
    private void move(Message<JobEvent> message, JobSnapshot before, JobSnapshot expected) {
        ErrorListener errors = new ErrorListener();
        machine.addStateListener(errors);
        try {
            machine.sendEvent(Mono.just(message)).blockLast(); // what it answers says nothing about what happened
        } finally {
            machine.removeStateListener(errors);
        }
        if (holds(expected)) {
            return;
        }
        JobState found = state(machine);
        if (!holds(before)) {
            reset(before);
        }
        throw new StateMachineException(
                message.getPayload() + " was to take the job " + before.name() + " from " + before.state() + " to "
                        + expected.state() + ", and the machine was then " + found + ": "
                        + (machine.hasStateMachineError()
                                ? "it is in error, and takes no event"
                                : "an interceptor, an action or a wrong configuration kept it from that; Spring logs what"
                                        + " they throw"),
                errors.exception);
    }

    private boolean holds(JobSnapshot job) {
        return job.equals(snapshot()) && job.state() == state(machine);
    }

    private static final class ErrorListener extends StateMachineListenerAdapter<JobState, JobEvent> {
        private @Nullable Exception exception;

        @Override
        public void stateMachineError(StateMachine<JobState, JobEvent> machine, Exception exception) {
            this.exception = exception;
        }
    }

    /**
     * The job as it is. While an event happens, it is the job as it was until the machine leaves the old state.
     *
     * @throws IllegalStateException if the machine is not started
     */
    public JobSnapshot snapshot() {
        return held(machine.getId(), state(machine), machine.getExtendedState().getVariables());
    }

    /**
     * The job that a machine holds which does not move.
     *
     * @throws IllegalStateException if the machine is not started, or if something put it to another state than that of its
     *     job
     */
    static JobSnapshot settled(StateMachine<JobState, JobEvent> machine) {
        return settled(
                "machine",
                machine.getId(),
                state(machine),
                machine.getExtendedState().getVariables());
    }

    /**
     * The job that a context holds.
     *
     * @throws IllegalStateException if the context is in another state than its job
     */
    static JobSnapshot settled(StateMachineContext<JobState, JobEvent> context) {
        return settled(
                "context",
                context.getId(),
                context.getState(),
                context.getExtendedState().getVariables());
    }

    private static JobSnapshot settled(
            String holder, @Nullable String id, JobState state, Map<Object, Object> variables) {
        JobSnapshot job = held(id, state, variables);
        if (job.state() != state) {
            throw new IllegalStateException("the " + holder + " " + id + " is " + state
                    + ", and the job in its extended" + " state is " + job.state() + ": expected the same state");
        }
        return job;
    }

    /** The job among these variables; if there is none, one of which nothing is known but the id and the state. */
    private static JobSnapshot held(@Nullable String id, JobState state, Map<Object, Object> variables) {
        return variables.get(JOB) instanceof JobSnapshot job ? job : JobSnapshot.of(id, state);
    }

    private static JobState state(StateMachine<JobState, JobEvent> machine) {
        State<JobState, JobEvent> state = machine.getState();
        if (state == null) {
            throw new IllegalStateException("the machine " + machine.getId()
                    + " is not started: expected one that is, such as JobStateMachine.at makes");
        }
        return state.getId();
    }

    /** Tells the listeners of an exception that Spring would keep to its log, and lets the machine go on. */
    static void tell(StateMachine<JobState, JobEvent> machine, Exception exception) {
        machine.setStateMachineError(exception);
        machine.setStateMachineError(null);
    }

    /** What the jobs of this machine keep to. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The machine itself: for listeners, interceptors and persisters. */
    public StateMachine<JobState, JobEvent> machine() {
        return machine;
    }

    /** One line, such as {@code JobStateMachine[authority of TUNING_JOB, RUNNING]}. */
    @Override
    public String toString() {
        State<JobState, JobEvent> state = machine.getState();
        return "JobStateMachine[" + lifecycle + ", " + (state == null ? "not started" : state.getId()) + "]";
    }
}
