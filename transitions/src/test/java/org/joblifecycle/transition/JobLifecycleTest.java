package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.BEFORE;
import static org.joblifecycle.transition.Snapshots.CANCELED;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.OK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.joblifecycle.transition.Snapshots.absentOr;
import static org.joblifecycle.transition.Snapshots.noneOr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobLifecycleTest {
    private static final String KINDS_AND_MODES = "org.joblifecycle.transition.Agreement#kindsAndModes";
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobLifecycle MIRROR = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final JobSnapshot PENDING =
            JobSnapshot.of("tuningJobs/1", JobState.PENDING).withCreateTime(T0).withUpdateTime(SECOND);
    private static final JobSnapshot RUNNING =
            PENDING.withState(JobState.RUNNING).withStartTime(SECOND);

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void aLifecycleKnowsItsKindAndItsMode(JobKind kind, Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
        assertEquals(kind, lifecycle.kind());
        assertEquals(mode, lifecycle.mode());
        assertSame(mode == Mode.AUTHORITY ? JobLifecycle.authority(kind) : JobLifecycle.observer(kind), lifecycle);
        assertEquals((mode == Mode.AUTHORITY ? "authority of " : "observer of ") + kind, lifecycle.toString());
    }

    @Test
    void aLifecycleNamesWhatIsExcluded() {
        assertEquals(
                "observer of TUNING_JOB without create-time-required, update-time-order",
                MIRROR.without(Rule.UPDATE_TIME_ORDER)
                        .without(Rule.CREATE_TIME_REQUIRED)
                        .toString());
        assertEquals(
                "authority of TUNING_JOB without name-changed, RUNNING_TO_PAUSED",
                OWNER.without(JobTransition.RUNNING_TO_PAUSED)
                        .without(Rule.NAME_CHANGED)
                        .toString());
    }

    @ParameterizedTest
    @MethodSource(KINDS_AND_MODES)
    void theTransitionsOfALifecycleAreTheEdgesOfTheGraph(JobKind kind, Mode mode) {
        assertEquals(
                Array.of(JobTransition.values()), JobLifecycle.of(mode, kind).transitions());
    }

    @ParameterizedTest
    @EnumSource
    void anExcludedEdgeIsNoTransitionOfTheLifecycle(JobTransition excluded) {
        assertEquals(
                Array.of(JobTransition.values()).remove(excluded),
                OWNER.without(excluded).transitions());
    }

    // without rules

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSITION_ILLEGAL")
    void anExcludedRuleIsNotReportedAndTheOthersAreAsBefore(Rule excluded) {
        List<JobSnapshot> jobs = new ArrayList<>();
        for (JobSnapshot bare : List.of(
                JobSnapshot.of("tuningJobs/1", JobState.RUNNING), JobSnapshot.of("tuningJobs/1", JobState.FAILED))) {
            JobSnapshot full =
                    bare.withCreateTime(T0).withStartTime(T0).withEndTime(T0).withUpdateTime(T0);
            jobs.addAll(List.of(bare, full, full.withError(DISK)));
        }
        List<JobSnapshot> others = Snapshots.all(absentOr(BEFORE, SECOND), noneOr(OK)).stream()
                .map(job -> job.withName("tuningJobs/2"))
                .toList();
        Set<Rule> met = EnumSet.noneOf(Rule.class);
        for (Mode mode : Mode.values()) {
            JobLifecycle lifecycle = JobLifecycle.of(mode, JobKind.TUNING_JOB);
            JobLifecycle without = lifecycle.without(excluded);
            for (JobSnapshot before : jobs) {
                for (JobSnapshot after : others) {
                    Verdict whole = lifecycle.check(before, after);
                    boolean stale = whole.change() instanceof Change.Stale;
                    whole.violations().forEach(violation -> met.add(violation.rule()));
                    if (excluded != Rule.UPDATE_TIME_REGRESSED || !stale) {
                        Verdict rest = without.check(before, after);
                        assertEquals(
                                whole.violations().map(Violation::rule).remove(excluded),
                                rest.violations().map(Violation::rule));
                        assertEquals(whole.change(), rest.change());
                    }
                }
            }
        }
        assertTrue(met.contains(excluded));
    }

    @Test
    void excludingOneMoreRuleKeepsTheFirstOneExcluded() {
        JobLifecycle without = OWNER.without(Rule.CREATE_TIME_REQUIRED).without(Rule.START_TIME_REQUIRED);
        assertTrue(without.check(JobSnapshot.of(null, JobState.RUNNING)).isLegal());
        Agreement.assertBroken(
                OWNER.check(JobSnapshot.of(null, JobState.RUNNING)),
                Rule.CREATE_TIME_REQUIRED,
                Rule.START_TIME_REQUIRED);
    }

    @Test
    void withoutUpdateTimeRegressedOlderSnapshotsAreComparedInFull() {
        JobSnapshot older = RUNNING.withState(JobState.UNSPECIFIED).withUpdateTime(T0);
        Verdict verdict = MIRROR.without(Rule.UPDATE_TIME_REGRESSED).check(RUNNING, older);
        assertEquals(new Change.Illegal(JobState.RUNNING, JobState.UNSPECIFIED), verdict.change());
        Agreement.assertBroken(verdict, Rule.START_TIME_PREMATURE, Rule.UPDATE_TIME_ORDER, Rule.TRANSITION_ILLEGAL);
    }

    @Test
    void theGraphCannotBeExcluded() {
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> lifecycle.without(Rule.NAME_CHANGED, Rule.TRANSITION_ILLEGAL));
            assertEquals("transition-illegal cannot be excluded: it is the lifecycle", refusal.getMessage());
        }
    }

    @Test
    void anExcludedRuleRefusesNoEventEither() {
        JobSnapshot cancelling = JobSnapshot.of(null, JobState.CANCELLING).withCreateTime(T0);
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            assertEquals(
                    JobState.SUCCEEDED,
                    lifecycle
                            .without(Rule.START_TIME_REQUIRED)
                            .apply(cancelling, JobEvent.SUCCEED, T0)
                            .get()
                            .state());
            assertEquals(
                    T0,
                    lifecycle
                            .without(Rule.UPDATE_TIME_REGRESSED, Rule.UPDATE_TIME_ORDER)
                            .apply(RUNNING, JobEvent.PAUSE, T0)
                            .get()
                            .updateTime());
            assertEquals(
                    DISK,
                    lifecycle
                            .without(Rule.ERROR_UNEXPECTED)
                            .apply(RUNNING, JobEvent.SUCCEED, SECOND, DISK)
                            .get()
                            .error());
            assertEquals(
                    OK,
                    lifecycle
                            .without(Rule.ERROR_CODE_INVALID)
                            .apply(RUNNING, JobEvent.FAIL, SECOND, OK)
                            .get()
                            .error());
            JobSnapshot faulty = RUNNING.withEndTime(T0);
            assertTrue(lifecycle.apply(faulty, JobEvent.SUCCEED, SECOND).isInvalid());
            assertTrue(lifecycle
                    .without(Rule.END_TIME_CHANGED)
                    .apply(faulty, JobEvent.SUCCEED, SECOND)
                    .isValid());
        }
    }

    @Test
    void aCreateTimeThatIsMissingIsSetToNowWhereTheStartTimeIsLater() {
        JobSnapshot job = RUNNING.withCreateTime(null);
        JobLifecycle lifecycle = OWNER.without(Rule.UPDATE_TIME_REGRESSED, Rule.UPDATE_TIME_ORDER);
        assertEquals(T0, lifecycle.apply(job, JobEvent.PAUSE, T0).get().createTime());
        assertEquals(SECOND, lifecycle.apply(job, JobEvent.PAUSE, SECOND).get().createTime());
        assertEquals(
                SECOND,
                lifecycle.apply(job, JobEvent.PAUSE, SECOND.plusNanos(1)).get().createTime());
    }

    @Test
    void withoutARuleTheEventsThatItRefusedAreOffered() {
        JobSnapshot cancelling = JobSnapshot.of(null, JobState.CANCELLING).withCreateTime(T0);
        assertEquals(
                EnumSet.of(JobEvent.SUCCEED, JobEvent.FAIL, JobEvent.CONFIRM_CANCEL),
                OWNER.without(Rule.START_TIME_REQUIRED).permittedEvents(cancelling));
    }

    // without edges

    @ParameterizedTest
    @EnumSource
    void anExcludedEdgeIsIllegalAndTheOthersAreAsBefore(JobTransition excluded) {
        JobLifecycle without = OWNER.without(excluded);
        for (JobTransition edge : JobTransition.values()) {
            JobSnapshot before =
                    JobSnapshot.of(null, edge.source()).withCreateTime(T0).withStartTime(T0);
            JobSnapshot after = before.withState(edge.target());
            Verdict verdict = without.check(before, after);
            assertEquals(
                    edge == excluded ? new Change.Illegal(edge.source(), edge.target()) : new Change.Stepped(edge),
                    verdict.change());
            assertEquals(
                    edge == excluded,
                    verdict.violations().exists(violation -> violation.rule() == Rule.TRANSITION_ILLEGAL));
        }
        JobSnapshot job = JobSnapshot.of(null, excluded.source()).withCreateTime(T0);
        Set<JobEvent> permitted = EnumSet.noneOf(JobEvent.class);
        permitted.addAll(OWNER.permittedEvents(job));
        permitted.remove(excluded.event());
        assertEquals(permitted, without.permittedEvents(job));
        assertEquals(
                Rule.TRANSITION_ILLEGAL,
                without.apply(job, excluded.event(), T0).getError().single().rule());
    }

    @Test
    void excludingOneMoreEdgeKeepsTheFirstOneExcluded() {
        JobLifecycle without = OWNER.without(JobTransition.UNSPECIFIED_TO_PENDING)
                .without(Rule.NAME_CHANGED)
                .without(JobTransition.UNSPECIFIED_TO_QUEUED);
        assertEquals(Set.of(), without.permittedEvents(JobSnapshot.of(null, JobState.UNSPECIFIED)));
        assertEquals(
                EnumSet.of(JobEvent.ENQUEUE, JobEvent.PREPARE),
                OWNER.permittedEvents(JobSnapshot.of(null, JobState.UNSPECIFIED)));
    }

    @Test
    void anObserverDoesNotDecideAboutEdges() {
        UnsupportedOperationException refusal = assertThrows(
                UnsupportedOperationException.class, () -> MIRROR.without(JobTransition.RUNNING_TO_PAUSED));
        assertEquals("an observer cannot exclude edges: only an authority decides them", refusal.getMessage());
    }

    // order of findings, ratchet

    @Test
    void everythingThatIsWrongIsReportedOnceInTheOrderOfTheRules() {
        JobSnapshot before = JobSnapshot.of("tuningJobs/1", JobState.FAILED)
                .withCreateTime(T0)
                .withStartTime(T0)
                .withEndTime(T0)
                .withUpdateTime(SECOND)
                .withError(DISK);
        JobSnapshot after = JobSnapshot.of("tuningJobs/2", JobState.RUNNING)
                .withEndTime(SECOND)
                .withUpdateTime(T0)
                .withError(OK);
        Agreement.assertBroken(
                OWNER.check(before, after),
                Rule.CREATE_TIME_REQUIRED,
                Rule.START_TIME_REQUIRED,
                Rule.END_TIME_PREMATURE,
                Rule.ERROR_UNEXPECTED,
                Rule.ERROR_CODE_INVALID,
                Rule.UPDATE_TIME_ORDER,
                Rule.TRANSITION_ILLEGAL,
                Rule.NAME_CHANGED,
                Rule.CREATE_TIME_CHANGED,
                Rule.START_TIME_CHANGED,
                Rule.END_TIME_CHANGED,
                Rule.ERROR_CHANGED,
                Rule.UPDATE_TIME_REGRESSED);
        Agreement.assertBroken(MIRROR.check(before, after), Rule.UPDATE_TIME_REGRESSED);
    }

    @Test
    void anOldFaultThatTheUpdateDoesNotTouchBlocksNothing() {
        JobSnapshot faulty = RUNNING.withStartTime(null);
        Agreement.assertBroken(OWNER.check(PENDING, faulty), Rule.START_TIME_REQUIRED);
        assertTrue(OWNER.check(faulty, faulty.withState(JobState.UPDATING)).isLegal());
        assertTrue(OWNER.check(faulty, faulty.withStartTime(SECOND)).isLegal());
    }

    @Test
    void aStepCanMakeAnotherFaultOfAnOldOne() {
        JobSnapshot cancelling = RUNNING.withState(JobState.CANCELLING).withError(DISK);
        JobSnapshot cancelled = cancelling.withState(JobState.CANCELLED).withEndTime(SECOND);
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            Agreement.assertBroken(lifecycle.check(cancelling), Rule.ERROR_UNEXPECTED);
            Agreement.assertBroken(lifecycle.check(cancelling, cancelled), Rule.ERROR_CODE_INVALID);
        }
    }

    @Test
    void anErrorThatArrivesLaterIsAnAmendment() {
        JobSnapshot failed = RUNNING.withState(JobState.FAILED).withEndTime(SECOND);
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            Verdict verdict = lifecycle.check(failed, failed.withError(DISK));
            assertTrue(verdict.isLegal());
            assertEquals(new Change.Amended(), verdict.change());
        }
    }

    // audit

    @Test
    void theFirstSnapshotBecomesTheBaselineBrokenOrNot() {
        JobSnapshot faulty = JobSnapshot.of(null, JobState.RUNNING);
        AuditStep audited = MIRROR.audit(null, faulty);
        assertSame(faulty, audited.baseline());
        assertEquals(new Change.Appeared(JobState.RUNNING), audited.verdict().change());
        Agreement.assertBroken(audited.verdict(), Rule.CREATE_TIME_REQUIRED, Rule.START_TIME_REQUIRED);
    }

    @Test
    void aSnapshotBecomesTheBaselineUnlessItsTimeWentBack() {
        for (JobLifecycle lifecycle : List.of(OWNER, MIRROR)) {
            JobSnapshot illegal = RUNNING.withState(JobState.UNSPECIFIED);
            assertSame(illegal, lifecycle.audit(RUNNING, illegal).baseline());
            JobSnapshot legal = RUNNING.withUpdateTime(SECOND.plusSeconds(1));
            assertSame(legal, lifecycle.audit(RUNNING, legal).baseline());
            JobSnapshot older = RUNNING.withState(JobState.FAILED).withUpdateTime(SECOND.minusNanos(1));
            assertSame(RUNNING, lifecycle.audit(RUNNING, older).baseline());
        }
        JobSnapshot older = RUNNING.withUpdateTime(SECOND.minusNanos(1));
        assertSame(
                older,
                MIRROR.without(Rule.UPDATE_TIME_REGRESSED).audit(RUNNING, older).baseline());
    }

    @Test
    void theBaselineOfAnObserverKeepsItsUpdateTimeOverAnAnswerWithoutOne() {
        JobSnapshot inPart = RUNNING.withState(JobState.PAUSED).withUpdateTime(null);
        for (JobLifecycle mirror : List.of(MIRROR, MIRROR.without(Rule.UPDATE_TIME_REGRESSED))) {
            AuditStep step = mirror.audit(RUNNING, inPart);
            assertEquals(
                    "Stepped[transition=RUNNING -PAUSE-> PAUSED], legal",
                    step.verdict().toString());
            assertEquals(inPart.withUpdateTime(SECOND), step.baseline());
        }
        assertSame(inPart, MIRROR.audit(null, inPart).baseline());
        assertSame(inPart, MIRROR.audit(RUNNING.withUpdateTime(null), inPart).baseline());
    }

    @Test
    void theBaselineOfAnAuthorityStaysIfTheUpdateTimeIsRemoved() {
        JobSnapshot removed = RUNNING.withState(JobState.PAUSED).withUpdateTime(null);
        AuditStep step = OWNER.audit(RUNNING, removed);
        Agreement.assertBroken(step.verdict(), Rule.UPDATE_TIME_REGRESSED);
        assertSame(RUNNING, step.baseline());
        assertSame(
                removed,
                OWNER.without(Rule.UPDATE_TIME_REGRESSED)
                        .audit(RUNNING, removed)
                        .baseline());
    }

    @Test
    void aReplayChecksEverySnapshotAgainstTheBaseline() {
        JobSnapshot older = RUNNING.withState(JobState.UNSPECIFIED).withUpdateTime(T0);
        JobSnapshot paused = RUNNING.withState(JobState.PAUSED);
        List<JobSnapshot> history = List.of(PENDING, RUNNING, older, RUNNING, paused, PENDING);
        assertEquals(
                List.of(
                        "Appeared[state=PENDING], legal",
                        "Stepped[transition=PENDING -START-> RUNNING], legal",
                        "Stale[], broken: update-time-regressed",
                        "Unchanged[], legal",
                        "Stepped[transition=RUNNING -PAUSE-> PAUSED], legal",
                        "Skipped[from=PAUSED, to=PENDING], broken: start-time-changed"),
                MIRROR.replay(history).map(Verdict::toString).toJavaList());
        assertEquals(
                List.of(
                        "Appeared[state=PENDING], legal",
                        "Stepped[transition=PENDING -START-> RUNNING], legal",
                        "Illegal[from=RUNNING, to=UNSPECIFIED], broken: start-time-premature, update-time-order,"
                                + " transition-illegal, update-time-regressed",
                        "Unchanged[], legal",
                        "Stepped[transition=RUNNING -PAUSE-> PAUSED], legal",
                        "Illegal[from=PAUSED, to=PENDING], broken: transition-illegal, start-time-changed"),
                OWNER.replay(history).map(Verdict::toString).toJavaList());
        assertTrue(OWNER.replay(List.of()).isEmpty());
    }

    // programmers' errors

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("kind", () -> JobLifecycle.authority(null));
        Nulls.assertNamed("kind", () -> JobLifecycle.observer(null));
        Nulls.assertNamed("after", () -> OWNER.check(RUNNING, null));
        Nulls.assertNamed("after", () -> OWNER.check(null, (JobSnapshot) null));
        Nulls.assertNamed("job", () -> OWNER.apply((JobSnapshot) null, JobEvent.START, T0));
        Nulls.assertNamed("event", () -> OWNER.apply(RUNNING, null, T0));
        Nulls.assertNamed("now", () -> OWNER.apply(RUNNING, JobEvent.START, null));
        Nulls.assertNamed("job", () -> OWNER.permittedEvents(null));
        Nulls.assertNamed("history", () -> OWNER.replay(null));
        Nulls.assertNamed("rules", () -> OWNER.without((Rule[]) null));
        Nulls.assertNamed("edges", () -> OWNER.without((JobTransition[]) null));
        Nulls.assertNamed("baseline", () -> new AuditStep(null, OWNER.check(RUNNING)));
        Nulls.assertNamed("verdict", () -> new AuditStep(RUNNING, null));
    }

    @Test
    void twoLifecyclesAreEqualByModeKindAndExclusions() {
        JobLifecycle relaxed = OWNER.without(Rule.UPDATE_TIME_ORDER).without(JobTransition.RUNNING_TO_PAUSED);
        JobLifecycle same = OWNER.without(JobTransition.RUNNING_TO_PAUSED).without(Rule.UPDATE_TIME_ORDER);

        assertEquals(relaxed, same);
        assertEquals(relaxed.hashCode(), same.hashCode());
        assertSame(OWNER, OWNER.without(new JobTransition[0]));
        assertSame(OWNER, OWNER.without(new Rule[0]));
        for (Object other : List.of(
                OWNER,
                OWNER.without(Rule.UPDATE_TIME_ORDER),
                OWNER.without(JobTransition.RUNNING_TO_PAUSED),
                JobLifecycle.authority(JobKind.NAS_JOB)
                        .without(Rule.UPDATE_TIME_ORDER)
                        .without(JobTransition.RUNNING_TO_PAUSED),
                JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_ORDER),
                "a lifecycle")) {
            assertNotEquals(relaxed, other);
        }
        assertNotEquals(JobLifecycle.observer(JobKind.TUNING_JOB), OWNER);
    }

    @ParameterizedTest
    @MethodSource("org.joblifecycle.transition.Agreement#kindsAndModes")
    void aNewJobIsCheckedAgainstOneThatIsUnspecified(JobKind kind, Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
        for (JobSnapshot job : Snapshots.all(Snapshots.absentOr(T0), Snapshots.noneOr(Snapshots.DISK))) {
            assertEquals(
                    lifecycle.check(JobSnapshot.of(job.name(), JobState.UNSPECIFIED), job), lifecycle.checkNew(job));
        }
        JobSnapshot nameless = JobSnapshot.of(null, JobState.PENDING).withCreateTime(T0);
        assertTrue(lifecycle.checkNew(nameless).isLegal());
    }

    @Test
    void anAuthorityRefusesANewJobThatHasEndedAlready() {
        JobSnapshot ended = JobSnapshot.of("tuningJobs/1", JobState.SUCCEEDED)
                .withCreateTime(T0)
                .withStartTime(T0)
                .withEndTime(T0);

        assertTrue(OWNER.check(ended).isLegal());
        Agreement.assertBroken(OWNER.checkNew(ended), Rule.START_TIME_PREMATURE, Rule.TRANSITION_ILLEGAL);
        assertTrue(JobLifecycle.observer(JobKind.TUNING_JOB).checkNew(ended).isLegal());
    }

    @Test
    void aNullToExcludeIsNamed() {
        Nulls.assertNamed("rule", () -> OWNER.without((Rule) null));
        Nulls.assertNamed("rules", () -> OWNER.without((Rule[]) null));
        Nulls.assertNamed("edge", () -> OWNER.without((JobTransition) null));
        Nulls.assertNamed("edges", () -> OWNER.without((JobTransition[]) null));
        Nulls.assertNamed("job", () -> OWNER.checkNew(null));
        Nulls.assertNamed("job", () -> OWNER.check(null));
    }

    @Test
    void aNullFirstSnapshotIsNamed() {
        Nulls.assertNamed("job", () -> OWNER.check((JobSnapshot) null));
    }

    @Test
    void aNullObservationIsNamed() {
        Nulls.assertNamed("observed", () -> OWNER.audit(RUNNING, null));
    }

    // cost

    @ParameterizedTest
    @CsvSource({
        "appeared, AUTHORITY",
        "appeared, OBSERVER",
        "unchanged, AUTHORITY",
        "unchanged, OBSERVER",
        "amended, AUTHORITY",
        "amended, OBSERVER",
        "stepped, AUTHORITY",
        "stepped, OBSERVER",
        "ended, AUTHORITY",
        "ended, OBSERVER",
        "skipped, OBSERVER",
        "faulty, AUTHORITY",
        "faulty, OBSERVER"
    })
    void aLegalCheckAllocatesNothing(String change, Mode mode) {
        JobSnapshot cancelled = RUNNING.withState(JobState.CANCELLED)
                .withEndTime(SECOND)
                .withUpdateTime(SECOND.plusSeconds(1))
                .withError(CANCELED);
        JobSnapshot faulty = RUNNING.withCreateTime(SECOND.plusSeconds(9)).withUpdateTime(T0);
        JobSnapshot before = switch (change) {
            case "appeared" -> null;
            case "stepped" -> PENDING;
            case "faulty" -> faulty;
            case "ended" -> RUNNING.withState(JobState.CANCELLING);
            default -> RUNNING;
        };
        JobSnapshot after = switch (change) {
            case "appeared", "stepped" -> RUNNING;
            case "unchanged" -> RUNNING.withState(JobState.RUNNING);
            case "amended" -> RUNNING.withUpdateTime(SECOND.plusSeconds(1));
            case "faulty" -> faulty.withState(JobState.UPDATING);
            default -> cancelled;
        };
        JobLifecycle lifecycle = JobLifecycle.of(mode, JobKind.TUNING_JOB);
        assertTrue(lifecycle.check(before, after).isLegal());
        assertEquals(0, allocated(0, () -> lifecycle.check(before, after).isLegal()));
    }

    @ParameterizedTest
    @EnumSource
    void anAuditStepAllocatesItselfAndNothingElse(Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, JobKind.TUNING_JOB);
        Verdict verdict = lifecycle.check(PENDING, RUNNING);
        long itself = allocated(Long.MAX_VALUE, () -> {
            AuditStep step = new AuditStep(RUNNING, verdict);
            return step == kept(step);
        });

        long byAudit = allocated(itself, () -> {
            AuditStep step = lifecycle.audit(PENDING, RUNNING);
            return step == kept(step) && step.verdict().isLegal();
        });

        assertTrue(itself > 0);
        assertEquals(itself, byAudit);
    }

    @ParameterizedTest
    @EnumSource(names = {"START", "FAIL", "CANCEL", "RESTART", "SUCCEED"})
    void anEventThatHappensAllocatesTheJobAndItsWrapperAndNothingElse(JobEvent event) {
        JobSnapshot before = event == JobEvent.START ? PENDING : RUNNING;
        Instant now = SECOND.plusSeconds(1);
        long jobAndWrapper = allocated(Long.MAX_VALUE, () -> {
            Validation<Seq<Violation>, JobSnapshot> valid = Validation.valid(before.withUpdateTime(now));
            return valid == kept(valid);
        });

        long byEvent = allocated(jobAndWrapper, () -> {
            Validation<Seq<Violation>, JobSnapshot> next = OWNER.apply(before, event, now);
            return next == kept(next) && next.isValid();
        });

        assertTrue(jobAndWrapper > 0);
        assertEquals(jobAndWrapper, byEvent);
    }

    private static volatile Object kept = "";

    /** The same object, which has to be there. */
    private static Object kept(Object object) {
        kept = object;
        return kept;
    }

    /**
     * The bytes that 10,000 calls allocate when the code is compiled, which the JVM does in its own time: it is tried again
     * while they are more than expected. Each call has to answer true.
     */
    private static long allocated(long expected, BooleanSupplier call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 || (round < 5000 && least > expected); round++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                if (!call.getAsBoolean()) {
                    throw new AssertionError();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - start);
        }
        return least;
    }
}
