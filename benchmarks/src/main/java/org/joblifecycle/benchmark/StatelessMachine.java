package org.joblifecycle.benchmark;

import static java.util.Objects.requireNonNull;

import com.github.oxo42.stateless4j.StateMachine;
import com.github.oxo42.stateless4j.StateMachineConfig;
import java.time.Instant;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.jspecify.annotations.Nullable;

/** The jobs of stateless4j: one configuration for all, with the guards and steps of the {@link Floor}. Not thread-safe. */
final class StatelessMachine {
    private final StateMachineConfig<JobState, JobEvent> config = new StateMachineConfig<>();
    private final Floor floor;

    // Guards and actions of a shared configuration do not get the job that they are about.
    private @Nullable JobSnapshot job;
    private @Nullable Instant now;
    private @Nullable JobSnapshot next;

    StatelessMachine(Floor floor) {
        this.floor = floor;
        for (JobState state : JobState.values()) {
            config.configure(state)
                    .onEntry(() -> next = floor.step(requireNonNull(job), state, requireNonNull(now), null));
        }
        for (JobTransition edge : JobTransition.values()) {
            config.configure(edge.source())
                    .permitIf(
                            edge.event(),
                            edge.target(),
                            () -> floor.permits(requireNonNull(job), edge.target(), requireNonNull(now)));
        }
    }

    /** A machine of a job. */
    StateMachine<JobState, JobEvent> machine(JobState state) {
        return new StateMachine<>(state, config);
    }

    /**
     * The job after an event.
     *
     * @throws IllegalStateException if the event is refused
     */
    JobSnapshot fire(JobSnapshot job, JobEvent event, Instant now) {
        this.job = job;
        this.now = now;
        machine(job.state()).fire(event);
        JobSnapshot after = requireNonNull(next);
        if (floor.check(job, after) != 0) {
            throw new IllegalStateException("the job was at fault");
        }
        return after;
    }
}
