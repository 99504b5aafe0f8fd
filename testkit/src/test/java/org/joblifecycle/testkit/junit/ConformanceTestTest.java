package org.joblifecycle.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.NonconformanceError;
import org.joblifecycle.testkit.ReferenceSystem;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class ConformanceTestTest {
    private static final JobLifecycle LIFECYCLE = Systems.LIFECYCLE;

    private static EngineExecutionResults execute(String engine, Class<?> tests) {
        return EngineTestKit.engine(engine).selectors(selectClass(tests)).execute();
    }

    private static Stream<String> names(Events events) {
        return events.stream().map(event -> event.getTestDescriptor().getDisplayName());
    }

    private static String message(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    @Test
    void jupiterRunsEveryCheckAsATestOfItsName() {
        EngineExecutionResults results = execute("junit-jupiter", Systems.Correct.class);
        List<String> checks = Conformance.of(LIFECYCLE, () -> new ReferenceSystem(LIFECYCLE))
                .checks()
                .map(check -> check.name())
                .append("1000 programs")
                .toJavaList();

        assertEquals(checks, names(results.testEvents().succeeded()).toList());
        assertEquals(0, results.allEvents().failed().count());
    }

    @Test
    void whatIsNotDeclaredIsAbortedWithTheReason() {
        Events tests = execute("junit-jupiter", Systems.OfUpdatesOnly.class).testEvents();

        assertEquals(0, tests.failed().count());
        assertEquals(
                List.of(
                        "the system does not declare LISTS",
                        "the system does not declare COMPARE_AND_SET",
                        "the system does not declare CONCURRENT",
                        "the system does not declare EVENT_DRIVEN",
                        "the system does not declare GOES_ON_BY_ITSELF",
                        "the system does not declare CLOCK_GOES_BACK",
                        "the system does not declare NAMES_BROKEN_RULE"),
                tests.aborted().stream().map(ConformanceTestTest::message).toList());
    }

    @Test
    void aFaultFailsItsTestsAndAbortsThoseBehindIt() {
        Events tests = execute("junit-jupiter", Systems.WithoutPause.class).testEvents();

        assertTrue(names(tests.failed()).toList().contains("legal-accepted, RUNNING -> PAUSED"));
        assertEquals(
                List.of(),
                tests.failed().stream()
                        .map(ConformanceTestTest::message)
                        .filter(message ->
                                !message.contains("RUNNING -> PAUSED") && !message.contains("RUNNING -PAUSE->"))
                        .toList());
        assertTrue(tests.aborted().stream()
                .map(ConformanceTestTest::message)
                .allMatch(message -> message.startsWith("the setup failed: legal-accepted, RUNNING -")));
    }

    @Test
    void theProgramsFindTheFaultAndReportAShortOne() {
        Throwable error = execute("junit-jupiter", Systems.WithoutPause.class).testEvents().failed().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals("1000 programs"))
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();

        NonconformanceError nonconformance = (NonconformanceError) error;
        assertTrue(nonconformance.program().lines().count() <= 9, nonconformance.getMessage());
        assertTrue(
                nonconformance.program().matches("(?s).*\n// drawn with the seed -?\\d+"), nonconformance.getMessage());
    }

    @Test
    void lessCoverageThanIsRequiredFailsTheClass() {
        Events containers = execute("junit-jupiter", Systems.WithoutPause.class).containerEvents();

        assertEquals(
                List.of(
                        "edges        23 of  29 (79 %), expected 100 %. Missed: PAUSED_TO_CANCELLING; PAUSED_TO_EXPIRED;"
                                + " PAUSED_TO_FAILED; PAUSED_TO_QUEUED; PAUSED_TO_RUNNING; RUNNING_TO_PAUSED"),
                containers.failed().stream().map(ConformanceTestTest::message).toList());
    }

    @Test
    void aRunOfOneCheckRequiresNoCoverage() {
        String one = execute("junit-jupiter", Systems.Correct.class).testEvents().succeeded().stream()
                .map(event -> event.getTestDescriptor().getUniqueId().toString())
                .findFirst()
                .orElseThrow();
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectUniqueId(one))
                .execute();

        assertEquals(1, results.testEvents().succeeded().count());
        assertEquals(0, results.allEvents().failed().count());
    }

    @Test
    void lessCoverageMayBeRequired() {
        Events containers =
                execute("junit-jupiter", Systems.WithoutPauseAndItIsKnown.class).containerEvents();

        assertEquals(0, containers.failed().count());
    }
}
