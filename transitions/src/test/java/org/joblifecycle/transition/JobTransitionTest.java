package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.Arrays;
import java.util.List;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTransitionTest {
    @Test
    void theGraphIsTheTableOfTheSpecificationRowByRow() {
        assertEquals(29, JobTransition.values().length);
        assertEquals(
                NaiveLifecycle.EDGES,
                Arrays.stream(JobTransition.values())
                        .map(edge -> new NaiveLifecycle.Edge(
                                edge.source(),
                                edge.event(),
                                edge.target(),
                                edge.evidence().basis()))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void anEdgeIsNamedFromItsEnds(JobTransition edge) {
        assertEquals(edge.source() + "_TO_" + edge.target(), edge.name());
        assertEquals(edge.source() + " -" + edge.event() + "-> " + edge.target(), edge.toString());
    }

    @ParameterizedTest
    @EnumSource
    void anEdgeJoinsTwoStatesExactlyWhenTheTableSaysSo(JobState source) {
        for (JobState target : JobState.values()) {
            NaiveLifecycle.Edge row = NaiveLifecycle.edge(source, target);
            assertEquals(
                    row == null ? Option.none() : Option.some(row.transition()), JobTransition.between(source, target));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsPermittedExactlyWhenTheTableSaysSo(JobState source) {
        for (JobEvent event : JobEvent.values()) {
            NaiveLifecycle.Edge row = NaiveLifecycle.edge(source, event);
            assertEquals(row == null ? Option.none() : Option.some(row.transition()), JobTransition.on(source, event));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEdgesFromAStateAreItsRowsInTheirOrder(JobState source) {
        List<JobTransition> rows = NaiveLifecycle.EDGES.stream()
                .filter(edge -> edge.source() == source)
                .map(NaiveLifecycle.Edge::transition)
                .toList();
        assertEquals(rows, JobTransition.from(source).toJavaList());
    }

    @Test
    void sourceAndEventFixTheTargetAndSourceAndTargetTheEvent() {
        for (JobTransition one : JobTransition.values()) {
            for (JobTransition other : JobTransition.values()) {
                if (one != other && one.source() == other.source()) {
                    assertNotEquals(one.event(), other.event());
                    assertNotEquals(one.target(), other.target());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingEntersUnspecifiedAndNothingLeavesATerminalState(JobTransition edge) {
        assertNotEquals(JobState.UNSPECIFIED, edge.target());
        assertFalse(edge.source().isTerminal());
        assertNotEquals(edge.source(), edge.target());
    }

    @ParameterizedTest
    @EnumSource
    void everyEventHappensSomewhere(JobEvent event) {
        assertTrue(Arrays.stream(JobTransition.values()).anyMatch(edge -> edge.event() == event));
    }

    @ParameterizedTest
    @EnumSource
    void onlyACancellingJobThatSucceedsNeedsToHaveStarted(JobTransition edge) {
        assertEquals(edge == JobTransition.CANCELLING_TO_SUCCEEDED, edge.needsStart());
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("source", () -> JobTransition.from(null));
        Nulls.assertNamed("source", () -> JobTransition.on(null, JobEvent.START));
        Nulls.assertNamed("event", () -> JobTransition.on(JobState.QUEUED, null));
        Nulls.assertNamed("source", () -> JobTransition.between(null, JobState.QUEUED));
        Nulls.assertNamed("target", () -> JobTransition.between(JobState.QUEUED, null));
    }

    @Test
    void noOneCanChangeTheEdges() {
        List<JobTransition> edges = JobTransition.from(JobState.QUEUED).asJava();
        assertThrows(UnsupportedOperationException.class, () -> edges.remove(0));
    }
}
