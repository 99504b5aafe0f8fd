package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.collection.List;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

class IllegalUpdateExceptionTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobSnapshot QUEUED =
            JobSnapshot.of("tuningJobs/1", JobState.QUEUED).withCreateTime(T0).withUpdateTime(T0);

    @Test
    void aLegalVerdictAnswersItsChange() {
        JobSnapshot running = QUEUED.withState(JobState.RUNNING).withStartTime(T0);

        assertEquals(
                new Change.Stepped(JobTransition.QUEUED_TO_RUNNING),
                OWNER.check(QUEUED, running).orElseThrow());
    }

    @Test
    void anIllegalVerdictThrowsAllItsViolations() {
        Verdict verdict = OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING).withCreateTime(null));

        IllegalUpdateException refused = assertThrows(IllegalUpdateException.class, verdict::orElseThrow);
        assertEquals(verdict.violations(), refused.violations());
        assertEquals(verdict.violations(), refused.findings());
        assertEquals(
                "create-time-required: createTime is missing: a job that is RUNNING carries the time when it was created;"
                        + " start-time-required: startTime is missing: a TuningJob that is RUNNING carries the time when"
                        + " it was first RUNNING;"
                        + " create-time-changed: createTime 2026-01-01T00:00:00Z was removed: expected to stay, because a"
                        + " job is created once",
                refused.getMessage());
    }

    @Test
    void anEventThatHappensAnswersTheJob() {
        assertEquals(
                OWNER.apply(QUEUED, JobEvent.FAIL, SECOND, Snapshots.DISK).get(),
                OWNER.applyOrThrow(QUEUED, JobEvent.FAIL, SECOND, Snapshots.DISK));
        assertEquals(
                OWNER.apply(QUEUED, JobEvent.START, SECOND).get(), OWNER.applyOrThrow(QUEUED, JobEvent.START, SECOND));
    }

    @Test
    void anEventThatIsRefusedThrowsItsViolation() {
        IllegalUpdateException refused =
                assertThrows(IllegalUpdateException.class, () -> OWNER.applyOrThrow(QUEUED, JobEvent.RESUME, SECOND));

        assertEquals(OWNER.apply(QUEUED, JobEvent.RESUME, SECOND).getError(), refused.violations());
        assertEquals(
                "transition-illegal: cannot RESUME from QUEUED: QUEUED permits PREPARE, START, CANCEL, FAIL, EXPIRE",
                refused.getMessage());
    }

    @Test
    void itsMessageSurvivesSerialization() throws Exception {
        IllegalUpdateException refused =
                assertThrows(IllegalUpdateException.class, () -> OWNER.applyOrThrow(QUEUED, JobEvent.RESUME, SECOND));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refused);
        }
        IllegalUpdateException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (IllegalUpdateException) in.readObject();
        }

        assertEquals(refused.getMessage(), read.getMessage());
        assertEquals(List.empty(), read.findings());
        assertEquals(List.empty(), read.violations());
    }

    @Test
    void itTellsViolationsFromOtherFindings() {
        Finding other = new Finding() {
            @Override
            public String id() {
                return "label-too-long";
            }

            @Override
            public String path() {
                return "labels";
            }

            @Override
            public String message() {
                return "too long";
            }

            @Override
            public Evidence evidence() {
                return Evidence.inferred("a test");
            }
        };
        Violation violation =
                OWNER.check(QUEUED.withCreateTime(null)).violations().single();
        IllegalUpdateException mixed = new IllegalUpdateException(List.of(other, violation));

        assertEquals(List.of(other, violation), mixed.findings());
        assertSame(violation, mixed.violations().single());
    }

    @Test
    void itsMessageHasTheFirstTwentyFindingsAndACount() {
        Violation violation =
                OWNER.check(QUEUED.withCreateTime(null)).violations().single();

        assertEquals(
                List.fill(20, violation).mkString("; "),
                new IllegalUpdateException(List.fill(20, violation)).getMessage());
        IllegalUpdateException many = new IllegalUpdateException(List.fill(40_000, violation));
        assertEquals(List.fill(20, violation).mkString("; ") + "; and 39980 more", many.getMessage());
        assertEquals(40_000, many.findings().size());
    }

    @Test
    void itNeedsAFinding() {
        assertEquals(
                "no rule is broken: expected at least one finding",
                assertThrows(IllegalArgumentException.class, () -> new IllegalUpdateException(List.empty()))
                        .getMessage());
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("findings", () -> new IllegalUpdateException(null));
    }
}
