package org.joblifecycle.testkit;

import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.PAUSED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.transition.JobTransition.CANCELLING_TO_SUCCEEDED;
import static org.joblifecycle.transition.JobTransition.PENDING_TO_RUNNING;
import static org.joblifecycle.transition.JobTransition.QUEUED_TO_PENDING;
import static org.joblifecycle.transition.JobTransition.RUNNING_TO_PAUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobPathsTest {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobPaths PATHS = JobPaths.of(AUTHORITY);

    static Seq<JobPath> everyPath() {
        return PATHS.toStates()
                .appendAll(PATHS.toStatesStartedOrNot())
                .appendAll(PATHS.toEdges())
                .appendAll(PATHS.toEdgePairs())
                .appendAll(PATHS.simple(12));
    }

    @ParameterizedTest
    @MethodSource("everyPath")
    void aJobCanTakeEveryPath(JobPath path) {
        assertTrue(AUTHORITY.replay(History.along(AUTHORITY, path).snapshots()).forAll(Verdict::isLegal));
    }

    @Test
    void aShortestPathLeadsToEveryState() {
        assertEquals(
                HashSet.of(JobState.values()),
                PATHS.toStates().map(JobPath::target).toSet());
        assertEquals(12, PATHS.toStates().size());
        for (JobPath path : PATHS.toStates()) {
            assertTrue(JobGraph.shortestPaths(UNSPECIFIED, path.target()).contains(path.edges()), path::toString);
        }
    }

    @Test
    void aShortestPathLeadsOverEveryEdge() {
        assertEquals(
                HashSet.of(JobTransition.values()),
                PATHS.toEdges().map(path -> path.edges().last()).toSet());
        assertEquals(29, PATHS.toEdges().size());
        for (JobPath path : PATHS.toEdges().reject(path -> path.edges().last().needsStart())) {
            assertEquals(
                    JobGraph.shortestPaths(UNSPECIFIED, path.edges().last().source())
                                    .head()
                                    .size()
                            + 1,
                    path.size());
        }
    }

    @Test
    void anEdgeThatNeedsAStartIsReachedOverRunning() {
        assertEquals(
                "UNSPECIFIED -ENQUEUE-> QUEUED -START-> RUNNING -CANCEL-> CANCELLING -SUCCEED-> SUCCEEDED",
                PATHS.to(CANCELLING_TO_SUCCEEDED).get().toString());
    }

    @Test
    void aPathLeadsOverEveryTwoEdgesThatJoin() {
        Set<List<JobTransition>> joined = new java.util.HashSet<>();
        for (JobTransition first : JobTransition.values()) {
            JobTransition.from(first.target()).forEach(second -> joined.add(List.of(first, second)));
        }
        assertEquals(
                joined,
                PATHS.toEdgePairs()
                        .map(path -> path.edges().takeRight(2).toList())
                        .toJavaSet());
        assertEquals(joined.size(), PATHS.toEdgePairs().size());
    }

    @Test
    void aSecondPathLeadsOverRunningToStatesBeforeIt() {
        Seq<JobPath> again = PATHS.toStatesStartedOrNot().removeAll(PATHS.toStates());
        Set<JobState> neverStarted = EnumSet.complementOf(EnumSet.copyOf(JobGraph.startedStates()));
        neverStarted.remove(UNSPECIFIED);

        assertEquals(neverStarted, again.map(JobPath::target).toJavaSet());
        assertTrue(again.forAll(path -> path.edges().exists(edge -> edge.target() == RUNNING)));
    }

    @Test
    void allSimplePathsUpToTheBoundAreListed() {
        Seq<Seq<JobTransition>> expected =
                List.of(JobState.values()).flatMap(state -> JobGraph.simplePaths(UNSPECIFIED, state));
        for (int bound = 0; bound <= 12; bound++) {
            int most = bound;
            assertEquals(
                    expected.filter(path -> path.size() <= most).toSet(),
                    PATHS.simple(bound)
                            .map(path -> (Seq<JobTransition>) path.edges().toList())
                            .toSet());
        }
        assertEquals(expected.size(), PATHS.simple(12).size());
        assertThrows(IllegalArgumentException.class, () -> PATHS.simple(-1));
    }

    @Test
    void thePathsAreAlwaysTheSameTheShortOnesFirst() {
        JobPaths others = JobPaths.of(JobLifecycle.observer(JobKind.NAS_JOB));
        for (Seq<JobPath> paths : List.of(PATHS.toStates(), PATHS.toEdges(), PATHS.toEdgePairs(), PATHS.simple(5))) {
            assertEquals(paths.sortBy(JobPath::size), paths);
        }
        assertEquals(PATHS.toStates(), others.toStates());
        assertEquals(PATHS.toEdges(), others.toEdges());
        assertEquals(PATHS.toEdgePairs(), others.toEdgePairs());
        assertEquals(PATHS.simple(5), others.simple(5));
    }

    @ParameterizedTest
    @EnumSource
    void noPathLeadsOverAnExcludedEdge(JobTransition edge) {
        JobPaths paths = JobPaths.of(AUTHORITY.without(edge));

        assertFalse(paths.edges().contains(edge));
        assertFalse(paths.to(edge).isDefined());
        assertFalse(paths.toStates()
                .appendAll(paths.toEdges())
                .appendAll(paths.toEdgePairs())
                .appendAll(paths.simple(12))
                .exists(path -> path.edges().contains(edge)));
    }

    @Test
    void thePathsOfAJobBeginInItsState() {
        JobPaths paths = PATHS.from(JobSnapshot.of(null, PAUSED));

        assertEquals(JobPath.at(PAUSED), paths.to(PAUSED).get());
        assertEquals(
                "PAUSED -CANCEL-> CANCELLING -SUCCEED-> SUCCEEDED",
                paths.to(CANCELLING_TO_SUCCEEDED).get().toString());
        assertFalse(paths.to(UNSPECIFIED).isDefined());
        assertFalse(PATHS.from(JobSnapshot.of(null, CANCELLING)).to(SUCCEEDED).isDefined());
        assertTrue(PATHS.from(JobSnapshot.of(null, CANCELLING).withStartTime(History.BEGINNING))
                .to(SUCCEEDED)
                .isDefined());
    }

    @Test
    void aPathIsItsEdgesWithTheirEvents() {
        JobPath path = JobPath.at(PENDING).plus(PENDING_TO_RUNNING).plus(RUNNING_TO_PAUSED);

        assertEquals(PENDING, path.source());
        assertEquals(PAUSED, path.target());
        assertEquals(2, path.size());
        assertEquals(List.of(JobEvent.START, JobEvent.PAUSE), path.events());
        assertEquals("PENDING -START-> RUNNING -PAUSE-> PAUSED", path.toString());
        assertEquals("QUEUED", JobPath.at(QUEUED).toString());
        assertEquals(
                "the edge QUEUED -PREPARE-> PENDING does not begin in PAUSED",
                assertThrows(IllegalArgumentException.class, () -> path.plus(QUEUED_TO_PENDING))
                        .getMessage());
    }

    @Test
    void aHistoryBeginsWithALegalSnapshotInTheStateOfItsPath() {
        JobPath path = JobPath.at(RUNNING).plus(JobTransition.RUNNING_TO_SUCCEEDED);
        JobSnapshot faulty = JobSnapshot.of("x", RUNNING).withCreateTime(History.BEGINNING);

        assertEquals(
                "the first snapshot breaks "
                        + AUTHORITY.check(faulty).violations().head() + ": expected one that breaks no rule",
                assertThrows(IllegalArgumentException.class, () -> History.along(AUTHORITY, faulty, path))
                        .getMessage());
        assertEquals(
                "the path RUNNING -SUCCEED-> SUCCEEDED begins in RUNNING, but the job is UNSPECIFIED",
                assertThrows(IllegalArgumentException.class, () -> History.along(AUTHORITY, path))
                        .getMessage());
        JobLifecycle noPause = AUTHORITY.without(RUNNING_TO_PAUSED);
        assertEquals(
                "no job of the authority of TUNING_JOB without RUNNING_TO_PAUSED can take the path"
                        + " UNSPECIFIED -ENQUEUE-> QUEUED -START-> RUNNING -PAUSE-> PAUSED",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> History.along(noPause, PATHS.to(PAUSED).get()))
                        .getMessage());
    }
}
