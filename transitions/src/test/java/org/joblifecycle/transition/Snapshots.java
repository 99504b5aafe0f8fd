package org.joblifecycle.transition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/** The bounded spaces that the tests enumerate. */
final class Snapshots {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant BEFORE = T0.minusNanos(1);
    static final Instant NANO = T0.plusNanos(1);
    static final Instant ALMOST_SECOND = T0.plusNanos(999_999_999);
    static final Instant SECOND = T0.plusSeconds(1);
    static final Instant MORE = T0.plusSeconds(1).plusNanos(1);

    static final JobError CANCELED = new JobError(1, "CANCELED");
    static final JobError DISK = new JobError(8, "disk");
    static final JobError OK = JobError.of(0);

    private Snapshots() {}

    /** Every state with every combination of these times and errors. */
    static List<JobSnapshot> all(List<Instant> times, List<JobError> errors) {
        List<JobSnapshot> all = new ArrayList<>();
        for (JobState state : JobState.values()) {
            all.addAll(all(state, times, errors));
        }
        return all;
    }

    static List<JobSnapshot> all(JobState state, List<Instant> times, List<JobError> errors) {
        List<JobSnapshot> all = new ArrayList<>();
        for (JobError error : errors) {
            JobSnapshot bare = JobSnapshot.of("tuningJobs/1", state).withError(error);
            for (Instant create : times) {
                JobSnapshot created = bare.withCreateTime(create);
                for (Instant start : times) {
                    JobSnapshot started = created.withStartTime(start);
                    for (Instant end : times) {
                        JobSnapshot ended = started.withEndTime(end);
                        for (Instant update : times) {
                            all.add(ended.withUpdateTime(update));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** These jobs, which have a name, and the same without one. */
    static List<JobSnapshot> namedOrNot(List<JobSnapshot> jobs) {
        return jobs.stream().flatMap(job -> Stream.of(job, job.withName(null))).toList();
    }

    /** The job itself, and every job that differs from it in one field other than the state, the values being these. */
    static List<JobSnapshot> neighbours(JobSnapshot job, List<Instant> times, List<JobError> errors) {
        List<JobSnapshot> all = new ArrayList<>(List.of(job, job.withName(null), job.withName("tuningJobs/2")));
        for (Instant time : times) {
            all.add(job.withCreateTime(time));
            all.add(job.withStartTime(time));
            all.add(job.withEndTime(time));
            all.add(job.withUpdateTime(time));
        }
        for (JobError error : errors) {
            all.add(job.withError(error));
        }
        return all.stream().distinct().toList();
    }

    static List<Instant> absentOr(Instant... times) {
        List<Instant> all = new ArrayList<>(Arrays.asList(times));
        all.add(null);
        return all;
    }

    static List<JobError> noneOr(JobError... errors) {
        List<JobError> all = new ArrayList<>(Arrays.asList(errors));
        all.add(null);
        return all;
    }
}
