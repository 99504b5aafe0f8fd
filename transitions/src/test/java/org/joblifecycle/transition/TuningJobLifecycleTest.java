package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import org.joblifecycle.job.EnumValue;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.Json;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.job.Status;
import org.joblifecycle.job.SupervisedTuningSpec;
import org.joblifecycle.job.TunedModel;
import org.joblifecycle.job.TuningDataStats;
import org.joblifecycle.job.TuningJob;
import org.junit.jupiter.api.Test;

class TuningJobLifecycleTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle MIRROR = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private static final TuningJob CREATED = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://b/o"))
            .with(TuningJob.NAME, "projects/p/locations/l/tuningJobs/7")
            .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"))
            .withUnknown("gcsMetricsUri", new Json("\"gs://b/m\""))
            .withState(JobState.UNSPECIFIED);
    private static final TuningJob PENDING =
            OWNER.apply(CREATED, JobEvent.PREPARE, NOON).get();
    private static final TuningJob RUNNING =
            OWNER.apply(PENDING, JobEvent.START, NOON.plusSeconds(1)).get();
    private static final TuningJob NEW = RUNNING.with(TuningJob.STATE, EnumValue.unknown("JOB_STATE_NEW"));
    private static final TuningJob STATELESS = RUNNING.with(TuningJob.STATE, null);

    @Test
    void anEventChangesWhatTheLifecycleReadsAndNothingElse() {
        assertEquals(
                CREATED.withState(JobState.RUNNING)
                        .with(TuningJob.CREATE_TIME, NOON)
                        .with(TuningJob.START_TIME, NOON.plusSeconds(1))
                        .with(TuningJob.UPDATE_TIME, NOON.plusSeconds(1)),
                RUNNING);
        assertEquals(
                Status.of(new RpcStatus(8, "no space left")),
                OWNER.apply(RUNNING, JobEvent.FAIL, NOON.plusSeconds(2), new RpcStatus(8, "no space left"))
                        .get()
                        .error());
    }

    @Test
    void anEventIsRefusedAsOfASnapshot() {
        Validation<Seq<Finding>, TuningJob> refused = OWNER.apply(RUNNING, JobEvent.RESUME, NOON);

        assertEquals(
                OWNER.apply(RUNNING.snapshot().get(), JobEvent.RESUME, NOON)
                        .getError()
                        .map(Violation::message),
                refused.getError().map(Finding::message));
        assertEquals(
                List.of("transition-illegal"),
                refused.getError().map(Finding::id).toList());
        assertEquals(List.of("state"), refused.getError().map(Finding::path).toList());
        assertEquals(
                Rule.TRANSITION_ILLEGAL.evidence(), refused.getError().head().evidence());
    }

    @Test
    void anUpdateIsCheckedAsThatOfASnapshot() {
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            for (TuningJob after : List.of(RUNNING, PENDING, RUNNING.with(TuningJob.START_TIME, null), CREATED)) {
                Verdict expected = lifecycle.check(
                        PENDING.snapshot().get(), after.snapshot().get());
                Verdict actual = lifecycle.check(PENDING, after).get();

                assertEquals(expected.change(), actual.change());
                assertEquals(expected.violations(), actual.violations());
                assertEquals(
                        lifecycle.check(after.snapshot().get()).violations(),
                        lifecycle.check(after).get().violations());
            }
        }
        assertEquals(
                new Change.Appeared(JobState.RUNNING),
                MIRROR.check((TuningJob) null, RUNNING).get().change());
    }

    @Test
    void whatTheLifecycleDoesNotReadIsNoChangeToIt() {
        assertEquals(
                new Change.Unchanged(),
                OWNER.check(RUNNING, RUNNING.with(TuningJob.DESCRIPTION, "new"))
                        .get()
                        .change());
    }

    // Recorded in real life.
    @Test
    void aFailedJobMayHaveATunedModelAnExperimentAndStatistics() {
        TuningJob failed = OWNER.apply(RUNNING, JobEvent.FAIL, NOON.plusSeconds(2), RpcStatus.of(13))
                .get()
                .with(TuningJob.TUNED_MODEL, TunedModel.EMPTY.with(TunedModel.MODEL, "m"))
                .with(TuningJob.EXPERIMENT, "e")
                .with(TuningJob.TUNING_DATA_STATS, TuningDataStats.EMPTY);

        assertTrue(OWNER.check(RUNNING, failed).get().isLegal());
        assertTrue(OWNER.check(failed).get().isLegal());
        assertEquals(List.empty(), FieldRules.check(failed));
        assertEquals(List.empty(), FieldRules.checkUpdate(RUNNING, failed));
    }

    @Test
    void aStateThatIsNotKnownIsToldAndNeverGuessed() {
        String message = "state \"JOB_STATE_NEW\" is none of the twelve: expected JOB_STATE_UNSPECIFIED to"
                + " JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11";
        List<FieldViolation> expected = List.of(new FieldViolation(FieldRule.STATE_UNKNOWN, "state", message));

        assertEquals(expected, OWNER.check(NEW).getError());
        assertEquals(expected, MIRROR.check(RUNNING, NEW).getError());
        assertEquals(expected, MIRROR.audit(RUNNING, NEW).getError());
        assertEquals(expected, OWNER.apply(NEW, JobEvent.FAIL, NOON).getError());
        assertEquals(
                List.of(new FieldViolation(FieldRule.STATE_UNKNOWN, "state", "the job as known: " + message)),
                OWNER.check(NEW, RUNNING).getError());
        assertEquals(
                List.of("the job as known: state is missing: expected a state such as JOB_STATE_RUNNING", message),
                OWNER.check(STATELESS, NEW)
                        .getError()
                        .map(FieldViolation::message)
                        .toList());
        assertEquals(
                List.of("state-missing"),
                OWNER.apply(STATELESS, JobEvent.FAIL, NOON)
                        .getError()
                        .map(Finding::id)
                        .toList());
    }

    @Test
    void anAuditGoesOnFromTheNewestLook() {
        AuditStep<TuningJob> first = MIRROR.audit((TuningJob) null, PENDING).get();
        AuditStep<TuningJob> next = MIRROR.audit(first.baseline(), RUNNING).get();
        AuditStep<TuningJob> late = MIRROR.audit(next.baseline(), PENDING).get();

        assertEquals(PENDING, first.baseline());
        assertEquals(RUNNING, next.baseline());
        assertEquals(RUNNING, late.baseline());
        assertEquals(new Change.Stale(), late.verdict().change());
        TuningJob older = PENDING.with(TuningJob.UPDATE_TIME, null);
        assertEquals(older, MIRROR.audit(RUNNING, older).get().baseline());
    }

    @Test
    void theLifecycleOfAnotherKindIsNotAsked() {
        JobLifecycle other = JobLifecycle.observer(JobKind.CUSTOM_JOB);
        String message = "the observer of CUSTOM_JOB is asked about a TuningJob: expected a lifecycle of TUNING_JOB";

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> other.check(RUNNING))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> other.apply(RUNNING, JobEvent.FAIL, NOON))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> other.audit(RUNNING, RUNNING))
                        .getMessage());
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("job", () -> OWNER.check((TuningJob) null));
        Nulls.assertNamed("after", () -> OWNER.check(RUNNING, null));
        Nulls.assertNamed("job", () -> OWNER.apply((TuningJob) null, JobEvent.FAIL, NOON));
        Nulls.assertNamed("event", () -> OWNER.apply(RUNNING, null, NOON));
        Nulls.assertNamed("look", () -> OWNER.audit(RUNNING, null));
        Nulls.assertNamed("look", () -> OWNER.audit(RUNNING.snapshot().get(), (JobSnapshot) null));
    }
}
