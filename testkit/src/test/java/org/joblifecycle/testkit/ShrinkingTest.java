package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
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
    void aHistoryShrinksToAShortestPathToTheFault() {
        assertEquals(
                SHORTEST + " edges, " + (SHORTEST + 1) + " snapshots",
                failureOf(PlantedFaults.FaultInHistories.class).getMessage());
    }

    @Test
    void theMessagesOfAHistoryShrink() {
        assertEquals("\"\"", failureOf(PlantedFaults.FaultInMessages.class).getMessage());
    }

    @Test
    void aMutantShrinksToAShortHistory() {
        assertEquals(
                "4 snapshots", failureOf(PlantedFaults.FaultInMutants.class).getMessage());
    }

    @Test
    void aPollLogShrinksToThePollsThatShowTheFault() {
        assertEquals("2 polls", failureOf(PlantedFaults.FaultInPollLogs.class).getMessage());
    }

    @Test
    void eventsShrinkToTheOnesThatShowTheFault() {
        assertEquals("[PAUSE]", failureOf(PlantedFaults.FaultInEvents.class).getMessage());
    }

    @Test
    void aFaultOfManyHistoriesShrinksToTheSimplestOne() {
        assertEquals(
                "UNSPECIFIED -PREPARE-> PENDING seen as [UNSPECIFIED, PENDING] by authority of TUNING_JOB, named: true, in whole seconds: true",
                failureOf(PlantedFaults.FaultInManyHistories.class).getMessage());
    }

    @Test
    void theShortestSequencesComeFirst() {
        assertEquals(
                List.of(List.of(), List.of(3), List.of(1), List.of(2, 3), List.of(1, 3), List.of(1, 2)),
                List.ofAll(Shorter.of(List.of(1, 2, 3)).toList()).map(Seq::toList));
    }

    @Test
    void aProgramWithTwoFaultsShrinksToOneThatShowsTheFirst() {
        Conformance conformance = Conformance.of(AUTHORITY, () -> new PlantedFaults.OverwritesStartTimeAfterTheQueue() {
            @Override
            public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                return proposed.state() == JobState.UPDATING ? Answer.refused() : super.offer(known, proposed);
            }
        });
        Random random = new Random(1);
        Set<Requirement> shown = EnumSet.noneOf(Requirement.class);
        for (int programs = 0; programs < 2_000 && shown.size() < 2; programs++) {
            Program program = conformance.draw(random);
            try {
                conformance.check(program);
            } catch (NonconformanceError first) {
                NonconformanceError shrunk =
                        assertThrows(NonconformanceError.class, () -> conformance.checkAndShrink(program));
                assertEquals(first.requirement(), shrunk.requirement());
                assertEquals(first.rules(), shrunk.rules());
                shown.add(first.requirement());
            }
        }
        assertEquals(EnumSet.of(Requirement.ACCEPTED_STORED, Requirement.LEGAL_ACCEPTED), shown);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aProgramShrinksToAShortestPathToTheFault(long seed) {
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
