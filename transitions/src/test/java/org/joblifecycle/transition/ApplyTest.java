package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.ALMOST_SECOND;
import static org.joblifecycle.transition.Snapshots.CANCELED;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.MORE;
import static org.joblifecycle.transition.Snapshots.OK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.joblifecycle.transition.Snapshots.absentOr;
import static org.joblifecycle.transition.Snapshots.noneOr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event applied to every snapshot of a bounded space, valid or not. */
class ApplyTest {
    private static final String KINDS_AND_MODES = "org.joblifecycle.transition.Agreement#kindsAndModes";
    private static final List<JobSnapshot> JOBS =
            Snapshots.namedOrNot(Snapshots.all(absentOr(T0, SECOND), noneOr(CANCELED, DISK)));

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void everyEventOnEveryJobDoesWhatTheSpecificationSays(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        for (JobSnapshot job : JOBS) {
            for (JobEvent event : JobEvent.values()) {
                for (Instant now : List.of(T0, ALMOST_SECOND, SECOND)) {
                    agreement.onApply(job, event, now, null);
                    agreement.onApply(job, event, now, DISK);
                    agreement.onApply(job, event, now, OK);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatApplyAnswersPassesTheCheckAsThatVeryEdge(JobKind kind) {
        JobLifecycle authority = JobLifecycle.authority(kind);
        Set<JobTransition> met = EnumSet.noneOf(JobTransition.class);
        for (JobSnapshot job : valid(authority)) {
            for (JobTransition edge : JobTransition.from(job.state())) {
                for (Instant now : List.of(T0, SECOND, MORE)) {
                    for (JobError error : noneOr(CANCELED, DISK)) {
                        authority.apply(job, edge.event(), now, error).peek(next -> {
                            Verdict verdict = authority.check(job, next);
                            assertTrue(verdict.isLegal(), verdict::toString);
                            assertEquals(new Change.Stepped(edge), verdict.change());
                            met.add(edge);
                        });
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(JobTransition.class), met);
    }

    @ParameterizedTest
    @EnumSource
    void everyStepOfAValidJobThatTheAuthorityAcceptsCanBeMadeByApply(JobKind kind) {
        JobLifecycle authority = JobLifecycle.authority(kind);
        Set<JobTransition> met = EnumSet.noneOf(JobTransition.class);
        for (JobSnapshot job : valid(authority)) {
            Instant now = job.notBefore(T0);
            for (JobSnapshot next : JOBS) {
                Verdict verdict = authority.check(job, next);
                if (verdict.isLegal() && verdict.change() instanceof Change.Stepped step) {
                    JobTransition edge = step.transition();
                    assertEquals(
                            next.state(),
                            authority.apply(job, edge.event(), now).get().state());
                    met.add(edge);
                }
            }
        }
        assertEquals(EnumSet.allOf(JobTransition.class), met);
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void permittedEventsAreThoseThatApplyDoesNotRefuse(JobKind kind, Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
        NaiveLifecycle naive = new NaiveLifecycle(kind, Mode.AUTHORITY);
        for (JobSnapshot job : JOBS) {
            Instant earliest =
                    NaiveLifecycle.times(job).stream().max(Instant::compareTo).orElse(Instant.EPOCH);
            Set<JobEvent> expected = EnumSet.noneOf(JobEvent.class);
            for (JobEvent event : JobEvent.values()) {
                if (naive.apply(job, event, earliest, null).job() != null
                        && naive.apply(job, event, earliest.plusSeconds(1), null)
                                        .job()
                                != null) {
                    expected.add(event);
                }
            }
            assertEquals(expected, lifecycle.permittedEvents(job), job::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"TUNING_JOB", "DATA_LABELING_JOB"})
    void aCancellingJobThatNeverStartedIsNotOfferedToSucceed(JobKind kind) {
        JobSnapshot job = JobSnapshot.of(null, JobState.CANCELLING).withCreateTime(T0);
        assertEquals(
                kind == JobKind.TUNING_JOB
                        ? List.of(JobEvent.FAIL, JobEvent.CONFIRM_CANCEL)
                        : List.of(JobEvent.SUCCEED, JobEvent.FAIL, JobEvent.CONFIRM_CANCEL),
                List.copyOf(JobLifecycle.authority(kind).permittedEvents(job)));
        assertThrows(
                UnsupportedOperationException.class,
                () -> JobLifecycle.authority(kind).permittedEvents(job).clear());
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void noTimeIsTooFarOutForAnEvent(JobKind kind, Mode mode) {
        Agreement agreement = new Agreement(kind, mode);
        List<Instant> times = absentOr(Instant.MIN, Instant.MAX);
        for (JobSnapshot job : Snapshots.all(times, noneOr())) {
            for (JobTransition edge : JobTransition.from(job.state())) {
                agreement.onApply(job, edge.event(), Instant.MIN, null);
                agreement.onApply(job, edge.event(), T0, null);
                agreement.onApply(job, edge.event(), Instant.MAX, null);
            }
            agreement.lifecycle().permittedEvents(job);
        }
    }

    @Test
    void theErrorOfAFailureIsTheGivenOneWhateverItsValidCode() {
        Agreement agreement = new Agreement(JobKind.TUNING_JOB, Mode.AUTHORITY);
        JobSnapshot job = JobSnapshot.of(null, JobState.QUEUED).withCreateTime(T0);
        for (int code = -1; code <= 17; code++) {
            agreement.onApply(job, JobEvent.FAIL, T0, new JobError(code, "why"));
        }
    }

    @Test
    void applyNeverChangesItsArgument() {
        JobSnapshot job = JobSnapshot.of("tuningJobs/1", JobState.RUNNING)
                .withCreateTime(T0)
                .withStartTime(T0)
                .withUpdateTime(T0);
        String before = job.toString();
        for (JobEvent event : JobEvent.values()) {
            JobLifecycle.authority(JobKind.TUNING_JOB).apply(job, event, SECOND);
            assertEquals(before, job.toString());
        }
    }

    @Test
    void theFirstRefusalThatAppliesIsTheOnlyOne() {
        JobLifecycle lifecycle = JobLifecycle.authority(JobKind.TUNING_JOB);
        JobSnapshot job = JobSnapshot.of(null, JobState.CANCELLING).withCreateTime(SECOND);
        assertRefused(Rule.TRANSITION_ILLEGAL, lifecycle, job, JobEvent.START, T0);
        assertRefused(Rule.START_TIME_REQUIRED, lifecycle, job, JobEvent.SUCCEED, T0);
        assertRefused(Rule.UPDATE_TIME_REGRESSED, lifecycle, job, JobEvent.CONFIRM_CANCEL, T0);
        assertRefused(Rule.ERROR_UNEXPECTED, lifecycle, job, JobEvent.CONFIRM_CANCEL, SECOND);
        assertRefused(Rule.ERROR_CODE_INVALID, lifecycle, job, JobEvent.FAIL, SECOND);
    }

    private static void assertRefused(Rule rule, JobLifecycle lifecycle, JobSnapshot job, JobEvent event, Instant now) {
        assertEquals(
                List.of(rule),
                lifecycle
                        .apply(job, event, now, OK)
                        .getError()
                        .map(Violation::rule)
                        .toJavaList());
    }

    private static List<JobSnapshot> valid(JobLifecycle authority) {
        List<JobSnapshot> valid = new ArrayList<>();
        for (JobSnapshot job : JOBS) {
            if (authority.check(job).isLegal()) {
                valid.add(job);
            }
        }
        return valid;
    }
}
