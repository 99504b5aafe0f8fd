package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Coverage.Metric;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);
    private static final JobPaths PATHS = JobPaths.of(AUTHORITY);

    private final Coverage coverage = Coverage.of(AUTHORITY);

    private Seq<String> covered(Metric metric) {
        return coverage.items(metric).removeAll(coverage.missed(metric));
    }

    @Test
    void nothingIsCoveredAtFirst() {
        for (Metric metric : Metric.values()) {
            assertEquals(0, coverage.share(metric));
            assertEquals(coverage.items(metric), coverage.missed(metric));
        }
        assertEquals(29, coverage.items(Metric.EDGES).size());
        assertEquals(
                PATHS.toEdgePairs().size(), coverage.items(Metric.EDGE_PAIRS).size());
        assertEquals(144, coverage.items(Metric.STATE_PAIRS).size());
        assertEquals(17, coverage.items(Metric.RULES).size());
    }

    @Test
    void aCheckAnswersAsTheLifecycleDoes() {
        JobSnapshot queued =
                History.along(AUTHORITY, PATHS.to(JobState.QUEUED).get()).last();
        JobSnapshot proposed = queued.withState(JobState.SUCCEEDED);

        assertEquals(
                AUTHORITY.check(queued, proposed).violations(),
                coverage.check(queued, proposed).violations());
        assertEquals(List.of("QUEUED -> SUCCEEDED"), covered(Metric.STATE_PAIRS));
        assertEquals(List.of("start-time-required", "end-time-required", "transition-illegal"), covered(Metric.RULES));
        assertEquals(List.empty(), covered(Metric.EDGES));
    }

    @Test
    void aHistoryCoversItsEdgesAndEveryTwoInARow() {
        JobPath path = PATHS.to(JobTransition.PAUSED_TO_RUNNING).get();

        assertEquals(
                path.size() + 1,
                coverage.replay(History.along(AUTHORITY, path).snapshots()).size());

        assertEquals(
                path.edges().map(JobTransition::name).toSet(),
                covered(Metric.EDGES).toSet());
        assertEquals(
                List.of(
                                "UNSPECIFIED -ENQUEUE-> QUEUED, QUEUED -START-> RUNNING",
                                "QUEUED -START-> RUNNING, RUNNING -PAUSE-> PAUSED",
                                "RUNNING -PAUSE-> PAUSED, PAUSED -START-> RUNNING")
                        .toSet(),
                covered(Metric.EDGE_PAIRS).toSet());
    }

    @Test
    void edgesOfTwoJobsAreNoPair() {
        Seq<JobSnapshot> snapshots = History.along(
                        AUTHORITY, PATHS.to(JobTransition.QUEUED_TO_PENDING).get())
                .snapshots();
        coverage.check(snapshots.get(0), snapshots.get(1));
        coverage.check(snapshots.get(1).withName("other"), snapshots.get(2).withName("other"));

        assertEquals(2, covered(Metric.EDGES).size());
        assertEquals(List.empty(), covered(Metric.EDGE_PAIRS));
    }

    @Test
    void edgesOfTwoJobsOfOneNameAreNoPairEither() {
        Seq<JobSnapshot> snapshots = History.along(
                        AUTHORITY, PATHS.to(JobTransition.QUEUED_TO_PENDING).get())
                .snapshots();
        coverage.check(snapshots.get(0), snapshots.get(1));
        coverage.check(
                snapshots.get(1).withCreateTime(History.BEGINNING),
                snapshots.get(2).withCreateTime(History.BEGINNING));

        assertEquals(2, covered(Metric.EDGES).size());
        assertEquals(List.empty(), covered(Metric.EDGE_PAIRS));
    }

    @Test
    void edgesWithUpdatesInTheSameStateBetweenThemAreAPair() {
        Seq<JobSnapshot> snapshots = History.along(
                        AUTHORITY, PATHS.to(JobTransition.QUEUED_TO_PENDING).get())
                .snapshots();
        JobSnapshot queued = snapshots.get(1);
        JobSnapshot touched = queued.withUpdateTime(snapshots.get(2).updateTime());
        coverage.replay(List.of(snapshots.get(0), queued, queued, touched, snapshots.get(2)));

        assertEquals(1, covered(Metric.EDGE_PAIRS).size());
    }

    @Test
    void edgesOfAnObserverAreAPairAlsoOverAnAnswerInPart() {
        JobLifecycle observer = JobLifecycle.observer(JobKind.TUNING_JOB);
        Coverage observed = Coverage.of(observer);
        Seq<JobSnapshot> snapshots = History.along(
                        observer, PATHS.to(JobTransition.QUEUED_TO_PENDING).get())
                .snapshots();
        observed.replay(snapshots.insert(2, snapshots.get(1).withUpdateTime(null)));

        assertEquals(
                observed.items(Metric.EDGE_PAIRS).size() - 1,
                observed.missed(Metric.EDGE_PAIRS).size());
    }

    @Test
    void stateChangesWithoutAnEventNeedNotBeCoveredByEvents() {
        Seq<Rule> rules = List.of(Rule.TRANSITION_ILLEGAL, Rule.ERROR_UNEXPECTED);
        Coverage ofEvents = Coverage.of(AUTHORITY, JobSnapshot.of(null, JobState.UNSPECIFIED), false, rules);

        assertEquals(rules.map(Rule::id), ofEvents.items(Metric.RULES));
        assertEquals(29, ofEvents.items(Metric.STATE_PAIRS).size());
    }

    @Test
    void anIllegalStepCoversNoEdge() {
        JobSnapshot queued =
                History.along(AUTHORITY, PATHS.to(JobState.QUEUED).get()).last();
        coverage.check(queued, queued.withState(JobState.RUNNING));

        assertEquals(List.empty(), covered(Metric.EDGES));
        assertEquals(List.of("start-time-required"), covered(Metric.RULES));
    }

    @Test
    void eventsCoverToo() {
        JobSnapshot queued =
                History.along(AUTHORITY, PATHS.to(JobState.QUEUED).get()).last();

        assertTrue(coverage.apply(queued, JobEvent.FAIL, queued.notBefore(History.BEGINNING), JobError.of(8))
                .isValid());
        assertTrue(coverage.apply(queued, JobEvent.FAIL, queued.notBefore(History.BEGINNING), JobError.of(0))
                .isInvalid());
        assertEquals(List.of("QUEUED_TO_FAILED"), covered(Metric.EDGES));
        assertEquals(List.of(Rule.ERROR_CODE_INVALID.id()), covered(Metric.RULES));
    }

    @Test
    void excludedEdgesAndRulesNeedNotBeCovered() {
        Coverage less =
                Coverage.of(AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED).without(Rule.NAME_CHANGED));

        assertEquals(29 - 1 - 5, less.items(Metric.EDGES).size());
        assertEquals(16, less.items(Metric.RULES).size());
    }

    @Test
    void unreachableStatesNeedNotBeCovered() {
        JobSnapshot pending =
                History.along(AUTHORITY, PATHS.to(JobState.PENDING).get()).last();

        assertEquals(27, Coverage.of(AUTHORITY, pending).items(Metric.EDGES).size());
        assertEquals(
                11 * 12,
                Coverage.of(AUTHORITY, pending).items(Metric.STATE_PAIRS).size());
    }

    @Test
    void lessCoverageThanRequiredFailsAndNamesWhatIsMissed() {
        PATHS.toEdges()
                .reject(path -> path.edges().contains(JobTransition.RUNNING_TO_UPDATING))
                .forEach(path -> coverage.replay(History.along(AUTHORITY, path).snapshots()));

        coverage.require(Metric.EDGES, 0.93);
        AssertionError error = assertThrows(AssertionError.class, () -> coverage.require(Metric.EDGES, 1));
        assertEquals(
                "edges        27 of  29 (93 %), expected 100 %. Missed: RUNNING_TO_UPDATING; UPDATING_TO_RUNNING",
                error.getMessage());
        assertTrue(
                assertThrows(AssertionError.class, () -> coverage.require(Metric.EDGES, 0.939))
                        .getMessage()
                        .contains("(93 %), expected 93.9 %."),
                coverage::table);
        assertThrows(IllegalArgumentException.class, () -> coverage.require(Metric.EDGES, 1.1));
        assertThrows(IllegalArgumentException.class, () -> coverage.require(Metric.EDGES, Double.NaN));
    }

    @Test
    void theTableShowsWhatIsMissed() {
        PATHS.toEdges()
                .reject(path -> path.edges().contains(JobTransition.RUNNING_TO_UPDATING))
                .forEach(path -> coverage.replay(History.along(AUTHORITY, path).snapshots()));

        assertTrue(coverage.table().startsWith("""
                        authority of TUNING_JOB
                        edges        27 of  29 (93 %)
                          missed: RUNNING_TO_UPDATING
                          missed: UPDATING_TO_RUNNING
                        edge pairs\s"""), coverage::table);
    }

    @Test
    void theDiagramMarksWhatIsMissed() {
        PATHS.toEdges()
                .reject(path -> path.edges().contains(JobTransition.RUNNING_TO_UPDATING))
                .forEach(path -> coverage.replay(History.along(AUTHORITY, path).snapshots()));

        assertEquals(
                Diagram.mermaid().replace("|UPDATE|", "|✗ UPDATE|").replace("|FINISH_UPDATE|", "|✗ FINISH_UPDATE|")
                        + "    linkStyle 18,20 stroke:#f00\n",
                coverage.mermaid());
    }

    @Test
    void theDiagramHasNoEdgeThatNoJobCanTake() {
        JobSnapshot queued =
                History.along(AUTHORITY, PATHS.to(JobState.QUEUED).get()).last();
        String picture = Coverage.of(AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED), queued)
                .mermaid();

        // Neither those that begin in UNSPECIFIED or PAUSED, nor that to PAUSED.
        assertEquals(
                29 - 2 - 5 - 1,
                picture.lines().filter(line -> line.contains("✗ ")).count());
        assertEquals(
                29 - 2 - 5 - 1,
                picture.lines().filter(line -> line.contains("|")).count());
        assertFalse(picture.contains("UNSPECIFIED -"), picture);
        assertTrue(picture.contains("    linkStyle 1,2,3,4,7,"), picture);
    }
}
