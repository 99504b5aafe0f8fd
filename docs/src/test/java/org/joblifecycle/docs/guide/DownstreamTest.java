package org.joblifecycle.docs.guide;

import static org.joblifecycle.transition.JobEvent.FINISH_UPDATE;
import static org.joblifecycle.transition.JobEvent.PREPARE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.joblifecycle.transition.JobEvent.UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.Test;

class DownstreamTest {
    private static final class Client {
        List<JobSnapshot> looks() {
            return List.of(
                    Jobs.pending(Jobs.TUNING_JOB), Jobs.running(Jobs.TUNING_JOB), Jobs.succeeded(Jobs.TUNING_JOB));
        }
    }

    private final Client client = new Client();

    // guide: downstream
    @Test
    void whatTheClientReportsIsAHistoryThatAJobCanHave() {
        Seq<Verdict> verdicts = JobLifecycle.observer(JobKind.TUNING_JOB).replay(client.looks());

        assertEquals(List.empty(), verdicts.flatMap(Verdict::violations));
        assertTrue(verdicts.exists(verdict -> verdict.change().entersTerminal()));
    }
    // end

    // guide: history
    static List<JobSnapshot> history(String name, JobEvent... events) {
        JobLifecycle owner = JobLifecycle.authority(JobKind.TUNING_JOB);
        JobSnapshot unspecified = JobSnapshot.of(name, JobState.UNSPECIFIED);
        Instant start = Instant.parse("2026-05-01T12:00:00Z");
        return List.of(events)
                .scanLeft(
                        unspecified,
                        (job, event) -> owner.apply(
                                        job, event, job.notBefore(start).plusSeconds(60))
                                .get())
                .tail();
    }
    // end

    @Test
    void aHistoryIsMadeOfEvents() {
        // guide: history-use
        List<JobSnapshot> looks =
                history("projects/p/locations/l/tuningJobs/7", PREPARE, START, UPDATE, FINISH_UPDATE, SUCCEED);
        // end
        assertEquals(
                List.of(JobState.PENDING, JobState.RUNNING, JobState.UPDATING, JobState.RUNNING, JobState.SUCCEEDED),
                looks.map(JobSnapshot::state));
        assertEquals(
                List.empty(),
                JobLifecycle.authority(JobKind.TUNING_JOB).replay(looks).flatMap(Verdict::violations));
    }
}
