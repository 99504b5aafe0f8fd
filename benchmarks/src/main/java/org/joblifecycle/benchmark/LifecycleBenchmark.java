package org.joblifecycle.benchmark;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.metrics.JobLifecycleMetrics;
import org.joblifecycle.metrics.MeteredLifecycle;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Checks and events, by the lifecycle and by the {@link Floor}: the same ones, in turn. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LifecycleBenchmark {
    static final JobKind KIND = JobKind.CUSTOM_JOB;
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final JobEvent[] EVENTS = {
        JobEvent.ENQUEUE,
        JobEvent.PREPARE,
        JobEvent.START,
        JobEvent.UPDATE,
        JobEvent.FINISH_UPDATE,
        JobEvent.PAUSE,
        JobEvent.START,
        JobEvent.SUCCEED
    };
    private static final int MASK = EVENTS.length - 1;

    private final JobLifecycle owner = JobLifecycle.authority(KIND);
    private final JobLifecycle mirror = JobLifecycle.observer(KIND);
    private final JobLifecycleMetrics metrics = new JobLifecycleMetrics();
    private final MeteredLifecycle meteredOwner = metrics.meter(owner);
    private final MeteredLifecycle meteredMirror = metrics.meter(mirror);
    private final Floor ownerFloor = new Floor(org.joblifecycle.transition.Mode.AUTHORITY, KIND);
    private final Floor mirrorFloor = new Floor(org.joblifecycle.transition.Mode.OBSERVER, KIND);

    /** A job before each of the events, and after the last one. */
    private final JobSnapshot[] jobs = history().toArray(new JobSnapshot[0]);

    private final Instant[] times = new Instant[EVENTS.length];
    private int turn;

    /** For JMH. */
    public LifecycleBenchmark() {
        metrics.bindTo(new SimpleMeterRegistry());
        for (int i = 0; i < times.length; i++) {
            times[i] = NOON.plusSeconds(60L * i);
        }
    }

    private static List<JobSnapshot> history() {
        List<JobSnapshot> history = new ArrayList<>();
        JobSnapshot job = JobSnapshot.of("projects/p/locations/l/customJobs/1", JobState.UNSPECIFIED);
        history.add(job);
        for (int i = 0; i < EVENTS.length; i++) {
            job = JobLifecycle.authority(KIND)
                    .apply(job, EVENTS[i], NOON.plusSeconds(60L * i))
                    .get();
            history.add(job);
        }
        return history;
    }

    /** An event that happens. */
    @Benchmark
    public Validation<Seq<Violation>, JobSnapshot> applyByLifecycle() {
        int i = turn++ & MASK;
        return owner.apply(jobs[i], EVENTS[i], times[i]);
    }

    /** An event that happens. */
    @Benchmark
    public Object applyByFloor() {
        int i = turn++ & MASK;
        return ownerFloor.apply(jobs[i], EVENTS[i], times[i], null);
    }

    /** An event that is refused: no job here is CANCELLING. */
    @Benchmark
    public Validation<Seq<Violation>, JobSnapshot> refuseByLifecycle() {
        int i = turn++ & MASK;
        return owner.apply(jobs[i], JobEvent.CONFIRM_CANCEL, times[i]);
    }

    /** An event that is refused. */
    @Benchmark
    public Object refuseByFloor() {
        int i = turn++ & MASK;
        return ownerFloor.apply(jobs[i], JobEvent.CONFIRM_CANCEL, times[i], null);
    }

    /** A legal update, checked by an authority. */
    @Benchmark
    public Verdict checkByAuthority() {
        int i = turn++ & MASK;
        return owner.check(jobs[i], jobs[i + 1]);
    }

    /** The same, counted, and timed where the job ends. */
    @Benchmark
    public Verdict checkByAuthorityMetered() {
        int i = turn++ & MASK;
        return meteredOwner.check(jobs[i], jobs[i + 1]);
    }

    /** A legal update, checked as an authority does. */
    @Benchmark
    public int checkByAuthorityFloor() {
        int i = turn++ & MASK;
        return ownerFloor.check(jobs[i], jobs[i + 1]);
    }

    /** A legal update, checked by an observer. */
    @Benchmark
    public Verdict checkByObserver() {
        int i = turn++ & MASK;
        return mirror.check(jobs[i], jobs[i + 1]);
    }

    /** The same, counted, and timed where the job ends. */
    @Benchmark
    public Verdict checkByObserverMetered() {
        int i = turn++ & MASK;
        return meteredMirror.check(jobs[i], jobs[i + 1]);
    }

    /** A legal update, checked as an observer does. */
    @Benchmark
    public int checkByObserverFloor() {
        int i = turn++ & MASK;
        return mirrorFloor.check(jobs[i], jobs[i + 1]);
    }

    /** An update that breaks rules: from each of the jobs back to the first one. The violations are made. */
    @Benchmark
    public Verdict checkIllegalByAuthority() {
        int i = turn++ & MASK;
        return owner.check(jobs[i + 1], jobs[0]);
    }

    /** The same, counted. */
    @Benchmark
    public Verdict checkIllegalByAuthorityMetered() {
        int i = turn++ & MASK;
        return meteredOwner.check(jobs[i + 1], jobs[0]);
    }

    /** The same, and the messages are composed. */
    @Benchmark
    public int checkIllegalAndReadByAuthority() {
        int i = turn++ & MASK;
        int length = 0;
        for (Violation violation : owner.check(jobs[i + 1], jobs[0]).violations()) {
            length += violation.message().length();
        }
        return length;
    }

    /** The same by the floor, which makes no violation. */
    @Benchmark
    public int checkIllegalByFloor() {
        int i = turn++ & MASK;
        return ownerFloor.check(jobs[i + 1], jobs[0]);
    }
}
