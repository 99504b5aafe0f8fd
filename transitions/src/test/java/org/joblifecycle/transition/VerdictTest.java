package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Validation;
import java.util.List;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a check: verdict, kind of change and violations. */
class VerdictTest {
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle MIRROR = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final JobSnapshot QUEUED =
            JobSnapshot.of("tuningJobs/1", JobState.QUEUED).withCreateTime(T0).withUpdateTime(T0);

    @Test
    void everyMethodOfALegalVerdictSaysSo() {
        Verdict verdict = OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING).withStartTime(T0));
        Change change = new Change.Stepped(JobTransition.QUEUED_TO_RUNNING);
        assertTrue(verdict.isLegal());
        assertTrue(verdict.violations().isEmpty());
        assertEquals(change, verdict.change());
        assertEquals(Validation.valid(change), verdict.toValidation());
        assertEquals("Stepped[transition=QUEUED -START-> RUNNING], legal", verdict.toString());
    }

    @Test
    void everyMethodOfAnIllegalVerdictSaysSo() {
        Verdict verdict = OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING).withCreateTime(null));
        assertFalse(verdict.isLegal());
        Agreement.assertBroken(verdict, Rule.CREATE_TIME_REQUIRED, Rule.START_TIME_REQUIRED, Rule.CREATE_TIME_CHANGED);
        assertEquals(new Change.Stepped(JobTransition.QUEUED_TO_RUNNING), verdict.change());
        assertEquals(Validation.invalid(verdict.violations()), verdict.toValidation());
        assertEquals(
                "Stepped[transition=QUEUED -START-> RUNNING], broken: create-time-required, start-time-required,"
                        + " create-time-changed",
                verdict.toString());
    }

    @Test
    void twoVerdictsAreEqualByChangeAndViolations() {
        JobSnapshot broken = QUEUED.withState(JobState.RUNNING).withCreateTime(null);
        Verdict verdict = OWNER.check(QUEUED, broken);

        assertEquals(verdict, OWNER.check(QUEUED, broken));
        assertEquals(verdict.hashCode(), OWNER.check(QUEUED, broken).hashCode());
        for (Object other : List.of(
                OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING).withStartTime(T0)),
                OWNER.check(QUEUED, broken.withStartTime(T0)),
                OWNER.check(QUEUED, QUEUED),
                MIRROR.check(broken),
                "a verdict")) {
            assertNotEquals(verdict, other);
        }
    }

    @Test
    void aVerdictOnOneCheckLeavesTheNextOneAlone() {
        assertFalse(OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING)).isLegal());
        assertTrue(OWNER.check(QUEUED, QUEUED.withState(JobState.RUNNING).withStartTime(T0))
                .isLegal());
    }

    @ParameterizedTest
    @EnumSource
    void aJobEntersATerminalStateWhenItsStateIsTerminalAndWasAnother(JobState to) {
        boolean terminal = NaiveLifecycle.TERMINAL.contains(to);
        JobSnapshot after = JobSnapshot.of(null, to);
        assertEquals(terminal, OWNER.check(after).change().entersTerminal());
        assertEquals(terminal, MIRROR.check(after).change().entersTerminal());
        for (JobState from : JobState.values()) {
            JobSnapshot before = JobSnapshot.of(null, from);
            boolean enters = terminal && from != to;
            assertEquals(enters, OWNER.check(before, after).change().entersTerminal());
            assertEquals(enters, MIRROR.check(before, after).change().entersTerminal());
        }
        assertFalse(new Change.Unchanged().entersTerminal());
        assertFalse(new Change.Amended().entersTerminal());
        assertFalse(new Change.Stale().entersTerminal());
    }

    @Test
    void aSkippedChangeOffersTheShortestPathsAsPossibleOnes() {
        Change.Skipped skipped = new Change.Skipped(JobState.QUEUED, JobState.PAUSED);
        assertEquals(JobGraph.shortestPaths(JobState.QUEUED, JobState.PAUSED), skipped.possiblePaths());
        assertEquals(
                "[[QUEUED -START-> RUNNING, RUNNING -PAUSE-> PAUSED]]",
                skipped.possiblePaths()
                        .map(path -> path.toJavaList())
                        .toJavaList()
                        .toString());
    }

    @Test
    void aNullPartOfAChangeIsNamed() {
        JobState state = JobState.QUEUED;
        Nulls.assertNamed("state", () -> new Change.Appeared(null));
        Nulls.assertNamed("transition", () -> new Change.Stepped(null));
        Nulls.assertNamed("from", () -> new Change.Skipped(null, state));
        Nulls.assertNamed("to", () -> new Change.Skipped(state, null));
        Nulls.assertNamed("from", () -> new Change.Illegal(null, state));
        Nulls.assertNamed("to", () -> new Change.Illegal(state, null));
    }

    @Test
    void aViolationKnowsRuleFieldAndBothValues() {
        Violation violation =
                OWNER.check(QUEUED, QUEUED.withCreateTime(SECOND)).violations().last();
        assertEquals(Rule.CREATE_TIME_CHANGED, violation.rule());
        assertEquals(JobField.CREATE_TIME, violation.field());
        assertEquals(T0, violation.before());
        assertEquals(SECOND, violation.after());
        assertEquals(Rule.CREATE_TIME_CHANGED.evidence(), violation.evidence());
    }

    @Test
    void aViolationOfAFirstSnapshotHasNoValueBefore() {
        Violation violation = MIRROR.check(QUEUED.withError(DISK)).violations().single();
        assertNull(violation.before());
        assertEquals(DISK, violation.after());
    }

    @Test
    void aRefusedEventHasTheValueThatWasAskedFor() {
        Violation error =
                OWNER.apply(QUEUED, JobEvent.START, T0, DISK).getError().single();
        assertNull(error.before());
        assertEquals(DISK, error.after());
        Violation time =
                OWNER.apply(QUEUED, JobEvent.START, T0.minusNanos(1)).getError().single();
        assertEquals(T0, time.before());
        assertEquals(T0.minusNanos(1), time.after());
        Violation edge = OWNER.apply(QUEUED, JobEvent.PAUSE, T0).getError().single();
        assertEquals(JobState.QUEUED, edge.before());
        assertNull(edge.after());
        JobSnapshot failing = JobSnapshot.of(null, JobState.RUNNING);
        Violation code =
                OWNER.apply(failing, JobEvent.FAIL, T0, Snapshots.OK).getError().single();
        assertEquals(Snapshots.OK, code.after());
    }

    @Test
    void twoViolationsAreEqualByRuleValuesAndMessage() {
        Violation one = new Violation(Rule.NAME_CHANGED, "a", "b", () -> "text");
        assertEquals(one, one);
        assertEquals(one, new Violation(Rule.NAME_CHANGED, "a", "b", () -> "text"));
        assertEquals(one.hashCode(), new Violation(Rule.NAME_CHANGED, "a", "b", () -> "text").hashCode());
        for (Object other : List.of(
                new Violation(Rule.ERROR_CHANGED, "a", "b", () -> "text"),
                new Violation(Rule.NAME_CHANGED, "c", "b", () -> "text"),
                new Violation(Rule.NAME_CHANGED, "a", null, () -> "text"),
                new Violation(Rule.NAME_CHANGED, "a", "b", () -> "Text"),
                "name-changed: text")) {
            assertNotEquals(one, other);
        }
        assertNotEquals(one.hashCode(), new Violation(Rule.ERROR_CHANGED, "a", "b", () -> "text").hashCode());
    }
}
