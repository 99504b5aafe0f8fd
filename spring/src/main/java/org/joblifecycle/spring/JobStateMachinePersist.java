package org.joblifecycle.spring;

import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineContext;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.persist.StateMachineRuntimePersister;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.StateMachineInterceptor;
import org.springframework.statemachine.support.StateMachineInterceptorAdapter;
import org.springframework.statemachine.transition.Transition;

/**
 * Where machines are stored: as the snapshot of their job, which is all that there is to store. A job store implements it.
 *
 * <p>With {@code withPersistence().runtimePersister(...)} every change is stored just before the machine moves, and a store
 * that throws keeps it from moving. Interceptors that are added to a machine later come after it: one that then throws in
 * {@code preStateChange} leaves the store ahead of the machine. As a {@code StateMachinePersist} it is for Spring's
 * persisters too.
 *
 * <p>{@link #find} and {@link #store} are called on the object itself, never on a proxy of it: an advice such as
 * {@code @Transactional} belongs to what they call.
 */
public interface JobStateMachinePersist extends StateMachineRuntimePersister<JobState, JobEvent, String> {
    /**
     * The stored job.
     *
     * @param name the id of the machine: the name of the job
     * @return null if there is none
     * @throws Exception if it could not be read
     */
    @Nullable
    JobSnapshot find(String name) throws Exception;

    /**
     * Stores a job.
     *
     * @param name the id of the machine: the name of the job
     * @param known the job before this change, to compare with what is stored. A machine that only begins is not stored: of
     *     a new job there is nothing yet, and known is what it began as: UNSPECIFIED, or it is the job of nobody. Null if
     *     {@link #write} calls, which knows nothing of the job before: to store that would replace whatever others stored, so a
     *     store with several writers throws
     * @param job the job after this change
     * @throws Exception if it could not be stored, or if somebody else was first
     */
    void store(String name, @Nullable JobSnapshot known, JobSnapshot job) throws Exception;

    /** Stores the job that the context holds, for Spring's persisters: they know nothing of the job before. */
    @Override
    default void write(StateMachineContext<JobState, JobEvent> context, String name) throws Exception {
        store(name, null, JobStateMachine.settled(context));
    }

    /** The context that holds the stored job; null if there is none, which to Spring means a machine that begins. */
    @Override
    default @Nullable StateMachineContext<JobState, JobEvent> read(String name) throws Exception {
        JobSnapshot job = find(name);
        return job == null ? null : JobStateMachine.context(job, name);
    }

    /** Stores each change before it happens; a machine that only begins is not stored. */
    @Override
    default StateMachineInterceptor<JobState, JobEvent> getInterceptor() {
        return new StateMachineInterceptorAdapter<>() {
            @Override
            public void preStateChange(
                    State<JobState, JobEvent> state,
                    Message<JobEvent> message,
                    Transition<JobState, JobEvent> transition,
                    StateMachine<JobState, JobEvent> machine,
                    StateMachine<JobState, JobEvent> root) {
                try {
                    String name = machine.getId();
                    if (name == null) {
                        throw new IllegalStateException(
                                "a job without a name cannot be stored: expected a machine with a name as its id");
                    }
                    store(
                            name,
                            JobStateMachine.settled(machine),
                            machine.getExtendedState().get(JobStateMachine.PROPOSED_JOB, JobSnapshot.class));
                } catch (Throwable e) { // an Error would leave the machine half moved for good
                    StateMachineException failure =
                            new StateMachineException("the job " + machine.getId() + " could not be stored: " + e, e);
                    JobStateMachine.tell(machine, e instanceof Exception exception ? exception : failure);
                    throw failure;
                }
            }
        };
    }
}
