package org.joblifecycle.flink;

import static org.joblifecycle.flink.Jobs.NOON;
import static org.joblifecycle.flink.Jobs.pending;
import static org.joblifecycle.flink.Jobs.running;
import static org.joblifecycle.flink.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // an interrupt may come of closing a harness
class JobAuditTest {
    private static final long AFTER_ALL = NOON.plusSeconds(10_000).toEpochMilli();
    private static final Duration WEEK = Duration.ofDays(7);

    /** What the operator kept in the first format. */
    private static final String FIRST_FORMAT = "src/test/resources/audit-1";

    private static List<String> found(JobAudit audit, JobSnapshot... jobs) throws Exception {
        try (AuditHarness harness = new AuditHarness(audit)) {
            harness.read(jobs).watermark(AFTER_ALL);
            return harness.found();
        }
    }

    private static JobSnapshot[] mixed() {
        return new JobSnapshot[] {
            succeeded("7"), running("8"), running("7").withUpdateTime(Jobs.ENDED.plusSeconds(1)), pending("8")
        };
    }

    @Test
    void anObserversAuditFindsWhatTheLifecycleDoes() throws Exception {
        assertEquals(
                List.of("3 transition-illegal", "3 end-time-changed", "4 update-time-regressed"),
                found(JobAudit.observer(), mixed()));
    }

    @Test
    void anAuthoritysAuditKnowsEveryStep() throws Exception {
        assertEquals(List.of(), found(JobAudit.observer(), pending("7"), succeeded("7")));
        assertEquals(
                List.of("2 start-time-premature", "2 transition-illegal"),
                found(JobAudit.authority(), pending("7"), succeeded("7")));
    }

    @Test
    void aFindingSaysAllThatTheCommandSays() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer())) {
            harness.read(mixed());
            assertEquals(
                    new JobFinding(
                            Place.ofLine("file", 3),
                            0,
                            Jobs.name("7"),
                            "transition-illegal",
                            "state",
                            "cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal"),
                    harness.findings().get(0));
            assertEquals(
                    List.of(0, 1, 0),
                    harness.findings().stream().map(JobFinding::number).toList());
        }
    }

    @Test
    void rulesCanBeExcluded() throws Exception {
        JobAudit audit = JobAudit.observer().without(Rule.END_TIME_CHANGED).without(Rule.UPDATE_TIME_ORDER);
        assertEquals(List.of("3 transition-illegal", "4 update-time-regressed"), found(audit, mixed()));
        assertEquals(
                List.of("3 transition-illegal", "4 start-time-changed"),
                found(audit.without(Rule.UPDATE_TIME_REGRESSED), mixed()));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> JobAudit.observer().without(Rule.TRANSITION_ILLEGAL));
        assertEquals("transition-illegal cannot be excluded: it is the lifecycle", refused.getMessage());
    }

    @Test
    void eachSettingLeavesTheOthersAsTheyAre() throws Exception {
        Vector<UnaryOperator<JobAudit>> settings = Vector.of(
                audit -> audit.without(Rule.CREATE_TIME_REQUIRED),
                audit -> audit.fallback(JobKind.DATA_LABELING_JOB),
                JobAudit::inOrderOfUpdateTime,
                audit -> audit.forgetFinishedAfter(WEEK));
        JobSnapshot pending = pending("7").withName("job 7").withCreateTime(null);
        JobSnapshot succeeded = pending.withState(JobState.SUCCEEDED).withUpdateTime(Jobs.ENDED);
        for (Vector<UnaryOperator<JobAudit>> order : settings.permutations()) {
            JobAudit audit = order.foldLeft(JobAudit.authority(), (before, setting) -> setting.apply(before));
            try (AuditHarness harness = new AuditHarness(audit)) {
                harness.read(succeeded, pending).watermark(AFTER_ALL);
                assertEquals(List.of("1 transition-illegal"), harness.found());
                harness.clock(WEEK.toMillis());
                assertEquals(0, harness.jobs());
            }
        }
    }

    @Test
    void theLastOrderIsTheOneThatCounts() throws Exception {
        JobAudit audit = JobAudit.observer().inOrderOfUpdateTime().inArrivalOrder();
        try (AuditHarness harness = new AuditHarness(audit)) {
            harness.read(mixed());
            assertEquals(
                    List.of("3 transition-illegal", "3 end-time-changed", "4 update-time-regressed"), harness.found());
        }
    }

    @Test
    void metricsCountWhatWasReadAndFound() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            assertEquals(List.of("findings 0", "jobs 0", "late 0", "snapshots 0", "unreadable 0"), harness.metrics());
            harness.read(running("7"), succeeded("8"), running("8").withUpdateTime(Jobs.ENDED.plusSeconds(1)));
            assertEquals("snapshots 0", harness.metrics().get(3));
            harness.watermark(AFTER_ALL);
            assertEquals(List.of("3 transition-illegal", "3 end-time-changed"), harness.found());
            for (int i = 0; i < 4; i++) {
                harness.read(pending("7"));
            }
            for (int i = 0; i < 5; i++) {
                harness.readUnreadable(new Unreadable(Reason.STATE_MISSING, null, null, "state is missing"));
            }
            assertEquals(List.of("findings 2", "jobs 2", "late 4", "snapshots 3", "unreadable 5"), harness.metrics());
        }
    }

    @Test
    void aNameThatTellsNoKindIsOfTheFallback() throws Exception {
        JobSnapshot job = succeeded("7").withName("job 7").withEndTime(null);
        assertEquals(List.of("1 end-time-required"), found(JobAudit.observer(), job));
        assertEquals(List.of("1 end-time-required"), found(JobAudit.observer().fallback(JobKind.CUSTOM_JOB), job));
        JobSnapshot labeling = job.withStartTime(null);
        assertEquals(List.of(), found(JobAudit.observer().fallback(JobKind.DATA_LABELING_JOB), labeling));
        JobSnapshot tuning = labeling.withName(Jobs.name("7"));
        assertEquals(
                List.of("1 start-time-required", "1 end-time-required"),
                found(JobAudit.observer().fallback(JobKind.DATA_LABELING_JOB), tuning));
    }

    @Test
    void aJobWithoutANameIsCheckedAlone() throws Exception {
        JobSnapshot first = succeeded("7").withName(null);
        JobSnapshot second = running("7").withName(null).withEndTime(NOON);
        assertEquals(List.of("2 end-time-premature", "2 end-time-order"), found(JobAudit.observer(), first, second));
    }

    @Test
    void whatCannotBeReadIsSetAsideAndChangesNothing() throws Exception {
        for (JobAudit audit : List.of(JobAudit.observer(), JobAudit.observer().inOrderOfUpdateTime())) {
            try (AuditHarness harness = new AuditHarness(audit)) {
                harness.read(running("7"));
                harness.readUnreadable(new Unreadable(Reason.STATE_MISSING, Jobs.name("7"), null, "state is missing"));
                harness.read(succeeded("7"));
                harness.watermark(AFTER_ALL);
                assertEquals(List.of(), harness.found());
                assertEquals(
                        List.of(new JobFinding(
                                Place.ofLine("file", 2), 0, Jobs.name("7"), "state-missing", null, "state is missing")),
                        harness.side(JobAudit.UNREADABLE));
            }
        }
    }

    @Test
    void inOrderOfUpdateTimeASnapshotWaitsForTheWatermark() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            harness.read(succeeded("7").withEndTime(null), running("7"), pending("7"));
            harness.watermark(Jobs.ENDED.toEpochMilli() - 1);
            assertEquals(List.of(), harness.found());
            harness.watermark(Jobs.ENDED.toEpochMilli());
            assertEquals(List.of("1 end-time-required"), harness.found());
            assertEquals(0, harness.timers());
        }
    }

    @Test
    void equalUpdateTimesAreAuditedInTheOrderOfTheirPlaces() throws Exception {
        JobSnapshot cancelling = running("7").withState(JobState.CANCELLING);
        JobSnapshot paused = running("7").withState(JobState.PAUSED);
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            harness.read(JobRecord.of(Place.ofLine("b", 1), paused));
            harness.read(JobRecord.of(Place.ofLine("a", 2), cancelling));
            harness.watermark(AFTER_ALL);
            assertEquals("b", harness.findings().get(0).place().source());
        }
    }

    @Test
    void timesAreComparedToTheNanosecond() throws Exception {
        JobSnapshot earlier = succeeded("7");
        JobSnapshot later =
                succeeded("7").withUpdateTime(Jobs.ENDED.plusNanos(1)).withError(new JobError(3, ""));
        assertEquals(List.of("1 error-unexpected"), found(JobAudit.observer().inOrderOfUpdateTime(), later, earlier));
    }

    @Test
    void whatComesAfterALaterOneWasAuditedIsLate() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            harness.read(running("7")).watermark(Jobs.STARTED.toEpochMilli());
            harness.read(pending("7"), pending("7").withUpdateTime(null), running("7"), pending("8"));
            assertEquals(List.of(2L, 3L), harness.late());
            harness.read(succeeded("7")).watermark(AFTER_ALL);
            assertEquals(List.of(), harness.found());
            assertEquals(List.of(2L, 3L), harness.late());
        }
    }

    @Test
    void aJobThatIsReadForTheFirstTimeLongAfterItsUpdateIsNotLate() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            harness.watermark(AFTER_ALL);
            harness.read(succeeded("7").withEndTime(null));
            assertEquals(List.of("1 end-time-required"), harness.found());
            assertEquals(List.of(), harness.late());
        }
    }

    @Test
    void snapshotsWithoutUpdateTimeComeFirst() throws Exception {
        JobSnapshot untimed = running("7").withUpdateTime(null);
        assertEquals(List.of(), found(JobAudit.observer().inOrderOfUpdateTime(), succeeded("7"), untimed, untimed));
    }

    @Test
    void aFinishedJobIsForgotten() throws Exception {
        for (JobAudit audit : List.of(JobAudit.observer(), JobAudit.observer().inOrderOfUpdateTime())) {
            try (AuditHarness harness = new AuditHarness(audit.forgetFinishedAfter(WEEK))) {
                harness.clock(1000);
                harness.read(running("7"), running("8"), succeeded("8")).watermark(AFTER_ALL);
                assertEquals(2, harness.jobs());
                harness.clock(1000 + WEEK.toMillis() - 1);
                assertEquals(2, harness.jobs());
                harness.clock(1000 + WEEK.toMillis());
                assertEquals(1, harness.jobs());
                harness.read(running("8").withUpdateTime(Jobs.ENDED.plusSeconds(1)));
                assertEquals(List.of(), harness.found());
            }
        }
    }

    @Test
    void theTimeBeginsWhenAJobIsSeenFinished() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().forgetFinishedAfter(WEEK))) {
            harness.read(running("7"));
            harness.clock(WEEK.toMillis() - 1);
            harness.read(succeeded("7"));
            harness.clock(2 * WEEK.toMillis() - 2);
            assertEquals(1, harness.jobs());
            harness.clock(2 * WEEK.toMillis() - 1);
            assertEquals(0, harness.jobs());
        }
    }

    @Test
    void aJobThatDidNotStayFinishedIsForgottenWhenItFinishesAgain() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().forgetFinishedAfter(WEEK))) {
            harness.read(succeeded("7"), running("7").withUpdateTime(Jobs.ENDED.plusSeconds(1)));
            harness.clock(WEEK.toMillis());
            assertEquals(1, harness.jobs());
            harness.read(succeeded("7").withUpdateTime(Jobs.ENDED.plusSeconds(2)));
            harness.clock(2 * WEEK.toMillis());
            assertEquals(0, harness.jobs());
        }
    }

    @Test
    void pollsOfAFinishedJobMakeNoMoreTimers() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().forgetFinishedAfter(WEEK))) {
            for (int i = 0; i < 10; i++) {
                harness.clock(i);
                harness.read(succeeded("7"), succeeded("7").withUpdateTime(Jobs.ENDED.plusSeconds(i)));
            }
            assertEquals(1, harness.timers());
        }
    }

    private static OperatorSubtaskState finished(JobAudit audit) throws Exception {
        try (AuditHarness harness = new AuditHarness(audit)) {
            harness.read(succeeded("7"));
            return harness.state();
        }
    }

    @Test
    void aJobThatHadFinishedBeforeThereWasATimeIsForgottenAfterItsNextSnapshot() throws Exception {
        JobAudit audit = JobAudit.observer().forgetFinishedAfter(WEEK);
        try (AuditHarness harness = new AuditHarness(audit, false, finished(JobAudit.observer()))) {
            harness.clock(10 * WEEK.toMillis());
            assertEquals(1, harness.jobs());
            harness.read(succeeded("7"));
            harness.clock(10 * WEEK.toMillis() + 1);
            harness.read(succeeded("7"));
            assertEquals(1, harness.timers());
            harness.clock(11 * WEEK.toMillis());
            assertEquals(0, harness.jobs());
        }
    }

    @Test
    void aJobThatHasATimeToBeForgottenKeepsItWhenTheAuditChanges() throws Exception {
        for (JobAudit other : List.of(JobAudit.observer(), JobAudit.observer().forgetFinishedAfter(WEEK.plus(WEEK)))) {
            OperatorSubtaskState state = finished(JobAudit.observer().forgetFinishedAfter(WEEK));
            try (AuditHarness harness = new AuditHarness(other, false, state)) {
                harness.read(succeeded("7"));
                harness.clock(WEEK.toMillis() - 1);
                assertEquals(1, harness.jobs());
                harness.clock(WEEK.toMillis());
                assertEquals(0, harness.jobs());
                assertEquals(0, harness.timers());
            }
        }
    }

    @Test
    void timeToForgetIsMoreThanZeroAndNotEndless() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(Long.MAX_VALUE))) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> JobAudit.observer().forgetFinishedAfter(time));
            assertEquals(
                    "time is " + time + ": expected more than zero, and at most 100000 days", refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStateIsRestored(boolean onDisk) throws Exception {
        OperatorSubtaskState state;
        try (AuditHarness before = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime(), onDisk, null)) {
            before.read(succeeded("7")).watermark(AFTER_ALL);
            before.read(running("7").withUpdateTime(Instant.ofEpochMilli(AFTER_ALL + 1)));
            state = before.state();
        }
        try (AuditHarness after = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime(), onDisk, state)) {
            after.watermark(AFTER_ALL + 1);
            assertEquals(List.of("2 transition-illegal", "2 end-time-changed"), after.found());
        }
    }

    // A job that had finished and was to be forgotten, and three snapshots that waited, two of them for the same time.
    @Test
    void whatTheFirstFormatKeptIsGoneOnWith() throws Exception {
        JobAudit audit = JobAudit.observer().inOrderOfUpdateTime().forgetFinishedAfter(WEEK);
        if (Boolean.getBoolean("update.savepoint")) {
            try (AuditHarness harness = new AuditHarness(audit)) {
                harness.read(succeeded("7")).watermark(Jobs.ENDED.toEpochMilli());
                JobSnapshot failed = running("8").withUpdateTime(Jobs.ENDED.plusSeconds(1));
                harness.read(failed.withError(new JobError(13, "m\u00fcde")), failed.withCreateTime(null));
                harness.read(running("7").withUpdateTime(Jobs.ENDED.plusSeconds(2)));
                OperatorSnapshotUtil.writeStateHandle(harness.state(), FIRST_FORMAT);
            }
        }
        try (AuditHarness harness =
                new AuditHarness(audit, false, OperatorSnapshotUtil.readStateHandle(FIRST_FORMAT))) {
            harness.watermark(AFTER_ALL);
            assertEquals(
                    List.of(
                            "2 error-unexpected",
                            "3 create-time-required",
                            "3 create-time-changed",
                            "3 error-changed",
                            "4 transition-illegal",
                            "4 end-time-changed"),
                    harness.found());
            assertEquals(1, harness.timers());
            harness.clock(WEEK.toMillis());
            assertEquals(0, harness.timers());
        }
    }

    @Test
    void anAuditThatDiffersTakesOverTheState() throws Exception {
        OperatorSubtaskState state;
        try (AuditHarness before = new AuditHarness(JobAudit.observer().forgetFinishedAfter(WEEK))) {
            before.read(succeeded("7"), running("8"));
            state = before.state();
        }
        JobAudit other = JobAudit.authority().inOrderOfUpdateTime().without(Rule.END_TIME_CHANGED);
        try (AuditHarness after = new AuditHarness(other, false, state)) {
            assertEquals(2, after.jobs());
            after.read(running("7").withUpdateTime(Instant.ofEpochMilli(AFTER_ALL)));
            after.watermark(AFTER_ALL);
            assertEquals(List.of("1 transition-illegal"), after.found());
            after.clock(WEEK.toMillis());
            assertEquals(2, after.jobs());
        }
    }

    // Polls of a job that does not change have the same updateTime.
    @Test
    void equalSnapshotsThatWaitAreEachWrittenOnce() throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime(), true, null)) {
            for (int i = 0; i < 20_000; i++) {
                harness.read(running("7"));
            }
            harness.read(succeeded("7").withEndTime(null)).watermark(AFTER_ALL);
            assertEquals(List.of("20001 end-time-required"), harness.found());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalSnapshotsMayBeMoreThanMemoryHolds(boolean sorted) throws Exception {
        JobAudit audit = JobAudit.observer().inOrderOfUpdateTime();
        int snapshots = 150_000; // the sorter of records keeps less than half of them
        try (AuditHarness harness = new AuditHarness(sorted ? audit.ofSorted() : audit)) {
            for (int line = snapshots; line > 0; line--) {
                JobSnapshot job = line == snapshots / 2 ? running("7").withEndTime(NOON) : running("7");
                harness.read(JobRecord.of(Place.ofLine("polls", line), job));
            }
            harness.watermark(Long.MAX_VALUE);
            assertEquals(
                    List.of(
                            snapshots / 2 + " end-time-premature",
                            snapshots / 2 + " end-time-order",
                            snapshots / 2 + 1 + " end-time-changed"),
                    harness.found());
        }
    }

    @Test
    void watermarksAreNotBeforeTheBeginning() {
        assertThrows(
                IllegalArgumentException.class,
                () -> JobAudit.watermarks(Duration.ofSeconds(-1), Duration.ofSeconds(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> JobAudit.watermarks(Duration.ofSeconds(1), Duration.ofSeconds(-1)));
    }
}
