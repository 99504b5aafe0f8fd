package org.joblifecycle.benchmark;

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

/**
 * One job, paused and started again by the lifecycle, by the {@link Floor} and by state machines of others, and what each
 * does with an event that the job does not permit. All give the same job.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class PeersBenchmark {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final JobSnapshot RUNNING = JobSnapshot.of("projects/p/locations/l/customJobs/1", JobState.RUNNING)
            .withCreateTime(NOON)
            .withStartTime(NOON)
            .withUpdateTime(NOON);

    private final Floor floor = new Floor(org.joblifecycle.transition.Mode.AUTHORITY, JobKind.CUSTOM_JOB);
    private final StatelessMachine stateless = new StatelessMachine(floor);
    private final ColaMachine cola = new ColaMachine(floor);
    private final StateMachineFactory<JobState, JobEvent> factory =
            new JobStateMachineConfigurerAdapter(OWNER).createFactory();
    private final StateMachine<JobState, JobEvent> spring =
            JobStateMachine.at(factory, RUNNING).machine();
    private final JobStateMachine handle = JobStateMachine.at(factory, RUNNING);
    private JobSnapshot job = RUNNING;

    /** For JMH. */
    public PeersBenchmark() {}

    private static JobEvent next(JobSnapshot job) {
        return job.state() == JobState.RUNNING ? JobEvent.PAUSE : JobEvent.START;
    }

    /** The job after an event. */
    @Benchmark
    public JobSnapshot applyByLifecycle() {
        job = OWNER.apply(job, next(job), NOON).get();
        return job;
    }

    /** The job after an event. */
    @Benchmark
    public JobSnapshot applyByFloor() {
        job = (JobSnapshot) floor.apply(job, next(job), NOON, null);
        return job;
    }

    /** The job after an event. */
    @Benchmark
    public JobSnapshot applyByStateless4j() {
        job = stateless.fire(job, next(job), NOON);
        return job;
    }

    /** The job after an event. */
    @Benchmark
    public @Nullable JobSnapshot applyByCola() {
        JobSnapshot after = cola.fire(job, next(job), NOON);
        if (after != null) {
            job = after;
        }
        return after;
    }

    /** The job after an event. */
    @Benchmark
    public @Nullable Object applyBySpring() {
        JobEvent event = spring.getState().getId() == JobState.RUNNING ? JobEvent.PAUSE : JobEvent.START;
        spring.sendEvent(Mono.just(JobMessage.of(event, NOON))).blockLast();
        return spring.getExtendedState().getVariables().get(JobStateMachine.JOB);
    }

    /** The job after an event. */
    @Benchmark
    public JobSnapshot applyByHandle() {
        return handle.fire(next(handle.snapshot()), NOON).get();
    }

    /** Why the event is refused. */
    @Benchmark
    public Object refuseByLifecycle() {
        return OWNER.apply(RUNNING, JobEvent.RESUME, NOON);
    }

    /** That the event is refused. */
    @Benchmark
    public Object refuseByFloor() {
        return floor.apply(RUNNING, JobEvent.RESUME, NOON, null);
    }

    /** That the event is refused: an exception. */
    @Benchmark
    public Object refuseByStateless4j() {
        try {
            return stateless.fire(RUNNING, JobEvent.RESUME, NOON);
        } catch (IllegalStateException e) {
            return e;
        }
    }

    /** That the event is refused. */
    @Benchmark
    public @Nullable Object refuseByCola() {
        return cola.fire(RUNNING, JobEvent.RESUME, NOON);
    }

    /** That the event is refused: Spring answers {@code DENIED}. */
    @Benchmark
    public @Nullable Object refuseBySpring() {
        return spring.sendEvent(Mono.just(JobMessage.of(JobEvent.RESUME, NOON))).blockLast();
    }

    /** Why the event is refused. */
    @Benchmark
    public Object refuseByHandle() {
        return handle.fire(JobEvent.RESUME, NOON);
    }

    /** What a new job needs. */
    @Benchmark
    public Object createByLifecycle() {
        return JobSnapshot.of("projects/p/locations/l/customJobs/1", JobState.UNSPECIFIED);
    }

    /** What a new job needs. */
    @Benchmark
    public Object createByStateless4j() {
        return stateless.machine(JobState.UNSPECIFIED);
    }

    /** What a new job needs. */
    @Benchmark
    public Object createBySpring() {
        StateMachine<JobState, JobEvent> machine = factory.getStateMachine("projects/p/locations/l/customJobs/1");
        machine.startReactively().block();
        return machine;
    }

    /** A machine for a job that exists already. */
    @Benchmark
    public JobStateMachine createByHandle() {
        return JobStateMachine.at(factory, RUNNING);
    }
}
