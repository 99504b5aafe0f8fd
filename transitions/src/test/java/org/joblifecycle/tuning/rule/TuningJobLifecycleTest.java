package org.joblifecycle.tuning.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Nulls;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TunedModel;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;

class TuningJobLifecycleTest {
    private static final TuningJobLifecycle OWNER = TuningJobLifecycle.authority();
    private static final TuningJobLifecycle MIRROR = TuningJobLifecycle.observer();
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private static final TuningJob REQUEST = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://b/o"))
            .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"))
            .withUnknown("gcsMetricsUri", new RawJson("\"gs://b/m\""));
    private static final TuningJob CREATED =
            REQUEST.with(TuningJob.NAME, "projects/p/locations/l/tuningJobs/7").withState(JobState.UNSPECIFIED);
    private static final TuningJob PENDING = OWNER.applyOrThrow(CREATED, JobEvent.PREPARE, NOON);
    private static final TuningJob RUNNING = OWNER.applyOrThrow(PENDING, JobEvent.START, NOON.plusSeconds(1));
    private static final TuningJob NEW = RUNNING.with(TuningJob.STATE, OpenEnum.unknown("JOB_STATE_NEW"));
    private static final TuningJob STATELESS = RUNNING.with(TuningJob.STATE, null);
    private static final String NEW_MESSAGE = "state \"JOB_STATE_NEW\" is unknown: expected JOB_STATE_UNSPECIFIED to"
            + " JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11";

    private static Seq<String> ids(Seq<Finding> findings) {
        return findings.map(Finding::id);
    }

    @Test
    void anEventChangesWhatTheLifecycleReadsAndNothingElse() {
        assertEquals(
                CREATED.withState(JobState.RUNNING)
                        .with(TuningJob.CREATE_TIME, NOON)
                        .with(TuningJob.START_TIME, NOON.plusSeconds(1))
                        .with(TuningJob.UPDATE_TIME, NOON.plusSeconds(1)),
                RUNNING);
        assertEquals(
                RpcStatus.of(new JobError(8, "no space left")),
                OWNER.apply(RUNNING, JobEvent.FAIL, NOON.plusSeconds(2), new JobError(8, "no space left"))
                        .get()
                        .error());
    }

    @Test
    void anEventIsRefusedAsOfASnapshot() {
        Validation<Seq<Finding>, TuningJob> refused = OWNER.apply(RUNNING, JobEvent.RESUME, NOON);

        assertEquals(
                OWNER.lifecycle()
                        .apply(RUNNING.snapshot().get(), JobEvent.RESUME, NOON)
                        .getError()
                        .map(Violation::message),
                refused.getError().map(Finding::message));
        assertEquals(List.of("transition-illegal"), ids(refused.getError()));
        assertEquals(List.of("state"), refused.getError().map(Finding::path));
        assertEquals(
                Rule.TRANSITION_ILLEGAL.evidence(), refused.getError().head().evidence());
    }

    @Test
    void aRefusedEventIsThrownWithItsFindings() {
        IllegalUpdateException refused = assertThrows(
                IllegalUpdateException.class, () -> OWNER.applyOrThrow(RUNNING, JobEvent.RESUME, NOON, null));

        assertEquals(List.of("transition-illegal"), ids(refused.findings()));
        assertEquals(
                List.of("state-unknown"),
                ids(assertThrows(IllegalUpdateException.class, () -> OWNER.applyOrThrow(NEW, JobEvent.FAIL, NOON))
                        .findings()));
    }

    @Test
    void anUpdateIsCheckedAsThatOfASnapshot() {
        for (TuningJobLifecycle service : List.of(OWNER, MIRROR)) {
            for (TuningJob after : List.of(RUNNING, PENDING, RUNNING.with(TuningJob.START_TIME, null), CREATED)) {
                Verdict update = service.lifecycle()
                        .check(PENDING.snapshot().get(), after.snapshot().get());
                assertEquals(
                        new TuningJobVerdict(Option.some(update.change()), Seq.narrow(update.violations())),
                        service.checkUpdate(PENDING, after));

                Verdict first = service.lifecycle().check(after.snapshot().get());
                assertEquals(
                        new TuningJobVerdict(Option.some(first.change()), Seq.narrow(first.violations())),
                        service.check(after));
            }
        }
    }

    @Test
    void lifecycleAndFieldsAreAnsweredTogether() {
        TuningJob wrong = RUNNING.withState(JobState.QUEUED)
                .with(TuningJob.BASE_MODEL, "gemini-3")
                .with(TuningJob.LABELS, LinkedHashMap.of("Team", "search"));

        TuningJobVerdict verdict = OWNER.checkUpdate(RUNNING, wrong);
        assertEquals(
                List.of("transition-illegal", "label-character-illegal", "immutable-changed"), ids(verdict.findings()));
        assertEquals(Option.some(new Change.Illegal(JobState.RUNNING, JobState.QUEUED)), verdict.change());
        assertEquals(
                verdict.findings(),
                assertThrows(IllegalUpdateException.class, verdict::orElseThrow).findings());
        assertEquals(
                List.of("create-time-required", "label-character-illegal"),
                ids(OWNER.check(wrong.with(TuningJob.CREATE_TIME, null)).findings()));
    }

    @Test
    void aLegalVerdictThrowsNothing() {
        TuningJobVerdict verdict = OWNER.checkUpdate(PENDING, RUNNING);

        assertTrue(verdict.isLegal());
        verdict.orElseThrow();
        assertEquals(Option.some(new Change.Stepped(JobTransition.PENDING_TO_RUNNING)), verdict.change());
    }

    @Test
    void anOldFaultOfAFieldIsNotReportedAgain() {
        TuningJob known = PENDING.with(TuningJob.LABELS, LinkedHashMap.of("Team", "search"));
        TuningJob next = RUNNING.with(TuningJob.LABELS, LinkedHashMap.of("Team", "search"));

        assertEquals(List.of("label-character-illegal"), ids(OWNER.check(known).findings()));
        assertEquals(List.empty(), OWNER.checkUpdate(known, next).findings());
    }

    @Test
    void aRequestIsCheckedByItsFields() {
        assertEquals(List.empty(), OWNER.checkCreate(REQUEST));
        assertEquals(
                List.of("output-only-set", "base-model-required"),
                ids(OWNER.checkCreate(REQUEST.withState(JobState.RUNNING).with(TuningJob.BASE_MODEL, null))));
        assertEquals(Seq.<Finding>narrow(TuningJobRules.checkCreate(RUNNING)), MIRROR.checkCreate(RUNNING));
    }

    @Test
    void aClientChangesWhatIsItsOwn() {
        assertEquals(
                List.empty(), OWNER.checkClientUpdate(RUNNING, RUNNING.with(TuningJob.DESCRIPTION, "better words")));
        assertEquals(
                List.of("output-only-changed"),
                ids(OWNER.checkClientUpdate(RUNNING, RUNNING.withState(JobState.CANCELLING))));
    }

    @Test
    void whatTheLifecycleDoesNotReadIsNoChangeToIt() {
        assertEquals(
                Option.some(new Change.Unchanged()),
                OWNER.checkUpdate(RUNNING, RUNNING.with(TuningJob.DESCRIPTION, "new"))
                        .change());
    }

    // Recorded in real life.
    @Test
    void aFailedJobMayHaveATunedModelAnExperimentAndStatistics() {
        TuningJob failed = OWNER.applyOrThrow(RUNNING, JobEvent.FAIL, NOON.plusSeconds(2), JobError.of(13))
                .with(TuningJob.TUNED_MODEL, TunedModel.EMPTY.with(TunedModel.MODEL, "m"))
                .with(TuningJob.EXPERIMENT, "e")
                .with(TuningJob.TUNING_DATA_STATS, TuningDataStats.EMPTY);

        assertTrue(OWNER.checkUpdate(RUNNING, failed).isLegal());
        assertTrue(OWNER.check(failed).isLegal());
    }

    @Test
    void anUnknownStateIsReportedAndNeverGuessed() {
        List<Finding> expected = List.of(new FieldViolation(FieldRule.STATE_UNKNOWN, "state", NEW_MESSAGE));
        TuningJobVerdict verdict = new TuningJobVerdict(Option.none(), expected);

        assertEquals(verdict, OWNER.check(NEW));
        assertEquals(verdict, MIRROR.check(NEW));
        assertEquals(verdict, MIRROR.checkUpdate(RUNNING, NEW));
        assertEquals(verdict, OWNER.checkUpdate(RUNNING, NEW));
        assertEquals(expected, OWNER.apply(NEW, JobEvent.FAIL, NOON).getError());
        assertEquals(
                List.of("state-missing"),
                ids(OWNER.apply(STATELESS, JobEvent.FAIL, NOON).getError()));
    }

    @Test
    void aBaselineWithoutAKnownStateIsReportedToAnAuthority() {
        assertEquals(
                new TuningJobVerdict(
                        Option.none(),
                        List.of(new FieldViolation(FieldRule.STATE_UNKNOWN, "state", "the baseline: " + NEW_MESSAGE))),
                OWNER.checkUpdate(NEW, RUNNING));
        assertEquals(
                List.of("the baseline: state is missing: expected a state such as JOB_STATE_RUNNING", NEW_MESSAGE),
                OWNER.checkUpdate(STATELESS, NEW).findings().map(Finding::message));
    }

    @Test
    void anObserverGoesOnFromABaselineWithoutAKnownState() {
        for (TuningJob baseline : List.of(NEW, STATELESS)) {
            assertEquals(
                    new TuningJobVerdict(Option.some(new Change.Appeared(JobState.RUNNING)), List.empty()),
                    MIRROR.checkUpdate(baseline, RUNNING));
        }
    }

    @Test
    void anAuditGoesOnFromTheNewestObservation() {
        TuningJobAuditStep first = MIRROR.audit(null, PENDING);
        TuningJobAuditStep next = MIRROR.audit(first.baseline(), RUNNING);
        TuningJobAuditStep late = MIRROR.audit(next.baseline(), PENDING);

        assertSame(PENDING, first.baseline());
        assertSame(RUNNING, next.baseline());
        assertSame(RUNNING, late.baseline());
        assertEquals(Option.some(new Change.Stale()), late.verdict().change());
        assertSame(RUNNING, OWNER.audit(RUNNING, PENDING).baseline());
    }

    @Test
    void theBaselineOfAnObserverKeepsItsUpdateTimeOverAnAnswerWithoutOne() {
        TuningJob inPart = RUNNING.with(TuningJob.UPDATE_TIME, null)
                .with(TuningJob.DESCRIPTION, "new")
                .with(TuningJob.BASE_MODEL, null);
        TuningJobAuditStep step = MIRROR.audit(RUNNING, inPart);

        assertEquals(MIRROR.checkUpdate(RUNNING, inPart), step.verdict());
        assertEquals(inPart.with(TuningJob.UPDATE_TIME, RUNNING.updateTime()), step.baseline());
        assertEquals(
                Option.some(new Change.Stale()),
                MIRROR.audit(step.baseline(), PENDING).verdict().change());
        assertSame(inPart, MIRROR.audit(null, inPart).baseline());
        assertSame(RUNNING, OWNER.audit(RUNNING, inPart).baseline());
        assertEquals(
                List.of("update-time-regressed", "immutable-changed"),
                ids(OWNER.audit(RUNNING, inPart).verdict().findings()));
    }

    @Test
    void aStaleObservationHasNoOtherFindings() {
        TuningJob stale = PENDING.with(TuningJob.BASE_MODEL, "gemini-3");

        assertEquals(
                List.of("update-time-regressed"),
                ids(MIRROR.checkUpdate(RUNNING, stale).findings()));
    }

    @Test
    void anUnknownStateDoesNotBecomeTheBaselineOfAnAudit() {
        assertSame(RUNNING, MIRROR.audit(RUNNING, NEW).baseline());
        assertSame(RUNNING, OWNER.audit(RUNNING, STATELESS).baseline());
        for (TuningJobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            TuningJobAuditStep first = lifecycle.audit(null, NEW);
            assertNull(first.baseline());
            assertEquals(List.of("state-unknown"), ids(first.verdict().findings()));
        }
    }

    @Test
    void aNewJobBeginsAsOneThatWasUnspecified() {
        TuningJob ended = OWNER.applyOrThrow(RUNNING, JobEvent.SUCCEED, NOON.plusSeconds(2))
                .with(TuningJob.LABELS, LinkedHashMap.of("Team", "search"));

        assertTrue(OWNER.checkNew(PENDING).isLegal());
        assertEquals(
                Option.some(new Change.Stepped(JobTransition.UNSPECIFIED_TO_PENDING)),
                OWNER.checkNew(PENDING).change());
        assertEquals(
                List.of("start-time-premature", "transition-illegal", "label-character-illegal"),
                ids(OWNER.checkNew(ended).findings()));
        assertEquals(
                List.of("label-character-illegal"), ids(MIRROR.checkNew(ended).findings()));
        assertEquals(List.of("state-unknown"), ids(OWNER.checkNew(NEW).findings()));
    }

    @Test
    void itIsMadeOfALifecycleOfTuningJobs() {
        TuningJobLifecycle cannotPause =
                TuningJobLifecycle.of(OWNER.lifecycle().without(JobTransition.RUNNING_TO_PAUSED));

        assertTrue(OWNER.apply(RUNNING, JobEvent.PAUSE, NOON.plusSeconds(1)).isValid());
        assertEquals(
                List.of("transition-illegal"),
                ids(cannotPause
                        .apply(RUNNING, JobEvent.PAUSE, NOON.plusSeconds(1))
                        .getError()));
        assertEquals(
                "the observer of CUSTOM_JOB knows no TuningJob: expected a lifecycle of TUNING_JOB",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TuningJobLifecycle.of(JobLifecycle.observer(JobKind.CUSTOM_JOB)))
                        .getMessage());
    }

    @Test
    void itIsEqualByValue() {
        assertEquals(OWNER, TuningJobLifecycle.of(JobLifecycle.authority(JobKind.TUNING_JOB)));
        assertEquals(
                OWNER.hashCode(),
                TuningJobLifecycle.of(JobLifecycle.authority(JobKind.TUNING_JOB))
                        .hashCode());
        assertNotEquals(OWNER, MIRROR);
        assertEquals("observer of TUNING_JOB", MIRROR.toString());
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("lifecycle", () -> TuningJobLifecycle.of(null));
        Nulls.assertNamed("request", () -> OWNER.checkCreate(null));
        Nulls.assertNamed("job", () -> OWNER.check(null));
        Nulls.assertNamed("job", () -> OWNER.checkNew(null));
        Nulls.assertNamed("before", () -> OWNER.checkUpdate(null, RUNNING));
        Nulls.assertNamed("after", () -> OWNER.checkUpdate(RUNNING, null));
        Nulls.assertNamed("before", () -> OWNER.checkClientUpdate(null, RUNNING));
        Nulls.assertNamed("after", () -> OWNER.checkClientUpdate(RUNNING, null));
        Nulls.assertNamed("job", () -> OWNER.apply(null, JobEvent.FAIL, NOON));
        Nulls.assertNamed("event", () -> OWNER.apply(RUNNING, null, NOON));
        Nulls.assertNamed("now", () -> OWNER.apply(RUNNING, JobEvent.FAIL, null));
        Nulls.assertNamed("observed", () -> OWNER.audit(RUNNING, null));
        Nulls.assertNamed("verdict", () -> new TuningJobAuditStep(RUNNING, null));
        Nulls.assertNamed("change", () -> new TuningJobVerdict(null, List.empty()));
        Nulls.assertNamed("findings", () -> new TuningJobVerdict(Option.none(), null));
    }
}
