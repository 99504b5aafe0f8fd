package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.joblifecycle.testkit.Requirement.ACCEPTED_STORED;
import static org.joblifecycle.testkit.Requirement.ANSWERED;
import static org.joblifecycle.testkit.Requirement.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Requirement.CREATED;
import static org.joblifecycle.testkit.Requirement.ILLEGAL_REFUSED;
import static org.joblifecycle.testkit.Requirement.LEGAL_ACCEPTED;
import static org.joblifecycle.testkit.Requirement.ONE_WINNER;
import static org.joblifecycle.testkit.Requirement.OTHERS_UNCHANGED;
import static org.joblifecycle.testkit.Requirement.REFUSED_UNCHANGED;
import static org.joblifecycle.testkit.Requirement.RULE_NAMED;
import static org.joblifecycle.testkit.Requirement.UNKNOWN_ABSENT;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenSystemsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theCheckOfTheFaultFails(
            String fault,
            Supplier<JobSystem> system,
            String check,
            String change,
            Requirement requirement,
            String rules) {
        Check.Result result = result(system, check);

        assertEquals(Check.Outcome.FAILED, result.outcome(), result::toString);
        assertEquals(requirement, result.error().requirement());
        assertEquals(rules, result.error().rules().mkString(", "));
        assertAll(
                () -> assertTrue(result.reason().startsWith(requirement + ", " + change + ": "), result.reason()),
                () -> assertTrue(
                        result.error().rules().forAll(rule -> result.reason().contains("\n  " + rule + ": ")),
                        result.reason()),
                () -> assertTrue(result.reason().contains("system.submit("), result.reason()));
    }

    // formatter:off
    static Stream<Arguments> faults() {
        return Stream.of(
                fault(BrokenSystems.AcceptsEverything::new, "updates: every pair of states: transition-illegal, SUCCEEDED -> FAILED", "SUCCEEDED -> FAILED", ILLEGAL_REFUSED, "transition-illegal"),
                fault(BrokenSystems.AcceptsEverything::new, "updates: every rule: end-time-premature, RUNNING -> PAUSED: endTime set", "RUNNING -> PAUSED", ILLEGAL_REFUSED, "end-time-premature"),
                fault(BrokenSystems.RefusesALegalEdge::new, "updates: every pair of states: legal-accepted, RUNNING -> UPDATING", "RUNNING -> UPDATING", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.TakesPausedForFinished::new, "events: every event in every state: legal-accepted, PAUSED -RESUME-> QUEUED", "PAUSED -RESUME-> QUEUED", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.ForgetsStartTimeOnTheSecondRun::new, "events: every event in every state: legal-accepted, PAUSED -START-> RUNNING", "PAUSED -START-> RUNNING", ACCEPTED_STORED, "start-time-required, start-time-changed"),
                fault(BrokenSystems.OverwritesStartTimeAfterResume::new, "events: every event in every state: legal-accepted, PAUSED -START-> RUNNING", "PAUSED -START-> RUNNING", ACCEPTED_STORED, "start-time-changed"),
                fault(BrokenSystems.SetsEndTimeAtCancelling::new, "events: every event in every state: legal-accepted, RUNNING -CANCEL-> CANCELLING", "RUNNING -CANCEL-> CANCELLING", ACCEPTED_STORED, "end-time-premature"),
                fault(BrokenSystems.ForgetsEndTimeOfExpired::new, "events: every event in every state: legal-accepted, PENDING -EXPIRE-> EXPIRED", "PENDING -EXPIRE-> EXPIRED", ACCEPTED_STORED, "end-time-required"),
                fault(BrokenSystems.KeepsTheErrorOfTheLastAttempt::new, "events: every event in every state: legal-accepted, RUNNING -RESTART-> PENDING", "RUNNING -RESTART-> PENDING", ACCEPTED_STORED, "error-unexpected"),
                fault(BrokenSystems.DropsTheMessageOfAnError::new, "events: given errors: accepted-stored, RUNNING -FAIL-> FAILED", "RUNNING -FAIL-> FAILED", ACCEPTED_STORED, ""),
                fault(BrokenSystems.GoesOnByItself::new, "events: every event in every state: legal-accepted, RUNNING -CANCEL-> CANCELLING", "RUNNING -CANCEL-> CANCELLING", ACCEPTED_STORED, "transition-illegal"),
                fault(BrokenSystems.OverwritesATerminalState::new, "updates: every pair of states: transition-illegal, SUCCEEDED -> FAILED", "SUCCEEDED -> FAILED", ILLEGAL_REFUSED, "transition-illegal"),
                fault(BrokenSystems.IgnoresCompareAndSet::new, "updates: stale writers: compare-and-set, RUNNING -> RUNNING", "RUNNING -> RUNNING", COMPARE_AND_SET, ""),
                fault(BrokenSystems.ComparesStateAndUpdateTimeOnly::new, "updates: stale writers: compare-and-set, RUNNING -> FAILED, then two amendments that leave updateTime as it is", "FAILED -> FAILED", COMPARE_AND_SET, "error-changed"),
                fault(BrokenSystems.StoresWhatNobodySubmitted::new, "creation: unknown-absent, an update of an unknown name", "an update of an unknown name", UNKNOWN_ABSENT, ""),
                fault(BrokenSystems.BeginsWhatNobodySubmitted::new, "creation: unknown-absent, events of an unknown name", "ENQUEUE of an unknown name", UNKNOWN_ABSENT, ""),
                fault(BrokenSystems.IgnoresWhatTheCallerKnows::new, "events: stale writers: compare-and-set, QUEUED -> PENDING, then PENDING -START-> RUNNING", "PENDING -START-> RUNNING", COMPARE_AND_SET, ""),
                fault(BrokenSystems.AnswersBeforeStoring::new, "updates: every pair of states: legal-accepted, UNSPECIFIED -> PENDING", "UNSPECIFIED -> PENDING", ACCEPTED_STORED, ""),
                fault(BrokenSystems.LosesAnUpdateUnderARace::new, "updates: races: one-winner, RUNNING: concurrent endings", "RUNNING -> SUCCEEDED | PARTIALLY_SUCCEEDED | FAILED | EXPIRED", ONE_WINNER, ""),
                fault(BrokenSystems.LosesAnUpdateUnderARace::new, "events: races: one-winner, PENDING: concurrent START", "PENDING -START->", ONE_WINNER, ""),
                fault(BrokenSystems.MapsUnknownToUnspecified::new, "updates: every pair of states: legal-accepted, RUNNING -> PARTIALLY_SUCCEEDED", "RUNNING -> PARTIALLY_SUCCEEDED", ACCEPTED_STORED, "start-time-premature, end-time-premature, transition-illegal"),
                fault(BrokenSystems.ComparesTimesAsText::new, "updates: unusual, but legal: legal-accepted, QUEUED -> QUEUED: updateTime later", "QUEUED -> QUEUED", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.CutsTimes::new, "updates: every pair of states: legal-accepted, QUEUED -> PENDING", "QUEUED -> PENDING", ACCEPTED_STORED, ""),
                fault(BrokenSystems.NamesAnotherRule::new, "updates: every rule: error-unexpected, RUNNING -> PAUSED: error code 13 (INTERNAL)", "RUNNING -> PAUSED", RULE_NAMED, "error-unexpected"),
                fault(BrokenSystems.NamesNoRule::new, "events: every event in every state: transition-illegal, PAUSE in PENDING", "PAUSE in PENDING", RULE_NAMED, "transition-illegal"),
                fault(BrokenSystems.ThrowsInsteadOfAnAnswer::new, "updates: every rule: error-code-invalid, RUNNING -> FAILED: error code 0 (OK)", "RUNNING -> FAILED", ANSWERED, ""),
                fault(BrokenSystems.ChangesWhatItRefuses::new, "updates: every rule: update-time-order, RUNNING -> FAILED: endTime later", "RUNNING -> FAILED", REFUSED_UNCHANGED, ""),
                fault(BrokenSystems.ChangesAnotherJob::new, "updates: several jobs: others-unchanged, one job to each state, interleaved", "UNSPECIFIED -> QUEUED", OTHERS_UNCHANGED, ""),
                fault(BrokenSystems.LetsWhatNeverRanSucceed::new, "events: every event in every state: start-time-required, CANCELLING -SUCCEED-> SUCCEEDED", "CANCELLING -SUCCEED-> SUCCEEDED", ILLEGAL_REFUSED, "start-time-required"),
                fault(BrokenSystems.LetsTimeGoBackALittle::new, "updates: every rule: update-time-regressed, PENDING -> PENDING: updateTime earlier", "PENDING -> PENDING", ILLEGAL_REFUSED, "update-time-regressed"),
                fault(BrokenSystems.ComparesTheEndWithTheCreationOnly::new, "updates: every rule: end-time-order, RUNNING -> SUCCEEDED: endTime earlier", "RUNNING -> SUCCEEDED", ILLEGAL_REFUSED, "end-time-order"),
                fault(BrokenSystems.LetsTheEndBecomeLater::new, "updates: every rule: end-time-changed, FAILED -> FAILED: endTime later", "FAILED -> FAILED", ILLEGAL_REFUSED, "end-time-changed"),
                fault(BrokenSystems.AcceptsAnyOtherCode::new, "updates: every rule: error-code-invalid, RUNNING -> FAILED: error code 17", "RUNNING -> FAILED", ILLEGAL_REFUSED, "error-code-invalid"),
                fault(BrokenSystems.ComparesCodesOfErrorsOnly::new, "updates: every rule: error-changed, FAILED -> FAILED: another message", "FAILED -> FAILED", ILLEGAL_REFUSED, "error-changed"),
                fault(BrokenSystems.RequiresTheEndToBeTheLastUpdate::new, "updates: unusual, but legal: legal-accepted, RUNNING -> SUCCEEDED: endTime earlier", "RUNNING -> SUCCEEDED", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.RequiresTheStartAfterTheCreation::new, "updates: unusual, but legal: legal-accepted, PENDING -> RUNNING: startTime earlier", "PENDING -> RUNNING", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.RequiresTheMessageOfACancellation::new, "updates: unusual, but legal: legal-accepted, CANCELLING -> CANCELLED: another message", "CANCELLING -> CANCELLED", LEGAL_ACCEPTED, ""),
                fault(BrokenSystems.DropsAnErrorWithoutMessage::new, "events: given errors: accepted-stored, RUNNING -FAIL-> FAILED", "RUNNING -FAIL-> FAILED", ACCEPTED_STORED, ""),
                fault(BrokenSystems.FindsAnyJob::new, "creation: unknown-absent, an unknown name", "an unknown name", UNKNOWN_ABSENT, ""),
                fault(BrokenSystems.StartsWhenCreated::new, "events: every two edges in a row: legal-accepted, QUEUED -PREPARE-> PENDING -START-> RUNNING", "PENDING -START-> RUNNING", ACCEPTED_STORED, ""),
                fault(BrokenSystems.CreatesJobsWithoutCreateTime::new, "creation: created, creation", "creation as PENDING", CREATED, "create-time-required"));
    }
    // formatter:on

    @Test
    void theCorrectSystemPassesEveryCheck() {
        ConformanceReport report =
                Conformance.of(AUTHORITY, () -> new ReferenceSystem(AUTHORITY)).run();

        assertTrue(report.isPassed(), report::toString);
        assertEquals(
                report.results().size(), report.results(Check.Outcome.PASSED).size(), report::toString);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSITION_ILLEGAL")
    void aMissingRuleFailsEveryCheckOfItAndNoOther(Rule rule) {
        Seq<Check.Result> ofRules = run(AUTHORITY, new ReferenceSystem(AUTHORITY.without(rule)), "updates: every rule");
        Seq<Check.Result> ofThis =
                ofRules.filter(result -> result.check().name().startsWith(rule + ", "));

        assertFalse(ofThis.isEmpty());
        assertTrue(
                ofThis.forAll(result -> result.outcome() == Check.Outcome.FAILED
                        && result.error().requirement() == ILLEGAL_REFUSED
                        && result.error().rules().mkString().equals(rule.id())),
                ofThis::toString);
        assertEquals(List.empty(), failed(ofRules.removeAll(ofThis)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_UNEXPECTED", "ERROR_CODE_INVALID", "UPDATE_TIME_REGRESSED"})
    void aMissingRuleOfEventsFailsTheChecksOfIt(Rule rule) {
        Seq<Check.Result> ofRules = run(AUTHORITY, new ReferenceSystem(AUTHORITY.without(rule)), "events: every rule");
        Seq<Check.Result> ofThis =
                ofRules.filter(result -> result.check().name().startsWith(rule + ", "));

        assertTrue(ofThis.size() >= 15, ofThis::toString);
        assertTrue(ofThis.forAll(result -> result.outcome() == Check.Outcome.FAILED), ofThis::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingEdgeFailsTheChecksOfItAndNoOther(JobTransition edge) {
        ReferenceSystem system = new ReferenceSystem(AUTHORITY.without(edge));

        assertEquals(
                List.of(edge.source() + " -> " + edge.target()),
                failed(run(AUTHORITY, system, "updates: every pair of states")));
        assertEquals(List.of(edge.toString()), failed(run(AUTHORITY, system, "events: every event in every state")));
    }

    @ParameterizedTest
    @EnumSource
    void anExcludedEdgeThatIsTakenFailsTheChecksOfIt(JobTransition edge) {
        JobLifecycle less = AUTHORITY.without(edge);
        boolean canComeThere = JobPaths.of(less).to(edge.source()).isDefined();

        assertEquals(
                canComeThere ? List.of(edge.source() + " -> " + edge.target()) : List.empty(),
                failed(run(less, new ReferenceSystem(AUTHORITY), "updates: every pair of states")));
        assertEquals(
                canComeThere ? List.of(edge.toString()) : List.empty(),
                failed(run(less, new ReferenceSystem(AUTHORITY), "events: every event in every state")));
    }

    @Test
    void aSystemStricterThanAnObserverFailsWhereItIs() {
        JobLifecycle observer = JobLifecycle.observer(JobKind.TUNING_JOB);
        Seq<Check.Result> results = run(observer, new ReferenceSystem(AUTHORITY), "updates: unusual, but legal");
        Seq<String> names = results.filter(result -> result.outcome() == Check.Outcome.FAILED)
                .map(result -> result.check().name());

        // A second of tolerance, and a provisional startTime.
        assertTrue(names.contains("legal-accepted, QUEUED -> FAILED: endTime later"), names::toString);
        assertTrue(names.contains("legal-accepted, QUEUED -> PENDING: startTime set"), names::toString);
    }

    private static Seq<Check.Result> run(JobLifecycle lifecycle, JobSystem system, String group) {
        return Conformance.of(lifecycle, () -> system)
                .checks()
                .filter(check -> check.group().equals(group))
                .map(Check::run);
    }

    // The changes that the failed checks are about.
    private static Seq<String> failed(Seq<Check.Result> results) {
        return results.filter(result -> result.outcome() == Check.Outcome.FAILED)
                .map(result -> result.check().name().split(", ", -1)[1])
                .distinct()
                .toList();
    }

    @SuppressWarnings("unchecked")
    static Seq<Supplier<JobSystem>> systems() {
        return List.ofAll(faults())
                .map(fault -> (Supplier<JobSystem>) fault.get()[1])
                .distinctBy(Supplier::getClass);
    }

    private static Arguments fault(
            Supplier<JobSystem> system, String check, String change, Requirement requirement, String rules) {
        return Arguments.of(system.get().getClass().getSimpleName(), system, check, change, requirement, rules);
    }

    private static Check.Result result(Supplier<JobSystem> system, String name) {
        return Conformance.of(AUTHORITY, system)
                .checks()
                .find(check -> check.toString().equals(name))
                .getOrElseThrow(() -> new AssertionError("no check " + name))
                .run();
    }
}
