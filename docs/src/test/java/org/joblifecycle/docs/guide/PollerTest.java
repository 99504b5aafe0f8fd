package org.joblifecycle.docs.guide;

import static java.lang.System.Logger.Level.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PollerTest {
    private final Poller poller = new Poller(JobLifecycle.observer(JobKind.TUNING_JOB));

    static final class Poller {
        private final JobLifecycle mirror;
        private final Map<String, JobSnapshot> jobs = new HashMap<>();
        private final List<JobState> notices = new ArrayList<>();
        private final Log log = new Log();

        Poller(JobLifecycle mirror) {
            this.mirror = mirror;
        }

        /** The states that the owner was notified of. */
        List<JobState> notices() {
            return notices;
        }

        /** What was logged. */
        List<String> warnings() {
            return log.lines();
        }

        void look(JobSnapshot job) {
            look(jobs.get(job.name()), job);
        }

        private void look(@Nullable JobSnapshot known, JobSnapshot job) {
            // formatter:off
        // guide: poller
        Verdict verdict = mirror.check(known, job);
        if (verdict.change() instanceof Change.Stale) return;                   // keep what we have
        verdict.violations().forEach(violation -> log.log(WARNING, violation)); // all of them, with reasons
        store(job);                                                             // mirror the truth, odd or not
        if (verdict.change().entersTerminal()) notifyOwner(job);
        // end
        // formatter:on
        }

        private void store(JobSnapshot job) {
            jobs.put(job.name(), job);
        }

        private void notifyOwner(JobSnapshot job) {
            notices.add(job.state());
        }
    }

    @Test
    void theOwnerIsNotifiedOnceWhenTheJobEnds() {
        poller.look(Jobs.pending(Jobs.TUNING_JOB));
        poller.look(Jobs.running(Jobs.TUNING_JOB));
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB));

        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
        assertEquals(List.of(), poller.warnings());
    }

    @Test
    void theOwnerOfAJobThatFailedBeforeTheFirstLookIsNotified() {
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB)
                .withState(JobState.FAILED)
                .withStartTime(null)
                .withError(JobError.of(3)));

        assertEquals(List.of(JobState.FAILED), poller.notices());
        assertEquals(List.of(), poller.warnings());
    }

    @Test
    void anOddUpdateIsLoggedAndStored() {
        poller.look(Jobs.running(Jobs.TUNING_JOB));
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null));

        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
        assertEquals(JobState.SUCCEEDED, poller.jobs.get(Jobs.TUNING_JOB).state());
        assertEquals(
                List.of("WARNING end-time-required: endTime is missing: a TuningJob that is SUCCEEDED carries the time"
                        + " when it ended"),
                poller.warnings());
    }

    @Test
    void aLookThatArrivesLateChangesNothing() {
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.look(Jobs.running(Jobs.TUNING_JOB));

        assertEquals(Jobs.succeeded(Jobs.TUNING_JOB), poller.jobs.get(Jobs.TUNING_JOB));
        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
    }

    @Test
    void aJobThatEndsTwiceIsNoticedTwice() {
        poller.look(Jobs.succeeded(Jobs.TUNING_JOB));
        JobSnapshot failed = Jobs.succeeded(Jobs.TUNING_JOB).withState(JobState.FAILED);
        poller.look(failed.withUpdateTime(failed.notBefore(Jobs.NOON).plus(Duration.ofMinutes(1))));

        assertEquals(List.of(JobState.SUCCEEDED, JobState.FAILED), poller.notices());
    }
}
