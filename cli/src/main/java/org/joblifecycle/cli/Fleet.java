package org.joblifecycle.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * What a poller sees of many tuning jobs: each of its looks is a line, as the REST API prints a job, and the looks at all
 * jobs stand in the order of their times. The same numbers make the same lines on every JVM.
 */
final class Fleet implements Iterator<String> {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN_JOBS = 20;
    private static final int MOST_SECONDS_BETWEEN_LOOKS = 3600;
    private static final int LOOKS_AN_EVENT = 3;
    private static final int MICROS_A_SECOND = 1_000_000;

    private static final List<JobError> ERRORS = List.of(
            new JobError(3, "Training dataset file is invalid: line 17 is no JSON object."),
            new JobError(8, "Quota exceeded: concurrent tuning jobs of this base model in us-central1."),
            new JobError(13, "Internal error encountered. Please try again."));

    /** What breaks a rule of most snapshots. */
    private static final List<UnaryOperator<JobSnapshot>> BROKEN = List.of(
            job -> job.withCreateTime(null),
            job -> job.withStartTime(null),
            job -> job.withEndTime(job.endTime() == null ? job.updateTime() : null),
            job -> job.withError(JobError.of(0)),
            job -> job.withState(JobState.UNSPECIFIED),
            job -> job.withUpdateTime(BEGIN));

    /** What makes each line unreadable. */
    private static final List<UnaryOperator<String>> UNREADABLE = List.of(
            line -> line.substring(0, line.length() / 2),
            line -> line.replaceFirst("\"name\"", "\"Name\""),
            line -> line.replaceFirst("\"state\"", "\"State\""),
            line -> line.replaceFirst("JOB_STATE_", "STATE_"),
            line -> line.replaceFirst("(\"updateTime\":\"[^\"]*)Z", "$1"));

    private final long jobs;
    private final double faultRate;
    private final Random random;
    private final PriorityQueue<Job> active =
            new PriorityQueue<>(Comparator.comparing(Job::nextLook).thenComparing(Job::number));
    private long begun;

    /**
     * A fleet.
     *
     * @param faultRate which share of the lines is to break a rule or to be unreadable: 0 to 1
     */
    Fleet(long jobs, long seed, double faultRate) {
        this.jobs = jobs;
        this.faultRate = faultRate;
        this.random = new Random(seed);
    }

    /**
     * A job that is not finished yet.
     *
     * @param plan what its maker asked for
     * @param data what is known of its data once it has started
     * @param snapshot how it is
     * @param baseline how it was when it was last looked at; null before
     * @param nextLook when it is looked at again
     */
    private record Job(
            long number,
            TuningJob plan,
            TuningDataStats data,
            JobSnapshot snapshot,
            @Nullable JobSnapshot baseline,
            Instant nextLook) {}

    /** How many jobs have begun. */
    long begun() {
        return begun;
    }

    @Override
    public boolean hasNext() {
        return begun < jobs || !active.isEmpty();
    }

    /** The next line, without its end. */
    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no job is left");
        }
        while (begun < jobs && (active.isEmpty() || !active.element().nextLook.isBefore(beginOf(begun)))) {
            active.add(begin(begun));
            begun++;
        }
        return look(active.remove());
    }

    private static Instant beginOf(long number) {
        return BEGIN.plusSeconds((number + 1) * SECONDS_BETWEEN_JOBS);
    }

    private Job begin(long number) {
        SampleJob sample = new SampleJob(number, random);
        return new Job(
                number,
                sample.plan(),
                sample.data(),
                JobSnapshot.of(sample.name(), JobState.UNSPECIFIED),
                null,
                beginOf(number));
    }

    private String look(Job job) {
        JobSnapshot now = job.baseline == null || random.nextInt(LOOKS_AN_EVENT) == 0 ? happen(job) : job.snapshot;
        JobSnapshot seen = random.nextDouble() < faultRate ? broken(job.baseline, now) : now;
        TuningJob resource = now.startTime() == null ? job.plan : job.plan.with(TuningJob.TUNING_DATA_STATS, job.data);
        JobSnapshot baseline = job.baseline;
        String line;
        if (seen == null) {
            line = any(UNREADABLE).apply(TuningJobJson.write(resource.with(now)));
        } else {
            line = TuningJobJson.write(resource.with(seen));
            baseline = OBSERVER.audit(baseline, seen).baseline();
        }
        if (now.state().isActive()) {
            Instant nextLook = job.nextLook.plusSeconds(1 + random.nextInt(MOST_SECONDS_BETWEEN_LOOKS));
            active.add(new Job(job.number, job.plan, job.data, now, baseline, nextLook));
        }
        return line;
    }

    /** The job after some event, a moment before it is looked at. */
    private JobSnapshot happen(Job job) {
        Set<JobEvent> permitted = AUTHORITY.permittedEvents(job.snapshot);
        JobEvent event =
                any(Arrays.stream(JobEvent.values()).filter(permitted::contains).toList());
        Instant time = job.nextLook.minus(1 + random.nextInt(MICROS_A_SECOND), ChronoUnit.MICROS);
        JobError error = event == JobEvent.FAIL ? any(ERRORS) : null;
        return AUTHORITY.apply(job.snapshot, event, time, error).get();
    }

    /** A snapshot in the place of this one that breaks a rule; null if the line is to be unreadable instead. */
    private @Nullable JobSnapshot broken(@Nullable JobSnapshot baseline, JobSnapshot now) {
        if (random.nextBoolean()) {
            return null;
        }
        JobSnapshot seen = any(BROKEN).apply(now);
        return OBSERVER.check(baseline, seen).isLegal() ? null : seen;
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
