package org.joblifecycle.benchmark;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.JobMessage;
import org.joblifecycle.spring.JobStateMachine;
import org.joblifecycle.spring.JobStateMachineConfigurerAdapter;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineFactory;
import reactor.core.publisher.Mono;

/** The same job, moved by the plain lifecycle, by a {@link JobStateMachine} and by the machine itself. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpringBenchmark {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final Instant NOON = PeersBenchmark.NOON;
    private static final JobSnapshot RUNNING = PeersBenchmark.RUNNING;

    private final StateMachineFactory<JobState, JobEvent> factory =
            new JobStateMachineConfigurerAdapter(OWNER).createFactory();
    private final JobStateMachine handle = JobStateMachine.at(factory, RUNNING);
    private final StateMachine<JobState, JobEvent> machine =
            JobStateMachine.at(factory, RUNNING).machine();
    private JobSnapshot job = RUNNING;

    /** For JMH. */
    public SpringBenchmark() {}

    /** RUNNING to PAUSED, or back. */
    private static JobEvent next(JobState state) {
        return state == JobState.RUNNING ? JobEvent.PAUSE : JobEvent.START;
    }

    /** An event that happens, asked of the lifecycle. */
    @Benchmark
    public JobSnapshot eventByLifecycle() {
        job = OWNER.apply(job, next(job.state()), NOON).get();
        return job;
    }

    /** An event that happens, fired at a handle. */
    @Benchmark
    public JobSnapshot eventByHandle() {
        return handle.fire(next(handle.snapshot().state()), NOON).get();
    }

    /** An event that happens, sent to the machine. */
    @Benchmark
    public @Nullable Object eventByMachine() {
        JobEvent event = next(machine.getState().getId());
        machine.sendEvent(Mono.just(JobMessage.of(event, NOON))).blockLast();
        return machine.getExtendedState().getVariables().get(JobStateMachine.JOB);
    }

    /** An event that is refused, asked of the lifecycle. */
    @Benchmark
    public Validation<Seq<Violation>, JobSnapshot> refusalByLifecycle() {
        return OWNER.apply(RUNNING, JobEvent.RESUME, NOON);
    }

    /** An event that is refused, fired at a handle. */
    @Benchmark
    public Validation<Seq<Violation>, JobSnapshot> refusalByHandle() {
        return handle.fire(JobEvent.RESUME, NOON);
    }

    /** A machine, made at a job. */
    @Benchmark
    public JobStateMachine makeMachine() {
        return JobStateMachine.at(factory, RUNNING);
    }
}
