package org.joblifecycle.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.testkit.MirrorConformance;
import org.joblifecycle.testkit.ReferenceMirror;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class MirrorTestTest {
    private static Events execute(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static Stream<String> names(Events events) {
        return events.stream().map(event -> event.getTestDescriptor().getDisplayName());
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    @Test
    void jupiterRunsEveryCheckAsATestOfItsName() {
        List<String> checks = MirrorConformance.of(Mirrors.OBSERVER, () -> new ReferenceMirror(Mirrors.OBSERVER))
                .checks()
                .map(check -> check.name())
                .append("500 poll logs")
                .toJavaList();

        assertEquals(
                checks.stream().sorted().toList(),
                names(execute(Mirrors.Correct.class).succeeded()).sorted().toList());
    }

    @Test
    void whatIsNotDeclaredIsAbortedWithTheReason() {
        Events tests = execute(Mirrors.ThatOnlyKeeps.class);

        assertEquals(0, tests.failed().count());
        assertEquals(
                List.of(
                        "the mirror does not declare WARNS",
                        "the mirror does not declare NOTIFIES",
                        "the mirror does not declare CONCURRENT"),
                tests.aborted().stream().map(MirrorTestTest::message).toList());
    }

    @Test
    void aFaultFailsItsTests() {
        Events tests = execute(Mirrors.WithoutExpired.class);

        assertTrue(names(tests.failed()).toList().contains("observation-kept, RUNNING -> EXPIRED"));
        assertEquals(
                List.of(),
                tests.failed().stream()
                        .map(MirrorTestTest::message)
                        .filter(message -> !message.contains("EXPIRED"))
                        .toList());
        assertTrue(tests.aborted().stream().map(MirrorTestTest::message).anyMatch("no poll log was requested"::equals));
    }
}
