package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import java.util.Random;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobErrorsTest {
    private static final JobError DISK = new JobError(8, "disk");

    private static JobSnapshot job(JobKind kind, JobState state) {
        JobLifecycle authority = JobLifecycle.authority(kind);
        return History.along(authority, JobPaths.of(authority).to(state).get()).last();
    }

    @Test
    void theCodesAreThoseOfErrors() {
        assertEquals(Vector.rangeClosed(1, 16), JobErrors.CODES);
        assertEquals(List.of(0, 17, -1), JobErrors.INVALID_CODES);
        JobErrors.INVALID_CODES.forEach(code -> assertFalse(JobError.of(code).isErrorCode()));
    }

    @Test
    void everyCodeIsDrawn() {
        Random random = new Random(1);
        Set<Integer> drawn =
                HashSet.ofAll(Vector.fill(1_000, () -> JobErrors.draw(random).code()));

        assertEquals(JobErrors.CODES.toSet(), drawn);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatIsSetIsLegal(JobKind kind) {
        for (JobState state : JobState.values()) {
            JobSnapshot bare = job(kind, state).withError(null);
            for (int code : JobErrors.CODES) {
                JobSnapshot next = JobErrors.set(bare, kind, new JobError(code, "x"));
                assertTrue(JobLifecycle.authority(kind).check(bare, next).isLegal(), next::toString);
            }
        }
    }

    @Test
    void aKindDecidesWhichErrorIsSet() {
        JobSnapshot cancelled = job(JobKind.TUNING_JOB, JobState.CANCELLED).withError(null);
        JobSnapshot batch = job(JobKind.BATCH_PREDICTION_JOB, JobState.CANCELLED);
        JobSnapshot notebook = job(JobKind.NOTEBOOK_EXECUTION_JOB, JobState.RUNNING);
        JobSnapshot running = job(JobKind.TUNING_JOB, JobState.RUNNING);
        JobSnapshot failed = job(JobKind.TUNING_JOB, JobState.FAILED);

        assertEquals(
                new JobError(1, "disk"),
                JobErrors.set(cancelled, JobKind.TUNING_JOB, DISK).error());
        assertEquals(
                DISK, JobErrors.set(batch, JobKind.BATCH_PREDICTION_JOB, DISK).error());
        assertEquals(
                DISK,
                JobErrors.set(notebook, JobKind.NOTEBOOK_EXECUTION_JOB, DISK).error());
        assertEquals(
                JobError.of(0),
                JobErrors.set(notebook, JobKind.NOTEBOOK_EXECUTION_JOB, JobError.of(16))
                        .error());
        assertEquals(running, JobErrors.set(running, JobKind.TUNING_JOB, DISK));
        assertEquals(failed, JobErrors.set(failed, JobKind.TUNING_JOB, DISK));
        assertEquals(
                JobError.of(16),
                JobErrors.set(failed.withError(null), JobKind.TUNING_JOB, JobError.of(16))
                        .error());
    }
}
