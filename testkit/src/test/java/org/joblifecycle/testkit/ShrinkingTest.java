package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vavr.collection.List;
import java.util.Random;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

// The fault lies five edges deep: a job is created, runs, is paused, is put in the queue again and runs again.
class ShrinkingTest {
    private static final int SHORTEST = 5;

    private static Throwable failureOf(Class<?> properties) {
        return EngineTestKit.engine("jqwik").selectors(selectClass(properties)).execute().testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHistoryShrinksToAShortestWayToTheFault() {
        assertEquals(
                SHORTEST + " edges, " + (SHORTEST + 1) + " looks",
                failureOf(PlantedFaults.FaultInHistories.class).getMessage());
    }

    @Test
    void aMutantShrinksToAShortHistory() {
        assertEquals("4 looks", failureOf(PlantedFaults.FaultInMutants.class).getMessage());
    }

    @Test
    void aProgramShrinksToAShortestWayToTheFault() {
        NonconformanceError error = (NonconformanceError) failureOf(PlantedFaults.FaultInASystem.class);

        assertEquals(List.of(Rule.START_TIME_CHANGED), error.rules().toList());
        assertTrue(changes(error) <= SHORTEST, error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theRunnerShrinksAsMuch(long seed) {
        Conformance conformance = Conformance.of(AUTHORITY, PlantedFaults.OverwritesStartTimeAfterTheQueue::new);
        Random random = new Random(seed);
        NonconformanceError error = null;
        for (int tries = 0; error == null && tries < 2_000; tries++) {
            try {
                conformance.checkAndShrink(conformance.draw(random));
            } catch (NonconformanceError e) {
                error = e;
            }
        }

        assertEquals(List.of(Rule.START_TIME_CHANGED), error.rules().toList());
        assertTrue(changes(error) <= SHORTEST, error.getMessage());
        assertEquals(1, error.program().split("system.submit", -1).length - 1, error.getMessage());
    }

    // The updates and events of a program.
    private static long changes(NonconformanceError error) {
        return error.program()
                .lines()
                .filter(line -> line.contains("system.offer(") || line.contains("system.fire("))
                .count();
    }
}
