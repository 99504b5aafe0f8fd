package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.ALMOST_SECOND;
import static org.joblifecycle.transition.Snapshots.BEFORE;
import static org.joblifecycle.transition.Snapshots.CANCELED;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.MORE;
import static org.joblifecycle.transition.Snapshots.NANO;
import static org.joblifecycle.transition.Snapshots.OK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.joblifecycle.transition.Snapshots.absentOr;
import static org.joblifecycle.transition.Snapshots.noneOr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check over bounded spaces of snapshots and of pairs is what the specification says. */
class CheckTest {
    private static final String KINDS_AND_MODES = "org.joblifecycle.transition.Agreement#kindsAndModes";

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyPairOfStatesIsWhatTheTableSays(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        for (JobState from : JobState.values()) {
            for (JobState to : JobState.values()) {
                agreement.onCheck(JobSnapshot.of(null, from), JobSnapshot.of(null, to));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everySnapshotAloneBreaksTheRulesOfTheSpecification(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<Instant> times = absentOr(T0, NANO, ALMOST_SECOND, SECOND, MORE);
        for (JobSnapshot job : Snapshots.all(times, noneOr(CANCELED, DISK))) {
            agreement.onCheck(null, job);
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyErrorIsJudgedByItsCode(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        for (JobSnapshot job : Snapshots.all(absentOr(T0), noneOr())) {
            for (int code : new int[] {Integer.MIN_VALUE, -1, 0, 1, 2, 8, 15, 16, 17, Integer.MAX_VALUE}) {
                agreement.onCheck(null, job.withError(JobError.of(code)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyChangeOfTwoFieldsBreaksTheRulesOfTheSpecification(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        for (JobSnapshot before : Snapshots.all(absentOr(T0, SECOND), noneOr(CANCELED, DISK))) {
            for (JobSnapshot neighbour :
                    Snapshots.neighbours(before, absentOr(T0, NANO, SECOND), noneOr(CANCELED, DISK, OK))) {
                for (JobState to : JobState.values()) {
                    agreement.onCheck(before, neighbour.withState(to));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyChangeOfAllFieldsAtOnceBreaksTheRulesOfTheSpecification(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<JobSnapshot> befores = Snapshots.all(absentOr(T0), noneOr(DISK));
        for (JobSnapshot after : Snapshots.all(absentOr(BEFORE, SECOND), noneOr(DISK))) {
            for (JobSnapshot before : befores) {
                agreement.onCheck(before, after);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyNameThatIsSetChangedOrRemovedIsJudged(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<String> names = Arrays.asList(null, "", "tuningJobs/1", "tuningJobs/2");
        for (JobTransition edge : JobTransition.values()) {
            for (String before : names) {
                for (String after : names) {
                    agreement.onCheck(JobSnapshot.of(before, edge.source()), JobSnapshot.of(after, edge.target()));
                    agreement.onCheck(JobSnapshot.of(before, edge.source()), JobSnapshot.of(after, edge.source()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyAuditGoesOnFromTheBaselineOfTheSpecification(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<JobSnapshot> jobs = Snapshots.namedOrNot(Snapshots.all(absentOr(T0, SECOND), noneOr())).stream()
                .filter(job -> T0.equals(job.createTime()) && job.endTime() == null)
                .toList();
        for (JobSnapshot first : jobs) {
            JobSnapshot baseline = agreement.onAudit(null, first);
            for (JobSnapshot second : jobs) {
                agreement.onAudit(baseline, second);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUpdateTimeOfABaselineNeverGoesBack(Mode mode) {
        Agreement agreement = new Agreement(JobKind.CUSTOM_JOB, mode);
        List<JobSnapshot> polls = new ArrayList<>();
        for (JobState state : List.of(JobState.QUEUED, JobState.CANCELLING)) {
            for (Instant update : absentOr(T0, NANO, SECOND)) {
                polls.add(JobSnapshot.of("customJobs/1", state).withUpdateTime(update));
            }
        }
        for (JobSnapshot first : polls) {
            for (JobSnapshot second : polls) {
                for (JobSnapshot third : polls) {
                    Instant latest = first.updateTime();
                    JobSnapshot baseline = agreement.onAudit(null, first);
                    for (JobSnapshot poll : List.of(second, third)) {
                        baseline = agreement.onAudit(baseline, poll);
                        Instant update = poll.updateTime();
                        latest = latest == null || (update != null && update.isAfter(latest)) ? update : latest;
                        assertEquals(latest, baseline.updateTime());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void noTimeIsTooFarOutToBeCompared(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<Instant> times = absentOr(Instant.MIN, Instant.MIN.plusNanos(999_999_999), T0, Instant.MAX);
        for (JobState state : new JobState[] {JobState.UNSPECIFIED, JobState.RUNNING, JobState.FAILED}) {
            for (JobSnapshot job : Snapshots.all(state, times, noneOr())) {
                agreement.onCheck(null, job);
                for (JobSnapshot neighbour : Snapshots.neighbours(job, times, noneOr())) {
                    agreement.onCheck(job, neighbour);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void aThingAgainstItselfIsUnchangedAndLegalHoweverFaulty(JobKind kind, Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
        for (JobSnapshot job : Snapshots.all(absentOr(T0, MORE), noneOr(DISK, OK))) {
            Verdict verdict = lifecycle.check(job, job);
            if (!verdict.isLegal() || !verdict.change().equals(new Change.Unchanged())) {
                throw new AssertionError(job + " " + verdict);
            }
        }
    }
}
