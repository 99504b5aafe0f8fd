package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training jobs as pollers recorded them, with other names and times. */
class RecordedJobsTest {
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.CUSTOM_JOB);
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private static final JobSnapshot CREATED = JobSnapshot.of("customJobs/1", JobState.PENDING)
            .withCreateTime(at("09:00:00.412Z"))
            .withUpdateTime(at("09:00:00.412Z"));
    private static final JobSnapshot QUEUED = CREATED.withState(JobState.QUEUED)
            .withStartTime(at("09:00:00.540Z")) // provisional: it did not run
            .withUpdateTime(at("09:00:00.712Z"));
    private static final JobSnapshot PENDING =
            QUEUED.withState(JobState.PENDING).withUpdateTime(at("09:00:02.105Z"));
    private static final JobSnapshot CANCELLING =
            PENDING.withState(JobState.CANCELLING).withUpdateTime(at("09:00:06.001Z"));
    private static final JobSnapshot CANCELLED = CANCELLING
            .withState(JobState.CANCELLED)
            .withStartTime(at("09:00:03Z"))
            .withEndTime(at("09:00:37.250Z"))
            .withUpdateTime(at("09:00:37.250Z"))
            .withError(new JobError(JobError.CANCELLED, "CANCELED"));

    private static Instant at(String time) {
        return Instant.parse("2026-07-01T" + time);
    }

    @Test
    void theCreateAnswerIsPendingTheJobIsQueuedAndThenPendingAgain() {
        assertEquals(
                List.of(
                        "Appeared[state=PENDING], legal",
                        "Stepped[transition=PENDING -ENQUEUE-> QUEUED], legal",
                        "Stepped[transition=QUEUED -PREPARE-> PENDING], legal",
                        "Skipped[from=PENDING, to=CANCELLED], legal"),
                verdicts(OBSERVER, CREATED, QUEUED, PENDING, CANCELLED));
    }

    @Test
    void anAuthorityStartsAJobInThatOrderToo() {
        SimulatedJob job = SimulatedJob.unspecified(AUTHORITY, "customJobs/1", at("09:00:00Z"))
                .on(JobEvent.PREPARE)
                .on(JobEvent.ENQUEUE)
                .on(JobEvent.PREPARE)
                .on(JobEvent.START);

        assertEquals(JobState.RUNNING, job.snapshot().state());
        assertEquals(
                List.of("Appeared[state=PENDING], legal", "Stepped[transition=PENDING -ENQUEUE-> QUEUED], legal"),
                verdicts(AUTHORITY, CREATED, QUEUED.withStartTime(null)));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "PENDING", "CANCELLING"})
    void theProvisionalStartTimeOfAJobThatWaitedIsReplacedAsItIsCancelled(JobState last) {
        JobSnapshot waiting = CANCELLING.withState(last);
        boolean isStep = last == JobState.CANCELLING;

        assertEquals(
                (isStep
                                ? "Stepped[transition=CANCELLING -CONFIRM_CANCEL-> CANCELLED]"
                                : "Skipped[from=" + last + ", to=CANCELLED]")
                        + ", legal",
                OBSERVER.check(waiting, CANCELLED).toString());
        Agreement.assertBroken(OBSERVER.check(waiting, CANCELLED.withStartTime(null)), Rule.START_TIME_CHANGED);
    }

    @Test
    void aStartTimeIsReplacedInTheSameStateAsWell() {
        for (JobSnapshot waiting : List.of(QUEUED, PENDING, CANCELLING)) {
            JobSnapshot other = waiting.withStartTime(at("09:00:00.600Z"));
            assertEquals("Amended[], legal", OBSERVER.check(waiting, other).toString());
            Agreement.assertBroken(AUTHORITY.check(waiting, other), Rule.START_TIME_CHANGED);
        }
    }

    @Test
    void theStartTimeOfAJobThatWasCancelledIsFinal() {
        Agreement.assertBroken(
                OBSERVER.check(CANCELLED, CANCELLED.withStartTime(at("09:00:04Z"))), Rule.START_TIME_CHANGED);
        Agreement.assertBroken(AUTHORITY.check(CANCELLING, CANCELLED), Rule.START_TIME_CHANGED);
    }

    private static List<String> verdicts(JobLifecycle lifecycle, JobSnapshot... history) {
        return lifecycle.replay(List.of(history)).map(Verdict::toString).toJavaList();
    }
}
