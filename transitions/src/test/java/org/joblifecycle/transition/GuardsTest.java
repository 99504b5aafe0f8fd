package org.joblifecycle.transition;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.transition.Snapshots.BEFORE;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.OK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick paths name each guard: whoever forgets one there is found out by the job that breaks that rule alone. */
class GuardsTest {
    private static final RuleContext OWNER = new RuleContext(Mode.AUTHORITY, JobKind.TUNING_JOB, Set.of());
    private static final JobLifecycle LIFECYCLE = JobLifecycle.authority(JobKind.TUNING_JOB);

    private static final JobSnapshot NEW = JobSnapshot.of("tuningJobs/1", UNSPECIFIED);
    private static final JobSnapshot WAITING =
            NEW.withState(QUEUED).withCreateTime(T0).withUpdateTime(SECOND);
    private static final JobSnapshot STARTED = WAITING.withState(RUNNING).withStartTime(T0);
    private static final JobSnapshot ENDED = STARTED.withState(SUCCEEDED).withEndTime(SECOND);
    private static final JobSnapshot BROKEN =
            WAITING.withState(FAILED).withEndTime(SECOND).withError(DISK);

    /** A rule, and a snapshot or a change that breaks it and no other. */
    private record Case(Rule rule, JobSnapshot before, JobSnapshot after) {}

    static Stream<Case> alone() {
        return Stream.of(
                new Case(Rule.CREATE_TIME_REQUIRED, null, WAITING.withCreateTime(null)),
                new Case(Rule.START_TIME_REQUIRED, null, STARTED.withStartTime(null)),
                new Case(Rule.START_TIME_PREMATURE, null, NEW.withStartTime(T0)),
                new Case(Rule.END_TIME_REQUIRED, null, ENDED.withEndTime(null)),
                new Case(Rule.END_TIME_PREMATURE, null, STARTED.withEndTime(T0)),
                new Case(Rule.ERROR_UNEXPECTED, null, STARTED.withError(DISK)),
                new Case(Rule.ERROR_CODE_INVALID, null, BROKEN.withError(OK)),
                new Case(Rule.START_TIME_ORDER, null, STARTED.withStartTime(BEFORE)),
                new Case(Rule.END_TIME_ORDER, null, ENDED.withStartTime(SECOND).withEndTime(T0)),
                new Case(Rule.UPDATE_TIME_ORDER, null, ENDED.withUpdateTime(T0)),
                new Case(Rule.START_TIME_PREMATURE, WAITING, WAITING.withStartTime(T0)),
                new Case(Rule.TRANSITION_ILLEGAL, STARTED, STARTED.withState(QUEUED)),
                new Case(Rule.NAME_CHANGED, WAITING, WAITING.withName("tuningJobs/2")),
                new Case(Rule.NAME_CHANGED, WAITING, WAITING.withName(null)),
                new Case(Rule.CREATE_TIME_CHANGED, WAITING, WAITING.withCreateTime(SECOND)),
                new Case(Rule.START_TIME_CHANGED, STARTED, STARTED.withStartTime(SECOND)),
                new Case(Rule.END_TIME_CHANGED, ENDED, ENDED.withEndTime(T0)),
                new Case(Rule.ERROR_CHANGED, BROKEN, BROKEN.withError(JobError.of(9))),
                new Case(Rule.UPDATE_TIME_REGRESSED, WAITING, WAITING.withUpdateTime(T0)),
                new Case(Rule.UPDATE_TIME_REGRESSED, WAITING, WAITING.withUpdateTime(null)));
    }

    @ParameterizedTest
    @MethodSource("alone")
    void aRuleThatIsBrokenAloneIsSeenByTheQuickPath(Case broken) {
        assertEquals(
                List.of(broken.rule()),
                Stream.of(Rule.values())
                        .filter(rule -> rule.isReported(OWNER, broken.before(), broken.after()))
                        .toList());
        assertTrue(Guards.isAnyBroken(OWNER, broken.before(), broken.after()));
        assertEquals(
                List.of(broken.rule()),
                LIFECYCLE
                        .check(broken.before(), broken.after())
                        .violations()
                        .map(Violation::rule)
                        .toJavaList());
    }

    @Test
    void everyRuleIsBrokenAloneByOneOfTheseCases() {
        assertEquals(
                EnumSet.allOf(Rule.class),
                EnumSet.copyOf(alone().map(Case::rule).toList()));
    }

    @Test
    void theQuickPathSeesNothingInALegalChange() {
        assertFalse(Guards.isAnyBroken(OWNER, null, ENDED));
        assertFalse(Guards.isAnyBroken(OWNER, WAITING, STARTED));
        assertFalse(Guards.isAnyBroken(OWNER, STARTED, ENDED));
    }

    /** A rule, and an event that it refuses and no other rule does. */
    private record Refused(Rule rule, JobSnapshot job, JobEvent event, Instant now, JobError error) {}

    static Stream<Refused> refusedAlone() {
        JobSnapshot cancelling = WAITING.withState(CANCELLING);
        return Stream.of(
                new Refused(Rule.START_TIME_REQUIRED, cancelling, JobEvent.SUCCEED, SECOND, null),
                new Refused(Rule.UPDATE_TIME_REGRESSED, STARTED, JobEvent.SUCCEED, T0, null),
                new Refused(Rule.ERROR_UNEXPECTED, STARTED, JobEvent.SUCCEED, SECOND, DISK),
                new Refused(Rule.ERROR_CODE_INVALID, STARTED, JobEvent.FAIL, SECOND, OK));
    }

    @ParameterizedTest
    @MethodSource("refusedAlone")
    void aRuleThatRefusesAloneIsSeenByTheQuickPath(Refused refused) {
        JobTransition edge = OWNER.edge(refused.job().state(), refused.event());
        assertEquals(
                List.of(refused.rule()),
                Stream.of(Rule.values())
                        .filter(rule -> rule.refuses(OWNER, refused.job(), edge, refused.now(), refused.error()))
                        .toList());
        assertTrue(Guards.isAnyRefusing(OWNER, refused.job(), edge, refused.now(), refused.error()));
        assertEquals(
                refused.rule(),
                LIFECYCLE
                        .apply(refused.job(), refused.event(), refused.now(), refused.error())
                        .getError()
                        .single()
                        .rule());
    }

    @Test
    void everyRuleOfEventsRefusesAloneInTheOrderOfTheSpecification() {
        assertEquals(
                Rule.ofEvents().toJavaList(), refusedAlone().map(Refused::rule).toList());
    }

    @Test
    void theFirstRefusalIsTheOnlyOne() {
        JobSnapshot cancelling = WAITING.withState(CANCELLING);
        assertEquals(
                Rule.TRANSITION_ILLEGAL,
                LIFECYCLE
                        .apply(cancelling, JobEvent.PAUSE, T0, OK)
                        .getError()
                        .single()
                        .rule());
        assertEquals(
                Rule.START_TIME_REQUIRED,
                LIFECYCLE
                        .apply(cancelling, JobEvent.SUCCEED, T0, OK)
                        .getError()
                        .single()
                        .rule());
        assertEquals(
                Rule.UPDATE_TIME_REGRESSED,
                LIFECYCLE
                        .apply(STARTED, JobEvent.SUCCEED, T0, OK)
                        .getError()
                        .single()
                        .rule());
        assertEquals(
                Rule.ERROR_UNEXPECTED,
                LIFECYCLE
                        .apply(STARTED, JobEvent.SUCCEED, SECOND, OK)
                        .getError()
                        .single()
                        .rule());
    }

    @Test
    void theQuickPathLetsAPermittedEventHappen() {
        assertFalse(Guards.isAnyRefusing(OWNER, STARTED, JobTransition.RUNNING_TO_FAILED, SECOND, DISK));
        assertFalse(Guards.isAnyRefusing(
                OWNER, WAITING.withState(PENDING), JobTransition.PENDING_TO_RUNNING, SECOND, null));
        assertEquals(
                CANCELLED,
                LIFECYCLE
                        .applyOrThrow(STARTED.withState(CANCELLING), JobEvent.CONFIRM_CANCEL, SECOND)
                        .state());
    }
}
