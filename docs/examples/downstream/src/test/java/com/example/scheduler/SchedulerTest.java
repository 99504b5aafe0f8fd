package com.example.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.scheduler.Scheduler.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final Scheduler scheduler = new Scheduler(Clock.fixed(NOON, ZoneOffset.UTC));
    private final JobSnapshot queued = scheduler.submit("nightly");
    private final JobSnapshot running = queued.withState(JobState.RUNNING).withStartTime(NOON);

    @Test
    void aJobWaitsInTheQueueAndThenRuns() {
        assertEquals(JobState.QUEUED, queued.state());
        assertEquals(NOON, queued.createTime());
        assertEquals(Optional.of(queued), scheduler.find("nightly"));

        assertEquals(new Outcome.Stored(running), scheduler.update(queued, running));
        assertEquals(Optional.of(running), scheduler.find("nightly"));
    }

    @Test
    void aRunningJobCannotBePaused() {
        scheduler.update(queued, running);

        Outcome outcome = scheduler.update(running, running.withState(JobState.PAUSED));
        assertEquals(
                "transition-illegal: cannot go from RUNNING to PAUSED: "
                        + "the edge RUNNING_TO_PAUSED is excluded from this lifecycle",
                assertInstanceOf(Outcome.Refused.class, outcome).violations().mkString("\n"));
        assertEquals(Optional.of(running), scheduler.find("nightly"));
    }

    @Test
    void ofTwoSendersWhoKnowTheSameJobOneIsTooLate() {
        scheduler.update(queued, running);

        assertEquals(new Outcome.Outdated(), scheduler.update(queued, queued.withState(JobState.CANCELLING)));
        assertEquals(Optional.of(running), scheduler.find("nightly"));
    }

    @Test
    void ofTwoAmendmentsThatLeaveUpdateTimeAsItIsOneIsTooLate() {
        JobSnapshot failed = queued.withState(JobState.FAILED).withEndTime(NOON);
        JobSnapshot first = failed.withError(JobError.of(8));
        scheduler.update(queued, failed);

        assertEquals(new Outcome.Stored(first), scheduler.update(failed, first));
        assertEquals(new Outcome.Outdated(), scheduler.update(failed, failed.withError(JobError.of(13))));
        assertEquals(Optional.of(first), scheduler.find("nightly"));
    }

    @Test
    void anUpdateOfAnUnknownJobIsNotStored() {
        JobSnapshot unknown = queued.withName("unknown");
        JobSnapshot nameless = queued.withName(null);

        assertEquals(new Outcome.Unknown(), scheduler.update(unknown, unknown.withState(JobState.PENDING)));
        assertEquals(new Outcome.Unknown(), scheduler.update(nameless, queued.withState(JobState.PENDING)));
        assertEquals(Optional.empty(), scheduler.find("unknown"));
        assertEquals(Optional.of(queued), scheduler.find("nightly"));
    }

    @Test
    void aJobHasANameThatNoOtherHas() {
        assertThrows(IllegalArgumentException.class, () -> scheduler.submit("nightly"));
        assertThrows(IllegalArgumentException.class, () -> scheduler.submit(""));
        assertEquals(Optional.of(queued), scheduler.find("nightly"));
    }

    @Test
    void aJobKeepsItsName() {
        JobSnapshot other = scheduler.submit("daily");

        for (String name : Arrays.asList("daily", null)) {
            Outcome outcome = scheduler.update(queued, running.withName(name));
            assertEquals(
                    "name-changed",
                    assertInstanceOf(Outcome.Refused.class, outcome)
                            .violations()
                            .map(Violation::id)
                            .mkString());
        }
        assertEquals(Optional.of(queued), scheduler.find("nightly"));
        assertEquals(Optional.of(other), scheduler.find("daily"));
    }
}
