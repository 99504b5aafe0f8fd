package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.SimulatedJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmulatorTest {
    private final Clock clock = Clock.fixed(Jobs.NOON, ZoneOffset.UTC);

    private final Emulator emulator = new Emulator(clock);

    static final class Emulator {
        private final Clock clock;

        Emulator(Clock clock) {
            this.clock = clock;
        }

        // guide: emulator
        private final JobLifecycle service = JobLifecycle.authority(JobKind.TUNING_JOB);
        private final ConcurrentMap<String, JobSnapshot> jobs = new ConcurrentHashMap<>();

        JobSnapshot create(String name) {
            JobSnapshot job = next(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.PREPARE, null);
            if (jobs.putIfAbsent(name, job) != null) {
                throw new IllegalArgumentException("there is a job " + name + " already");
            }
            return job;
        }

        Optional<JobSnapshot> find(String name) {
            return Optional.ofNullable(jobs.get(name));
        }

        JobSnapshot fire(String name, JobEvent event, @Nullable JobError error) {
            JobSnapshot next = jobs.computeIfPresent(name, (key, job) -> next(job, event, error));
            if (next == null) {
                throw new NoSuchElementException("there is no job " + name);
            }
            return next;
        }

        private JobSnapshot next(JobSnapshot job, JobEvent event, @Nullable JobError error) {
            return service.applyOrThrow(job, event, job.notBefore(clock.instant()), error);
        }
        // end
    }

    @Test
    void aCreatedJobIsPending() {
        assertEquals(Jobs.pending(Jobs.TUNING_JOB), emulator.create(Jobs.TUNING_JOB));
    }

    @Test
    void aNameIsCreatedOnce() {
        emulator.create(Jobs.TUNING_JOB);
        JobSnapshot running = emulator.fire(Jobs.TUNING_JOB, JobEvent.START, null);

        assertThrows(IllegalArgumentException.class, () -> emulator.create(Jobs.TUNING_JOB));
        assertEquals(Optional.of(running), emulator.find(Jobs.TUNING_JOB));
    }

    @Test
    void eventsMoveAJobAndSetItsTimes() {
        emulator.create(Jobs.TUNING_JOB);
        emulator.fire(Jobs.TUNING_JOB, JobEvent.START, null);
        JobSnapshot cancelling = emulator.fire(Jobs.TUNING_JOB, JobEvent.CANCEL, null);
        JobSnapshot cancelled = emulator.fire(Jobs.TUNING_JOB, JobEvent.CONFIRM_CANCEL, null);

        assertEquals(Jobs.NOON, cancelling.startTime());
        assertEquals(new JobError(1, "CANCELED"), cancelled.error());
        assertEquals(Jobs.NOON, cancelled.endTime());
    }

    @Test
    void anEventThatTheStateDoesNotPermitIsRefused() {
        assertEquals(
                "transition-illegal: cannot PAUSE from PENDING: PENDING permits ENQUEUE, START, CANCEL, FAIL, EXPIRE",
                refusal());
    }

    @Test
    void aJobThatDoesNotExistIsNamed() {
        assertEquals(Optional.empty(), emulator.find(Jobs.TUNING_JOB));
        assertEquals(
                "there is no job " + Jobs.TUNING_JOB,
                assertThrows(NoSuchElementException.class, () -> emulator.fire(Jobs.TUNING_JOB, JobEvent.START, null))
                        .getMessage());
    }

    /** What the emulator answers to pausing a job that is not running. */
    static String refusal() {
        EmulatorTest test = new EmulatorTest();
        test.emulator.create(Jobs.TUNING_JOB);
        return assertThrows(
                        IllegalUpdateException.class, () -> test.emulator.fire(Jobs.TUNING_JOB, JobEvent.PAUSE, null))
                .getMessage();
    }

    @Test
    void aJobThatIsAheadOfTheClockStillMoves() {
        JobSnapshot job = Jobs.pending(Jobs.TUNING_JOB).withUpdateTime(Jobs.NOON.plusMillis(3));
        // guide: not-before
        JobSnapshot next = JobLifecycle.authority(JobKind.TUNING_JOB)
                .applyOrThrow(job, JobEvent.START, job.notBefore(clock.instant()));
        // end
        assertEquals(Jobs.NOON.plusMillis(3), next.startTime());
    }

    @Test
    void aFailedJobCarriesTheErrorOfTheEvent() {
        JobLifecycle service = JobLifecycle.authority(JobKind.TUNING_JOB);
        JobSnapshot job = Jobs.running(Jobs.TUNING_JOB);
        // guide: fail
        JobError error = new JobError(8, "out of quota");
        JobSnapshot failed = service.applyOrThrow(job, JobEvent.FAIL, job.notBefore(clock.instant()), error);
        // end
        assertEquals(error, failed.error());
    }

    @Test
    void aSimulatedJobMakesAHistory() {
        String name = Jobs.CUSTOM_JOB;
        Instant noon = Jobs.NOON;
        // guide: simulated
        SimulatedJob job = SimulatedJob.unspecified(JobLifecycle.authority(JobKind.CUSTOM_JOB), name, noon)
                .on(JobEvent.ENQUEUE)
                .after(Duration.ofMinutes(5))
                .on(JobEvent.START);
        JobSnapshot running = job.snapshot();
        // end
        assertEquals(noon, running.createTime());
        assertEquals(noon.plusSeconds(300), running.startTime());
    }

    @Test
    void anEventMakesTheNextJob() {
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        JobSnapshot job = Jobs.pending(Jobs.CUSTOM_JOB);
        // guide: event
        JobSnapshot running = owner.applyOrThrow(job, JobEvent.START, job.notBefore(clock.instant()));
        // end
        assertEquals(job.withState(JobState.RUNNING).withStartTime(Jobs.NOON), running);
    }

    @Test
    void theEventsThatAJobPermitsDependOnItsTimes() {
        JobSnapshot job = Jobs.pending(Jobs.TUNING_JOB).withState(JobState.CANCELLING);
        // guide: permitted-events
        Set<JobEvent> permitted = JobLifecycle.authority(JobKind.TUNING_JOB).permittedEvents(job);
        // end
        assertEquals(EnumSet.of(JobEvent.FAIL, JobEvent.CONFIRM_CANCEL), permitted);
    }
}
