package org.joblifecycle.transition;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.job.JobState.UPDATING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads at 3 a.m. */
class MessageTest {
    private static final Instant ONE = Instant.parse("2026-01-01T01:00:00Z");
    private static final Instant TWO = Instant.parse("2026-01-01T02:00:00Z");
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle MIRROR = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final List<JobLifecycle> BOTH = List.of(OWNER, MIRROR);

    @Test
    void aMissingCreateTime() {
        assertSays(
                BOTH,
                "create-time-required: createTime is missing: a job that is QUEUED carries the time when it was created",
                null,
                job(QUEUED));
    }

    @Test
    void aMissingStartTime() {
        assertSays(
                BOTH,
                "start-time-required: startTime is missing: a TuningJob that is RUNNING carries the time when it was"
                        + " first RUNNING",
                job(PENDING),
                job(RUNNING));
    }

    @Test
    void aStartTimeOnAJobThatIsUnspecified() {
        for (JobSnapshot before : new JobSnapshot[] {null, job(UNSPECIFIED)}) {
            assertSays(
                    BOTH,
                    "start-time-premature: startTime 2026-01-01T01:00:00Z is set on a job that is UNSPECIFIED: expected"
                            + " none before it is RUNNING",
                    before,
                    job(UNSPECIFIED).withStartTime(ONE));
        }
    }

    @Test
    void aStartTimeThatAnAuthoritySetsTooEarly() {
        assertSays(
                List.of(OWNER),
                "start-time-premature: startTime 2026-01-01T01:00:00Z is set on going from QUEUED to PENDING: expected"
                        + " only with the change to RUNNING",
                job(QUEUED),
                job(PENDING).withStartTime(ONE));
        assertSays(
                List.of(OWNER),
                "start-time-premature: startTime 2026-01-01T01:00:00Z is set on a job that stays QUEUED: expected only"
                        + " with the change to RUNNING",
                job(QUEUED),
                job(QUEUED).withStartTime(ONE));
    }

    @Test
    void aStartTimeThatAnObserverSeesTooLate() {
        assertSays(
                List.of(MIRROR),
                "start-time-premature: startTime 2026-01-01T01:00:00Z is set on a job that was CANCELLING without"
                        + " one: expected none, because the job never ran",
                job(CANCELLING),
                job(FAILED).withStartTime(ONE));
    }

    @Test
    void aMissingEndTime() {
        assertSays(
                BOTH,
                "end-time-required: endTime is missing: a TuningJob that is FAILED carries the time when it ended",
                job(RUNNING),
                job(FAILED));
    }

    @Test
    void anEndTimeOnAJobThatHasNotEnded() {
        assertSays(
                BOTH,
                "end-time-premature: endTime 2026-01-01T01:00:00Z is set on a job that is RUNNING: expected none before a"
                        + " terminal state (SUCCEEDED, FAILED, CANCELLED, EXPIRED, PARTIALLY_SUCCEEDED)",
                null,
                job(RUNNING).withEndTime(ONE));
    }

    @Test
    void anErrorOnAJobThatHasNone() {
        assertSays(
                BOTH,
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED) \"disk full\" is set on a job that is SUCCEEDED: expected"
                        + " one only on FAILED or CANCELLED",
                null,
                job(SUCCEEDED).withError(new JobError(8, "disk full")));
        assertSays(
                BOTH,
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED) is set on a job that is EXPIRED: expected one only on"
                        + " FAILED or CANCELLED",
                null,
                job(EXPIRED).withError(JobError.of(8)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 (OK)", "17, 17", "-1, -1"})
    void aCodeThatIsNoError(int code, String text) {
        assertSays(
                BOTH,
                "error-code-invalid: error code " + text + " is invalid: expected 1 to 16 (google.rpc.Code without OK)",
                null,
                job(CANCELLED).withError(JobError.of(code)));
    }

    @Test
    void aCancelledJobWithAnotherCodeThanPromised() {
        assertSays(
                BOTH,
                "error-code-invalid: error code 8 (RESOURCE_EXHAUSTED) is set on a TuningJob that is CANCELLED: expected 1"
                        + " (CANCELLED)",
                null,
                job(CANCELLED).withError(JobError.of(8)));
    }

    @Test
    void aStartBeforeTheCreation() {
        String text =
                "start-time-order: startTime 2026-01-01T01:00:00Z is before createTime 2026-01-01T02:00:00Z (by 1 h):"
                        + " expected not earlier";
        JobSnapshot after = job(RUNNING).withCreateTime(TWO).withStartTime(ONE);
        assertSays(List.of(OWNER), text, null, after);
        assertSays(List.of(MIRROR), text + " by 1 s or more", null, after);
    }

    @Test
    void anEndBeforeTheCreationAndTheStart() {
        String text =
                "end-time-order: endTime 2026-01-01T01:00:00Z is before createTime 2026-01-01T01:00:01.500Z (by 1.5 s)"
                        + " and before startTime 2026-01-01T02:00:00Z (by 1 h): expected not earlier";
        JobSnapshot after = job(FAILED)
                .withCreateTime(ONE.plusMillis(1500))
                .withStartTime(TWO)
                .withEndTime(ONE);
        assertSays(List.of(OWNER), text, null, after);
        assertSays(List.of(MIRROR), text + " by 1 s or more", null, after);
    }

    @Test
    void onlyWhatIsOutOfOrderIsNamed() {
        assertSays(
                BOTH.subList(0, 1),
                "end-time-order: endTime 2026-01-01T01:00:00Z is before startTime 2026-01-01T01:00:00.000000001Z (by"
                        + " 0.000000001 s): expected not earlier",
                null,
                job(FAILED).withCreateTime(ONE).withStartTime(ONE.plusNanos(1)).withEndTime(ONE));
    }

    @Test
    void anUpdateBeforeAllElse() {
        String text =
                "update-time-order: updateTime 2026-01-01T01:00:00Z is before createTime 2026-01-01T02:00:00Z (by 1 h)"
                        + " and before startTime 2026-01-01T02:00:00Z (by 1 h) and before endTime 2026-01-01T02:00:00Z (by 1 h):"
                        + " expected not earlier";
        JobSnapshot after = job(FAILED)
                .withCreateTime(TWO)
                .withStartTime(TWO)
                .withEndTime(TWO)
                .withUpdateTime(ONE);
        assertSays(List.of(OWNER), text, null, after);
        assertSays(List.of(MIRROR), text + " by 1 s or more", null, after);
    }

    @Test
    void aStepOutOfATerminalState() {
        assertSays(
                BOTH,
                "transition-illegal: cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal",
                job(SUCCEEDED),
                job(RUNNING));
    }

    @Test
    void aStepIntoUnspecified() {
        assertSays(
                BOTH,
                "transition-illegal: cannot go from RUNNING to UNSPECIFIED: nothing enters UNSPECIFIED",
                job(RUNNING),
                job(UNSPECIFIED));
    }

    @Test
    void aStepThatNoPathExplains() {
        assertSays(
                List.of(MIRROR),
                "transition-illegal: cannot go from CANCELLING to RUNNING: even over skipped steps, CANCELLING only"
                        + " leads to SUCCEEDED, FAILED, CANCELLED",
                job(CANCELLING),
                job(RUNNING));
    }

    @Test
    void aStepThatNoEdgeJoins() {
        assertSays(
                List.of(OWNER),
                "transition-illegal: cannot go from UPDATING to FAILED: UPDATING only goes to RUNNING (a path there in 2"
                        + " steps: FINISH_UPDATE, FAIL)",
                job(UPDATING),
                job(FAILED));
        assertSays(
                List.of(OWNER),
                "transition-illegal: cannot go from CANCELLING to RUNNING: CANCELLING only goes to SUCCEEDED, FAILED,"
                        + " CANCELLED",
                job(CANCELLING),
                job(RUNNING));
    }

    @Test
    void aStepOverAnExcludedEdge() {
        JobLifecycle noPause = OWNER.without(JobTransition.RUNNING_TO_PAUSED, JobTransition.UPDATING_TO_RUNNING);
        assertSays(
                List.of(noPause),
                "transition-illegal: cannot go from RUNNING to PAUSED: the edge RUNNING_TO_PAUSED is excluded from this"
                        + " lifecycle",
                job(RUNNING),
                job(JobState.PAUSED));
        assertSays(
                List.of(OWNER.without(JobTransition.RUNNING_TO_PENDING, JobTransition.PAUSED_TO_QUEUED)),
                "transition-illegal: cannot go from PAUSED to PENDING: PAUSED only goes to RUNNING, CANCELLING, FAILED,"
                        + " EXPIRED",
                job(JobState.PAUSED),
                job(PENDING));
        assertSays(
                List.of(OWNER.without(JobTransition.UPDATING_TO_RUNNING)),
                "transition-illegal: cannot go from UPDATING to FAILED: no edge leaves UPDATING in this lifecycle",
                job(UPDATING),
                job(FAILED));
    }

    @Test
    void anotherNameOrNoneAnyMore() {
        assertSays(
                BOTH,
                "name-changed: name \"tuningJobs/1\" was removed: expected snapshots of the same job",
                job(RUNNING).withName("tuningJobs/1"),
                job(RUNNING));
        assertSays(
                BOTH,
                "name-changed: name changed from \"tuningJobs/1\" to \"tuningJobs/2\": expected snapshots of the same job",
                job(RUNNING).withName("tuningJobs/1"),
                job(RUNNING).withName("tuningJobs/2"));
    }

    @Test
    void anotherCreateTimeOrNoneAnyMore() {
        assertSays(
                BOTH,
                "create-time-changed: createTime changed from 2026-01-01T01:00:00Z to 2026-01-01T02:00:00Z: expected to"
                        + " stay, because a job is created once",
                job(RUNNING).withCreateTime(ONE),
                job(RUNNING).withCreateTime(TWO));
        assertSays(
                BOTH,
                "create-time-changed: createTime 2026-01-01T01:00:00Z was removed: expected to stay, because a job is"
                        + " created once",
                job(RUNNING).withCreateTime(ONE),
                job(RUNNING));
    }

    @Test
    void anotherStartTimeOrNoneAnyMore() {
        assertSays(
                BOTH,
                "start-time-changed: startTime changed from 2026-01-01T01:00:00Z to 2026-01-01T02:00:00Z: expected to stay,"
                        + " because a job enters RUNNING for the first time once",
                job(RUNNING).withStartTime(ONE),
                job(RUNNING).withStartTime(TWO));
        assertSays(
                BOTH,
                "start-time-changed: startTime 2026-01-01T01:00:00Z was removed: expected to stay, because a job enters"
                        + " RUNNING for the first time once",
                job(PENDING).withStartTime(ONE),
                job(PENDING));
    }

    @Test
    void anotherEndTimeOrNoneAnyMore() {
        assertSays(
                BOTH,
                "end-time-changed: endTime changed from 2026-01-01T01:00:00Z to 2026-01-01T02:00:00Z: expected to stay,"
                        + " because a job ends once",
                job(FAILED).withEndTime(ONE),
                job(FAILED).withEndTime(TWO));
        assertSays(
                BOTH,
                "end-time-changed: endTime 2026-01-01T01:00:00Z was removed: expected to stay, because a job ends once",
                job(FAILED).withEndTime(ONE),
                job(FAILED));
    }

    @Test
    void anotherErrorOrNoneAnyMore() {
        assertSays(
                BOTH,
                "error-changed: error changed from 8 (RESOURCE_EXHAUSTED) \"disk\" to 13 (INTERNAL): expected to stay,"
                        + " because a job ends once, with one error",
                job(FAILED).withError(new JobError(8, "disk")),
                job(FAILED).withError(JobError.of(13)));
        assertSays(
                BOTH,
                "error-changed: error 13 (INTERNAL) was removed: expected to stay, because a job ends once, with one"
                        + " error",
                job(FAILED).withError(JobError.of(13)),
                job(FAILED));
    }

    @Test
    void anUpdateTimeThatWentBack() {
        JobSnapshot before = job(RUNNING).withUpdateTime(TWO);
        JobSnapshot after = job(RUNNING).withUpdateTime(ONE);
        String text =
                "update-time-regressed: updateTime went back from 2026-01-01T02:00:00Z to 2026-01-01T01:00:00Z (by 1"
                        + " h): ";
        assertSays(List.of(OWNER), text + "expected a time not before that of the baseline", before, after);
        assertSays(
                List.of(MIRROR),
                text + "this snapshot is stale; the baseline stays, and nothing else was compared",
                before,
                after);
    }

    @Test
    void anUpdateTimeThatAnAuthorityRemoved() {
        assertSays(
                List.of(OWNER),
                "update-time-regressed: updateTime 2026-01-01T02:00:00Z was removed: expected a time not before that of the"
                        + " baseline",
                job(RUNNING).withUpdateTime(TWO),
                job(RUNNING));
    }

    @Test
    void anEventThatTheStateDoesNotPermit() {
        assertRefused(
                "transition-illegal: cannot PAUSE from CANCELLING: CANCELLING permits SUCCEED, FAIL, CONFIRM_CANCEL",
                OWNER,
                job(CANCELLING),
                JobEvent.PAUSE,
                null);
        assertRefused(
                "transition-illegal: cannot START from FAILED: FAILED is terminal and permits no event",
                MIRROR,
                job(FAILED),
                JobEvent.START,
                null);
    }

    @Test
    void anEventOverAnExcludedEdge() {
        assertRefused(
                "transition-illegal: cannot PREPARE from UNSPECIFIED: the edge UNSPECIFIED_TO_PENDING is excluded from this"
                        + " lifecycle; UNSPECIFIED permits ENQUEUE",
                OWNER.without(JobTransition.UNSPECIFIED_TO_PENDING),
                job(UNSPECIFIED),
                JobEvent.PREPARE,
                null);
        assertRefused(
                "transition-illegal: cannot FINISH_UPDATE from UPDATING: the edge UPDATING_TO_RUNNING is excluded from this"
                        + " lifecycle; UPDATING permits no event",
                OWNER.without(JobTransition.UPDATING_TO_RUNNING),
                job(UPDATING),
                JobEvent.FINISH_UPDATE,
                null);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedEventNamesEveryEventThatTheStatePermits(JobState state) {
        for (JobEvent event : JobEvent.values()) {
            if (NaiveLifecycle.edge(state, event) == null) {
                String message =
                        OWNER.apply(job(state), event, ONE).getError().head().message();
                String prefix = "cannot " + event + " from " + state + ": " + state;
                List<String> permitted = NaiveLifecycle.EDGES.stream()
                        .filter(edge -> edge.source() == state)
                        .map(edge -> edge.event().name())
                        .toList();
                assertEquals(
                        permitted.isEmpty()
                                ? prefix + " is terminal and permits no event"
                                : prefix + " permits " + String.join(", ", permitted),
                        message);
            }
        }
    }

    @Test
    void aSuccessOfAJobThatNeverStarted() {
        assertRefused(
                "start-time-required: cannot SUCCEED from CANCELLING: startTime is missing, and only a job that has started"
                        + " can succeed",
                OWNER,
                job(CANCELLING),
                JobEvent.SUCCEED,
                null);
    }

    @Test
    void anEventBeforeTheTimesOfTheJob() {
        assertRefused(
                "update-time-regressed: cannot START at 2026-01-01T01:00:00Z: the job already carries the time"
                        + " 2026-01-01T02:00:00Z (1 h later); expected a time not before it",
                OWNER,
                job(QUEUED).withCreateTime(TWO),
                JobEvent.START,
                null);
    }

    @Test
    void anErrorGivenWithoutAFailure() {
        assertRefused(
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED) \"disk\" is given with START: expected one only with FAIL",
                OWNER,
                job(QUEUED),
                JobEvent.START,
                new JobError(8, "disk"));
    }

    @Test
    void aFailureWithACodeThatIsNoError() {
        assertRefused(
                "error-code-invalid: error code 0 (OK) is invalid: expected 1 to 16 (google.rpc.Code without OK)",
                OWNER,
                job(QUEUED),
                JobEvent.FAIL,
                JobError.of(0));
    }

    @Test
    void aMessageInTheDataIsOneLineHoweverItWasWritten() {
        String dirty = "a\nb\r\t\u0000\u001b\u007f\u0085\u2028\u2029\ufeff\u202e\"\\\ud800é😀";
        assertSays(
                BOTH,
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED)"
                        + " \"a\\u000ab\\u000d\\u0009\\u0000\\u001b\\u007f\\u0085\\u2028\\u2029\\ufeff\\u202e"
                        + "\\\"\\\\\\ud800é😀\" is set on a job that is QUEUED: expected one only on FAILED or CANCELLED",
                null,
                job(QUEUED).withError(new JobError(8, dirty)));
    }

    @Test
    void aHugeMessageInTheDataIsCut() {
        assertSays(
                BOTH,
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED) \"" + "😀".repeat(200) + "\"... is set on a job that is"
                        + " QUEUED: expected one only on FAILED or CANCELLED",
                null,
                job(QUEUED).withError(new JobError(8, "😀".repeat(201))));
        assertSays(
                BOTH,
                "error-unexpected: error 8 (RESOURCE_EXHAUSTED) \"" + "x".repeat(200) + "\" is set on a job that is"
                        + " QUEUED: expected one only on FAILED or CANCELLED",
                null,
                job(QUEUED).withError(new JobError(8, "x".repeat(200))));
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageIsOneBoundedLineAndNoneThrowsAtExtremeTimes(Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, JobKind.TUNING_JOB);
        JobError dirty = new JobError(0, "\n".repeat(10_000));
        List<JobSnapshot> jobs = Snapshots.all(Snapshots.absentOr(Instant.MIN, Instant.MAX), Snapshots.noneOr(dirty));
        for (JobSnapshot before : List.of(jobs.get(0), jobs.get(jobs.size() / 2), jobs.get(jobs.size() - 1))) {
            for (JobSnapshot after : jobs) {
                for (Violation violation : lifecycle
                        .check(before, after.withName("\r".repeat(10_000)))
                        .violations()) {
                    String message = violation.toString();
                    assertEquals(1, message.lines().count(), message);
                    assertTrue(message.length() < 3_000, message);
                    assertFalse(message.contains("null"), message);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT0.000000001S | 0.000000001 s
            PT0.999999999S | 0.999999999 s
            PT1S           | 1 s
            PT1.5S         | 1.5 s
            PT59.1S        | 59.1 s
            PT1M           | 1 min
            PT1M1S         | 1 min 1 s
            PT2H3M0.5S     | 2 h 3 min 0.5 s
            PT24H          | 1 d
            P400DT1S       | 400 d 1 s
            """)
    void aGapIsWrittenInDaysHoursMinutesAndSeconds(Duration gap, String text) {
        assertSays(
                List.of(OWNER),
                "update-time-regressed: updateTime went back from " + ONE + " to " + ONE.minus(gap) + " (by " + text
                        + "): expected a time not before that of the baseline",
                job(RUNNING).withUpdateTime(ONE),
                job(RUNNING).withUpdateTime(ONE.minus(gap)));
    }

    private static JobSnapshot job(JobState state) {
        return JobSnapshot.of(null, state);
    }

    private static void assertSays(List<JobLifecycle> lifecycles, String text, JobSnapshot before, JobSnapshot after) {
        Rule rule = Rule.of(text.substring(0, text.indexOf(':'))).get();
        for (JobLifecycle lifecycle : lifecycles) {
            Verdict verdict = lifecycle.check(before, after);
            Violation violation = verdict.violations()
                    .find(found -> found.rule() == rule)
                    .getOrElseThrow(() -> new AssertionError(verdict));
            assertEquals(text, violation.toString());
            assertEquals(text, rule.id() + ": " + violation.message());
        }
    }

    private static void assertRefused(
            String text, JobLifecycle lifecycle, JobSnapshot job, JobEvent event, JobError error) {
        assertEquals(
                text,
                lifecycle.apply(job, event, ONE, error).getError().single().toString());
    }
}
