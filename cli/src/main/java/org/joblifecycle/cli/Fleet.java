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
import org.joblifecycle.transition.SimulatedJob;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * What a poller sees of many tuning jobs: each poll of a job is a line, as the REST API prints the job, and the polls of all
 * jobs are in the order of their times. The same numbers make the same lines on every JVM.
 */
final class Fleet implements Iterator<String> {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN_JOBS = 20;
    private static final int MOST_SECONDS_BETWEEN_POLLS = 3600;
    private static final int POLLS_AN_EVENT = 3;
    private static final int MICROS_A_SECOND = 1_000_000;

    private static final List<JobError> ERRORS = List.of(
            new JobError(3, "Training dataset file is invalid: line 17 is no JSON object."),
            new JobError(8, "Quota exceeded: concurrent tuning jobs of this base model in us-central1."),
            new JobError(13, "Internal error encountered. Please try again."));

    /** Changes that make most snapshots break a rule. */
    private static final List<UnaryOperator<JobSnapshot>> BROKEN = List.of(
            job -> job.withCreateTime(null),
            job -> job.withStartTime(null),
            job -> job.withEndTime(job.endTime() == null ? job.updateTime() : null),
            job -> job.withError(JobError.of(0)),
            job -> job.withState(JobState.UNSPECIFIED),
            job -> job.withUpdateTime(BEGIN));

    /** Changes that make any line unreadable. */
    private static final List<UnaryOperator<String>> UNREADABLE = List.of(
            line -> line.substring(0, line.length() / 2),
            line -> line.replaceFirst("\"name\"", "\"Name\""),
            line -> line.replaceFirst("\"state\"", "\"State\""),
            line -> line.replaceFirst("JOB_STATE_", "STATE_"),
            line ->
                    "{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\",\"status\":\"UNAVAILABLE\"}}",
            line -> line.replaceFirst("(\"updateTime\":\"[^\"]*)Z", "$1"));

    private final long jobs;
    private final double faultRate;
    private final Random random;
    private final PriorityQueue<Job> active =
            new PriorityQueue<>(Comparator.comparing(Job::nextPoll).thenComparing(Job::number));
    private long begun;

    /**
     * A fleet.
     *
     * @param faultRate the share of the lines that break a rule or are unreadable: 0 to 1
     */
    Fleet(long jobs, long seed, double faultRate) {
        this.jobs = jobs;
        this.faultRate = faultRate;
        this.random = new Random(seed);
    }

    /**
     * A job that is not finished yet.
     *
     * @param plan what its creator asked for
     * @param data the statistics of its data, which it shows once it has started
     * @param simulated the job itself; its clock shows when it is polled next
     * @param baseline the baseline of a poller that audits the job; null before the first poll
     */
    private record Job(
            long number,
            TuningJob plan,
            TuningDataStats data,
            SimulatedJob simulated,
            @Nullable JobSnapshot baseline) {
        Instant nextPoll() {
            return simulated.now();
        }
    }

    /** The number of jobs that have begun. */
    long begun() {
        return begun;
    }

    @Override
    public boolean hasNext() {
        return begun < jobs || !active.isEmpty();
    }

    /** The next line, without its line end. */
    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no job is left");
        }
        while (begun < jobs && (active.isEmpty() || !active.element().nextPoll().isBefore(beginOf(begun)))) {
            active.add(begin(begun));
            begun++;
        }
        return poll(active.remove());
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
                SimulatedJob.unspecified(AUTHORITY, sample.name(), beginOf(number)),
                null);
    }

    private String poll(Job job) {
        SimulatedJob simulated =
                job.baseline == null || random.nextInt(POLLS_AN_EVENT) == 0 ? happen(job.simulated) : job.simulated;
        JobSnapshot snapshot = simulated.snapshot();
        JobSnapshot seen = random.nextDouble() < faultRate ? broken(job.baseline, snapshot) : snapshot;
        TuningJob resource =
                snapshot.startTime() == null ? job.plan : job.plan.with(TuningJob.TUNING_DATA_STATS, job.data);
        JobSnapshot baseline = job.baseline;
        String line;
        if (seen == null) {
            line = any(UNREADABLE).apply(TuningJobJson.write(resource.with(snapshot)));
        } else {
            line = TuningJobJson.write(resource.with(seen));
            baseline = OBSERVER.audit(baseline, seen).baseline();
        }
        if (snapshot.state().isActive()) {
            Instant nextPoll = job.nextPoll().plusSeconds(1 + random.nextInt(MOST_SECONDS_BETWEEN_POLLS));
            active.add(new Job(job.number, job.plan, job.data, simulated.at(nextPoll), baseline));
        }
        return line;
    }

    /** The job after some event, which happens at most a second before it is polled. */
    private SimulatedJob happen(SimulatedJob job) {
        Set<JobEvent> permitted = AUTHORITY.permittedEvents(job.snapshot());
        JobEvent event =
                any(Arrays.stream(JobEvent.values()).filter(permitted::contains).toList());
        Instant time = job.now().minus(1 + random.nextInt(MICROS_A_SECOND), ChronoUnit.MICROS);
        return job.at(time).on(event, event == JobEvent.FAIL ? any(ERRORS) : null);
    }

    /** A snapshot that breaks a rule, in place of this one; null if the line is made unreadable instead. */
    private @Nullable JobSnapshot broken(@Nullable JobSnapshot baseline, JobSnapshot snapshot) {
        if (random.nextBoolean()) {
            return null;
        }
        JobSnapshot seen = any(BROKEN).apply(snapshot);
        return OBSERVER.check(baseline, seen).isLegal() ? null : seen;
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
