package org.joblifecycle.benchmark;

import com.alibaba.cola.statemachine.StateMachine;
import com.alibaba.cola.statemachine.builder.StateMachineBuilder;
import com.alibaba.cola.statemachine.builder.StateMachineBuilderFactory;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.jspecify.annotations.Nullable;

/** The jobs of COLA: one machine for all, with the guards and steps of the {@link Floor}. */
final class ColaMachine {
    private static final AtomicInteger MACHINES = new AtomicInteger();

    private final StateMachine<JobState, JobEvent, Context> machine;
    private final Floor floor;

    /** What guards and actions get. */
    private static final class Context {
        private final JobSnapshot job;
        private final Instant now;
        private @Nullable JobSnapshot next;

        Context(JobSnapshot job, Instant now) {
            this.job = job;
            this.now = now;
        }
    }

    ColaMachine(Floor floor) {
        this.floor = floor;
        StateMachineBuilder<JobState, JobEvent, Context> builder = StateMachineBuilderFactory.create();
        for (JobTransition edge : JobTransition.values()) {
            builder.externalTransition()
                    .from(edge.source())
                    .to(edge.target())
                    .on(edge.event())
                    .when(context -> floor.permits(context.job, edge.target(), context.now))
                    .perform((from, to, event, context) ->
                            context.next = floor.step(context.job, to, context.now, null));
        }
        machine = builder.build("jobs " + MACHINES.incrementAndGet());
    }

    /** The job after an event; null if the event is refused. */
    @Nullable
    JobSnapshot fire(JobSnapshot job, JobEvent event, Instant now) {
        Context context = new Context(job, now);
        machine.fireEvent(job.state(), event, context);
        JobSnapshot next = context.next;
        return next != null && floor.check(job, next) == 0 ? next : null;
    }
}
