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
import org.joblifecycle.transition.AuditStep;
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

        void observe(JobSnapshot observed) {
            observe(jobs.get(observed.name()), observed);
        }

        private void observe(@Nullable JobSnapshot baseline, JobSnapshot observed) {
            // formatter:off
        // guide: poller
        AuditStep step = mirror.audit(baseline, observed);
        Verdict verdict = step.verdict();
        if (verdict.change() instanceof Change.Stale) return;                   // keep what we have
        verdict.violations().forEach(violation -> log.log(WARNING, violation)); // all of them, with reasons
        store(step.baseline());                                                 // mirror the truth, odd or not
        if (verdict.change().entersTerminal()) notifyOwner(observed);
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
        poller.observe(Jobs.pending(Jobs.TUNING_JOB));
        poller.observe(Jobs.running(Jobs.TUNING_JOB));
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));

        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
        assertEquals(List.of(), poller.warnings());
    }

    @Test
    void theOwnerOfAJobFirstSeenAsFailedIsNotified() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB)
                .withState(JobState.FAILED)
                .withStartTime(null)
                .withError(JobError.of(3)));

        assertEquals(List.of(JobState.FAILED), poller.notices());
        assertEquals(List.of(), poller.warnings());
    }

    @Test
    void anIllegalUpdateIsLoggedAndStored() {
        poller.observe(Jobs.running(Jobs.TUNING_JOB));
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null));

        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
        assertEquals(JobState.SUCCEEDED, poller.jobs.get(Jobs.TUNING_JOB).state());
        assertEquals(
                List.of("WARNING end-time-required: endTime is missing: a TuningJob that is SUCCEEDED carries the time"
                        + " when it ended"),
                poller.warnings());
    }

    @Test
    void aStaleObservationChangesNothing() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.observe(Jobs.running(Jobs.TUNING_JOB));

        assertEquals(Jobs.succeeded(Jobs.TUNING_JOB), poller.jobs.get(Jobs.TUNING_JOB));
        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
    }

    @Test
    void anAnswerWithoutUpdateTimeLetsNoOlderOnePass() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB).withUpdateTime(null));
        poller.observe(Jobs.running(Jobs.TUNING_JOB));

        assertEquals(Jobs.succeeded(Jobs.TUNING_JOB), poller.jobs.get(Jobs.TUNING_JOB));
        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
        assertEquals(List.of(), poller.warnings());
    }

    @Test
    void theOwnerOfAJobThatEndsTwiceIsNotifiedTwice() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        JobSnapshot failed = Jobs.succeeded(Jobs.TUNING_JOB).withState(JobState.FAILED);
        poller.observe(failed.withUpdateTime(failed.notBefore(Jobs.NOON).plus(Duration.ofMinutes(1))));

        assertEquals(List.of(JobState.SUCCEEDED, JobState.FAILED), poller.notices());
    }
}
