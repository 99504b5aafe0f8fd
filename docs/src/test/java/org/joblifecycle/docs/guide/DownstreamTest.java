package org.joblifecycle.docs.guide;

import static org.joblifecycle.transition.JobEvent.FINISH_UPDATE;
import static org.joblifecycle.transition.JobEvent.PREPARE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.joblifecycle.transition.JobEvent.UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.Test;

class DownstreamTest {
    private static final class Client {
        List<JobSnapshot> snapshots() {
            return List.of(
                    Jobs.pending(Jobs.TUNING_JOB), Jobs.running(Jobs.TUNING_JOB), Jobs.succeeded(Jobs.TUNING_JOB));
        }
    }

    private final Client client = new Client();

    // guide: downstream
    @Test
    void theClientReportsALegalHistory() {
        List<Verdict> verdicts = JobLifecycle.observer(JobKind.TUNING_JOB)
                .replay(client.snapshots())
                .asJava();

        for (Verdict verdict : verdicts) {
            assertEquals(List.of(), verdict.violations().asJava());
        }
        assertTrue(verdicts.get(verdicts.size() - 1).change().entersTerminal());
    }
    // end

    // guide: history
    static List<JobSnapshot> history(String name, JobEvent... events) {
        JobLifecycle owner = JobLifecycle.authority(JobKind.TUNING_JOB);
        List<JobSnapshot> snapshots = new ArrayList<>();
        JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
        Instant now = Instant.parse("2026-05-01T12:00:00Z");
        for (JobEvent event : events) {
            now = now.plusSeconds(60);
            job = owner.applyOrThrow(job, event, now);
            snapshots.add(job);
        }
        return snapshots;
    }
    // end

    @Test
    void aHistoryIsMadeOfEvents() {
        // guide: history-use
        List<JobSnapshot> snapshots =
                history("projects/p/locations/l/tuningJobs/7", PREPARE, START, UPDATE, FINISH_UPDATE, SUCCEED);
        // end
        assertEquals(
                List.of(JobState.PENDING, JobState.RUNNING, JobState.UPDATING, JobState.RUNNING, JobState.SUCCEEDED),
                snapshots.stream().map(JobSnapshot::state).toList());
        assertTrue(JobLifecycle.authority(JobKind.TUNING_JOB).replay(snapshots).forAll(Verdict::isLegal));
    }
}
