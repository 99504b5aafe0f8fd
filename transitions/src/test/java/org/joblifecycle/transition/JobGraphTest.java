package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobGraphTest {
    @Test
    void theTerminalStatesAreThoseThatNoEdgeLeaves() {
        assertEquals(NaiveLifecycle.TERMINAL, JobGraph.terminalStates());
        for (JobState state : JobState.values()) {
            assertEquals(JobTransition.from(state).isEmpty(), state.isTerminal(), state::name);
        }
    }

    @Test
    void theStartedStatesAreThoseOfTheSpecification() {
        assertEquals(NaiveLifecycle.STARTED, JobGraph.startedStates());
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsReachableExactlyWhenAPathOfOneEdgeOrMoreLeadsThere(JobState source) {
        Set<JobState> reachable = EnumSet.noneOf(JobState.class);
        for (NaiveLifecycle.Edge edge : NaiveLifecycle.EDGES) {
            if (NaiveLifecycle.distance(source, edge.source()) >= 0) {
                reachable.add(edge.target());
            }
        }
        assertEquals(reachable, JobGraph.reachableFrom(source));
    }

    @ParameterizedTest
    @EnumSource
    void everyActiveStateReachesATerminalOne(JobState state) {
        boolean reaches = JobGraph.reachableFrom(state).stream().anyMatch(JobState::isTerminal);
        assertEquals(!state.isTerminal(), reaches);
        assertFalse(JobGraph.reachableFrom(state).contains(JobState.UNSPECIFIED));
    }

    @ParameterizedTest
    @EnumSource
    void simplePathsAreAllThatVisitNoStateTwice(JobState source) {
        for (JobState target : JobState.values()) {
            List<List<JobTransition>> paths = javaLists(JobGraph.simplePaths(source, target));
            List<List<JobTransition>> expected = new ArrayList<>();
            walk(source, target, new ArrayList<>(), expected);
            assertEquals(new HashSet<>(expected), new HashSet<>(paths));
            assertEquals(expected.size(), paths.size(), "no path twice");
            for (int i = 1; i < paths.size(); i++) {
                List<JobTransition> shorter = paths.get(i - 1);
                List<JobTransition> longer = paths.get(i);
                assertTrue(
                        shorter.size() < longer.size()
                                || (shorter.size() == longer.size() && comesFirst(shorter, longer)),
                        () -> shorter + " before " + longer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theShortestPathsAreTheSimpleOnesOfTheLeastLength(JobState source) {
        for (JobState target : JobState.values()) {
            List<List<JobTransition>> shortest = javaLists(JobGraph.shortestPaths(source, target));
            int distance = NaiveLifecycle.distance(source, target);
            assertEquals(distance < 0, shortest.isEmpty());
            assertEquals(
                    javaLists(JobGraph.simplePaths(source, target)).stream()
                            .filter(path -> path.size() == distance)
                            .toList(),
                    shortest);
        }
    }

    @Test
    void theOnlyPathFromAStateToItselfIsEmpty() {
        for (JobState state : JobState.values()) {
            assertEquals(List.of(List.of()), javaLists(JobGraph.shortestPaths(state, state)));
            assertEquals(List.of(List.of()), javaLists(JobGraph.simplePaths(state, state)));
        }
    }

    @Test
    void aQueuedJobSucceedsAtTheShortestByStartingAndSucceeding() {
        assertEquals(
                List.of(
                        List.of(JobTransition.QUEUED_TO_RUNNING, JobTransition.RUNNING_TO_SUCCEEDED),
                        List.of(JobTransition.QUEUED_TO_CANCELLING, JobTransition.CANCELLING_TO_SUCCEEDED)),
                javaLists(JobGraph.shortestPaths(JobState.QUEUED, JobState.SUCCEEDED)));
    }

    @Test
    void aPendingJobIsQueuedInOneStepAndNotByARunAndAPause() {
        assertEquals(
                List.of(List.of(JobTransition.PENDING_TO_QUEUED)),
                javaLists(JobGraph.shortestPaths(JobState.PENDING, JobState.QUEUED)));
        assertEquals(
                List.of(
                        List.of(JobTransition.PENDING_TO_QUEUED),
                        List.of(
                                JobTransition.PENDING_TO_RUNNING,
                                JobTransition.RUNNING_TO_PAUSED,
                                JobTransition.PAUSED_TO_QUEUED)),
                javaLists(JobGraph.simplePaths(JobState.PENDING, JobState.QUEUED)));
    }

    @Test
    void aJobThatWasJustCreatedSucceedsOnlyByRunning() {
        assertEquals(
                List.of(
                        List.of(
                                JobTransition.UNSPECIFIED_TO_QUEUED,
                                JobTransition.QUEUED_TO_RUNNING,
                                JobTransition.RUNNING_TO_SUCCEEDED),
                        List.of(
                                JobTransition.UNSPECIFIED_TO_PENDING,
                                JobTransition.PENDING_TO_RUNNING,
                                JobTransition.RUNNING_TO_SUCCEEDED)),
                javaLists(JobGraph.shortestPaths(JobState.UNSPECIFIED, JobState.SUCCEEDED)));
    }

    @Test
    void noOneCanChangeTheSets() {
        for (Set<JobState> states :
                List.of(JobGraph.terminalStates(), JobGraph.startedStates(), JobGraph.reachableFrom(JobState.QUEUED))) {
            assertThrows(UnsupportedOperationException.class, () -> states.add(JobState.UNSPECIFIED));
        }
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("source", () -> JobGraph.reachableFrom(null));
        Nulls.assertNamed("source", () -> JobGraph.shortestPaths(null, JobState.QUEUED));
        Nulls.assertNamed("target", () -> JobGraph.shortestPaths(JobState.QUEUED, null));
        Nulls.assertNamed("source", () -> JobGraph.simplePaths(null, JobState.QUEUED));
        Nulls.assertNamed("target", () -> JobGraph.simplePaths(JobState.QUEUED, null));
    }

    private static void walk(JobState at, JobState target, List<JobTransition> path, List<List<JobTransition>> found) {
        if (at == target) {
            found.add(List.copyOf(path));
            return;
        }
        for (NaiveLifecycle.Edge edge : NaiveLifecycle.EDGES) {
            boolean visited = path.stream().anyMatch(before -> before.source() == edge.target());
            boolean neverStarted = edge.transition() == JobTransition.CANCELLING_TO_SUCCEEDED
                    && path.stream().anyMatch(before -> before.source() == JobState.UNSPECIFIED)
                    && path.stream().noneMatch(before -> before.target() == JobState.RUNNING);
            if (edge.source() == at && !visited && !neverStarted) {
                List<JobTransition> longer = new ArrayList<>(path);
                longer.add(edge.transition());
                walk(edge.target(), target, longer, found);
            }
        }
    }

    private static boolean comesFirst(List<JobTransition> one, List<JobTransition> other) {
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return one.get(i).compareTo(other.get(i)) < 0;
            }
        }
        return false;
    }

    private static List<List<JobTransition>> javaLists(Seq<Seq<JobTransition>> paths) {
        return paths.map(Seq::toJavaList).toJavaList();
    }
}
