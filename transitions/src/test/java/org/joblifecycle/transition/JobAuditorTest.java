package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobAuditorTest {
    private static final JobSnapshot PENDING =
            JobSnapshot.of("customJobs/1", JobState.PENDING).withCreateTime(T0).withUpdateTime(T0);
    private static final JobSnapshot RUNNING =
            PENDING.withState(JobState.RUNNING).withStartTime(T0.plusSeconds(1)).withUpdateTime(T0.plusSeconds(1));

    /** What a tuning job that ended must carry, and a job of a kind without times need not. */
    private static JobSnapshot endedWithoutTimes(String name) {
        return JobSnapshot.of(name, JobState.SUCCEEDED).withCreateTime(T0).withUpdateTime(T0);
    }

    @ParameterizedTest
    @EnumSource
    void theNameTellsTheKind(JobKind kind) {
        JobSnapshot job = endedWithoutTimes("projects/p/locations/l/" + kind.collection() + "/7");

        assertEquals(
                JobLifecycle.observer(kind).check(job), JobAuditor.observer().observe(job));
        assertEquals(
                JobLifecycle.authority(kind).check(job), JobAuditor.authority().observe(job));
    }

    @Test
    void aNameThatTellsNoKindIsThatOfTheFallback() {
        JobSnapshot job = endedWithoutTimes("job-7");

        assertEquals(
                JobLifecycle.observer(JobKind.TUNING_JOB).check(job),
                JobAuditor.observer().observe(job));
        assertTrue(JobAuditor.of(JobLifecycle::observer, JobKind.DATA_LABELING_JOB)
                .observe(job)
                .isLegal());
    }

    @Test
    void whoeverKnowsTheKindCanSaySo() {
        JobSnapshot job = endedWithoutTimes("job-7");

        assertTrue(JobAuditor.observer().observe(JobKind.DATA_LABELING_JOB, job).isLegal());
        assertEquals(
                JobLifecycle.observer(JobKind.NAS_JOB).check(job),
                JobAuditor.observer().observe(JobKind.NAS_JOB, job));
    }

    @Test
    void eachJobIsCheckedAgainstItsOwnBaseline() {
        JobAuditor auditor = JobAuditor.observer();
        JobSnapshot other = PENDING.withName("tuningJobs/1");

        assertEquals(
                new Change.Appeared(JobState.PENDING), auditor.observe(PENDING).change());
        assertEquals(
                new Change.Appeared(JobState.PENDING), auditor.observe(other).change());
        assertEquals(
                new Change.Stepped(JobTransition.PENDING_TO_RUNNING),
                auditor.observe(RUNNING).change());
        assertEquals(new Change.Unchanged(), auditor.observe(other).change());
        assertEquals(2, auditor.jobCount());
        assertEquals(Option.some(RUNNING), auditor.baseline("customJobs/1"));
        assertEquals(Option.none(), auditor.baseline("customJobs/2"));
    }

    @Test
    void itAnswersWhatAReplayOfEachJobAnswers() {
        List<JobSnapshot> history = List.of(
                PENDING,
                RUNNING,
                PENDING,
                RUNNING.withState(JobState.FAILED).withError(JobError.of(0)),
                RUNNING.withCreateTime(null),
                RUNNING.withUpdateTime(null),
                PENDING);
        for (Mode mode : Mode.values()) {
            JobAuditor auditor = mode == Mode.AUTHORITY ? JobAuditor.authority() : JobAuditor.observer();
            List<Verdict> verdicts = new ArrayList<>();
            history.forEach(job -> verdicts.add(auditor.observe(job)));
            assertEquals(
                    JobLifecycle.of(mode, JobKind.CUSTOM_JOB).replay(history).toJavaList(), verdicts);
        }
    }

    @Test
    void aStaleSnapshotLeavesTheBaseline() {
        JobAuditor auditor = JobAuditor.observer();
        auditor.observe(RUNNING);

        assertEquals(new Change.Stale(), auditor.observe(PENDING).change());
        assertEquals(Option.some(RUNNING), auditor.baseline("customJobs/1"));
    }

    @Test
    void anAnswerInPartLetsNoOlderOnePass() {
        JobAuditor auditor = JobAuditor.observer();
        auditor.observe(RUNNING);

        assertTrue(auditor.observe(RUNNING.withUpdateTime(null)).isLegal());
        assertEquals(Option.some(RUNNING), auditor.baseline("customJobs/1"));
        assertEquals(new Change.Stale(), auditor.observe(PENDING).change());
    }

    @Test
    void aJobWithoutANameIsCheckedAlone() {
        JobAuditor auditor = JobAuditor.observer();

        for (int i = 0; i < 2; i++) {
            assertEquals(
                    new Change.Appeared(JobState.PENDING),
                    auditor.observe(PENDING.withName(null)).change());
        }
        assertEquals(0, auditor.jobCount());
    }

    @Test
    void aForgottenJobAppearsAgain() {
        JobAuditor auditor = JobAuditor.observer();
        auditor.observe(RUNNING);
        auditor.forget("customJobs/1");
        auditor.forget("customJobs/2");

        assertEquals(0, auditor.jobCount());
        assertEquals(
                new Change.Appeared(JobState.RUNNING), auditor.observe(RUNNING).change());
    }

    @Test
    void oneCopyOfANameIsKept() {
        JobAuditor auditor = JobAuditor.observer();
        auditor.observe(PENDING);
        String name = PENDING.name();
        auditor.observe(RUNNING.withName(new String(name)));

        assertSame(name, auditor.baseline(name).get().name());
    }

    @Test
    void rulesAreExcludedByLifecyclesOfOnesOwn() {
        JobAuditor auditor = JobAuditor.of(
                kind -> JobLifecycle.observer(kind).without(Rule.CREATE_TIME_REQUIRED), JobKind.TUNING_JOB);

        assertTrue(auditor.observe(PENDING.withCreateTime(null)).isLegal());
    }

    @Test
    void aLifecycleOfAnotherKindIsRefused() {
        assertEquals(
                "the lifecycle for TUNING_JOB is the observer of DATA_LABELING_JOB: expected one of that kind",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> JobAuditor.of(
                                        kind -> JobLifecycle.observer(JobKind.DATA_LABELING_JOB), JobKind.TUNING_JOB))
                        .getMessage());
    }

    @Test
    void aNullArgumentIsNamed() {
        JobAuditor auditor = JobAuditor.observer();
        Nulls.assertNamed("job", () -> auditor.observe(null));
        Nulls.assertNamed("job", () -> auditor.observe(JobKind.NAS_JOB, null));
        Nulls.assertNamed("kind", () -> auditor.observe(null, PENDING));
        Nulls.assertNamed("name", () -> auditor.baseline(null));
        Nulls.assertNamed("name", () -> auditor.forget(null));
        Nulls.assertNamed("lifecycles", () -> JobAuditor.of(null, JobKind.NAS_JOB));
        Nulls.assertNamed("lifecycle", () -> JobAuditor.of(kind -> null, JobKind.NAS_JOB));
        Nulls.assertNamed("fallback", () -> JobAuditor.of(JobLifecycle::observer, null));
    }
}
