package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SlippedFaultsTest {
    private static final int MOST_LINES = 40;

    static Seq<SlippedFaults.Fault> faults() {
        return SlippedFaults.all();
    }

    // All that fails but races, which take long.
    private static Seq<Check.Result> failed(JobLifecycle lifecycle, Supplier<JobSystem> system) {
        return Conformance.of(lifecycle, system)
                .checks()
                .filter(check -> !check.group().endsWith("races"))
                .map(Check::run)
                .filter(result -> result.outcome() == Check.Outcome.FAILED);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aCheckFindsIt(SlippedFaults.Fault fault) {
        Seq<Check.Result> failed = failed(AUTHORITY, fault.system());
        assertFalse(failed.isEmpty());
        failed.forEach(SlippedFaultsTest::assertSaysItBriefly);
    }

    static void assertSaysItBriefly(Check.Result failed) {
        assertTrue(failed.toString().lines().count() <= MOST_LINES, failed::toString);
        Requirement requirement = failed.error().requirement();
        String name = failed.check().name();
        switch (requirement) {
            case ILLEGAL_REFUSED ->
                assertTrue(
                        failed.check().group().equals("by themselves")
                                || failed.error().rules().exists(rule -> name.contains(rule.toString())),
                        failed::toString);
            case LEGAL_ACCEPTED ->
                assertTrue(
                        Vector.of(Rule.values()).forAll(rule -> !name.startsWith(rule.toString())), failed::toString);
            default -> {}
        }
    }

    @Test
    void anEdgeThatIsExcludedIsNotTakenByItself() {
        JobLifecycle lifecycle = AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED);
        Seq<Check.Result> failed = failed(lifecycle, SlippedFaults::pausesByItself);
        assertTrue(
                failed.exists(result -> result.reason()
                        .startsWith(
                                "legal-by-itself, RUNNING -> PAUSED, by itself: no path of the lifecycle leads there")),
                failed::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aSystemWhoseJobsGoOnByThemselvesPasses(JobKind kind) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        ConformanceReport report =
                Conformance.of(lifecycle, () -> new SelfRunning(lifecycle)).run(50, 1);
        assertTrue(report.isPassed(), report::toString);
        assertTrue(report.results()
                .exists(result ->
                        result.check().group().equals("by themselves") && result.outcome() == Check.Outcome.PASSED));
        assertEquals(0, report.results(Check.Outcome.FAILED).size());
    }
}
