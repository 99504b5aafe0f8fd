package org.joblifecycle.transition;

import static org.joblifecycle.transition.Nulls.assertNamed;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedJobTest {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final String NAME = "projects/p/locations/l/customJobs/1";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SimulatedJob NEW = SimulatedJob.unspecified(AUTHORITY, NAME, T0);

    @Test
    void aNewJobHasNothingButItsName() {
        assertEquals(new SimulatedJob(AUTHORITY, JobSnapshot.of(NAME, JobState.UNSPECIFIED), T0), NEW);
        assertEquals(T0, NEW.time());
    }

    @ParameterizedTest
    @MethodSource("org.joblifecycle.transition.Agreement#kindsAndModes")
    void aPathOfEventsMakesAHistoryThatBreaksNoRule(JobKind kind, Mode mode) {
        JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
        for (JobState target : JobState.values()) {
            for (var path : JobGraph.simplePaths(JobState.UNSPECIFIED, target)) {
                SimulatedJob job = SimulatedJob.unspecified(lifecycle, NAME, T0);
                java.util.List<JobSnapshot> history =
                        new ArrayList<>(List.of(job.snapshot()).asJava());
                for (JobTransition edge : path) {
                    job = job.after(MINUTE).on(edge.event());
                    history.add(job.after(MINUTE).touched().snapshot());
                }
                assertEquals(target, job.snapshot().state());
                assertTrue(JobLifecycle.authority(kind).replay(history).forAll(Verdict::isLegal), history::toString);
            }
        }
    }

    @Test
    void anEventHappensAtTheTimeOfTheClock() {
        SimulatedJob running = NEW.on(JobEvent.PREPARE).after(MINUTE).on(JobEvent.START);

        assertEquals(
                JobSnapshot.of(NAME, JobState.RUNNING)
                        .withCreateTime(T0)
                        .withStartTime(T0.plus(MINUTE))
                        .withUpdateTime(T0.plus(MINUTE)),
                running.snapshot());
        assertEquals(T0.plus(MINUTE), running.now());
    }

    @Test
    void nothingHappensBeforeWhatHappenedAlready() {
        SimulatedJob late = NEW.on(JobEvent.PREPARE).at(T0.minusSeconds(9));

        assertEquals(T0.minusSeconds(9), late.now());
        assertEquals(T0, late.time());
        assertEquals(T0, late.on(JobEvent.START).snapshot().startTime());
        assertEquals(T0, late.touched().snapshot().updateTime());
        assertEquals(T0.minusSeconds(8), late.after(Duration.ofSeconds(1)).now());
    }

    @Test
    void aFailureCarriesTheErrorThatIsGiven() {
        SimulatedJob pending = NEW.on(JobEvent.PREPARE);

        assertEquals(DISK, pending.on(JobEvent.FAIL, DISK).snapshot().error());
        assertEquals(
                AUTHORITY.applyOrThrow(pending.snapshot(), JobEvent.FAIL, T0),
                pending.on(JobEvent.FAIL).snapshot());
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsNotPermittedThrows(JobEvent event) {
        if (!AUTHORITY.permittedEvents(NEW.snapshot()).contains(event)) {
            IllegalUpdateException refusal = assertThrows(IllegalUpdateException.class, () -> NEW.on(event));
            assertEquals(List.of(Rule.TRANSITION_ILLEGAL), refusal.violations().map(Violation::rule));
        }
    }

    @Test
    void aTouchedJobDiffersInItsUpdateTimeOnly() {
        SimulatedJob pending = NEW.on(JobEvent.PREPARE);

        assertEquals(
                pending.snapshot().withUpdateTime(T0.plus(MINUTE)),
                pending.after(MINUTE).touched().snapshot());
    }

    @Test
    void otherFieldsAreNotChecked() {
        JobSnapshot illegal = JobSnapshot.of(null, JobState.SUCCEEDED);

        assertEquals(new SimulatedJob(AUTHORITY, illegal, T0), NEW.with(illegal));
    }

    @Test
    void theClockEndsWithTheLastInstant() {
        assertThrows(DateTimeException.class, () -> NEW.at(Instant.MAX).after(Duration.ofNanos(1)));
    }

    @Test
    void nullsAreNamed() {
        JobSnapshot job = NEW.snapshot();
        assertNamed("lifecycle", () -> new SimulatedJob(null, job, T0));
        assertNamed("snapshot", () -> new SimulatedJob(AUTHORITY, null, T0));
        assertNamed("now", () -> new SimulatedJob(AUTHORITY, job, null));
        assertNamed("lifecycle", () -> SimulatedJob.unspecified(null, NAME, T0));
        assertNamed("snapshot", () -> NEW.with(null));
        assertNamed("now", () -> NEW.at(null));
        assertNamed("pause", () -> NEW.after(null));
        assertNamed("event", () -> NEW.on(null));
    }
}
