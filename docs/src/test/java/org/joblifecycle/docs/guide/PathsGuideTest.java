package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vavr.collection.Seq;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.joblifecycle.docs.guide.EmulatorTest.Emulator;
import org.joblifecycle.docs.guide.PollerTest.Poller;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.Coverage;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.JobPaths;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathsGuideTest {
    private static final String NAME = Jobs.TUNING_JOB;
    private static final Clock CLOCK = Clock.fixed(Jobs.NOON, ZoneOffset.UTC);

    // guide: paths
    static final JobLifecycle SERVICE = JobLifecycle.authority(JobKind.TUNING_JOB);
    static final JobSnapshot FIRST = new Emulator(CLOCK).create(NAME);
    static final Coverage COVERAGE = Coverage.of(SERVICE, FIRST);

    static Seq<JobPath> paths() {
        return JobPaths.of(SERVICE).from(FIRST).toEdges();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theEmulatorTakesEveryEdge(JobPath path) {
        Emulator emulator = new Emulator(CLOCK);
        Seq<JobSnapshot> snapshots =
                path.events().scanLeft(emulator.create(NAME), (job, event) -> emulator.fire(NAME, event, null));

        assertEquals(path.target(), snapshots.last().state());
        COVERAGE.replay(snapshots);
    }

    @AfterAll
    static void everyEdgeIsTested() {
        COVERAGE.require(Coverage.Metric.EDGES, 1.0);
    }
    // end

    // guide: path-tests
    @TestFactory
    Seq<DynamicTest> theOwnerIsNotifiedOnEveryPathToAnEnd() {
        return JobPaths.of(SERVICE)
                .simple(6)
                .filter(path -> path.target().isTerminal())
                .map(path -> dynamicTest(path.toString(), () -> {
                    Poller poller = new Poller(JobLifecycle.observer(JobKind.TUNING_JOB));
                    History.along(SERVICE, path).snapshots().forEach(poller::observe);
                    assertEquals(List.of(path.target()), poller.notices());
                }));
    }
    // end

    private static Coverage withoutUpdates() {
        Coverage coverage = Coverage.of(SERVICE, FIRST);
        paths().reject(path -> path.toString().contains("UPDATING")).forEach(path -> {
            Emulator emulator = new Emulator(CLOCK);
            coverage.replay(
                    path.events().scanLeft(emulator.create(NAME), (job, event) -> emulator.fire(NAME, event, null)));
        });
        return coverage;
    }

    /** What is reported where the tests miss an edge. */
    static String missed() {
        return assertThrows(AssertionError.class, () -> withoutUpdates().require(Coverage.Metric.EDGES, 1.0))
                .getMessage();
    }

    @Test
    void aMissedEdgeIsNamedAndMarkedInThePicture() {
        assertEquals(
                "edges        25 of  27 (92 %), expected 100 %. Missed: RUNNING_TO_UPDATING; UPDATING_TO_RUNNING",
                missed());
        assertTrue(withoutUpdates().mermaid().contains("RUNNING -->|✗ UPDATE| UPDATING"));
    }
}
