package org.joblifecycle.docs.guide;

import static java.lang.System.Logger.Level.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        private final Map<String, Polled> jobs = new LinkedHashMap<>();
        private final Log log = new Log();

        Poller(JobLifecycle mirror) {
            this.mirror = mirror;
        }

        /** The states that all owners were notified of. */
        List<JobState> notices() {
            return jobs.values().stream().flatMap(job -> job.notices.stream()).toList();
        }

        /** The states that the owner of this job was notified of. */
        List<JobState> notices(String name) {
            return jobs.containsKey(name) ? List.copyOf(jobs.get(name).notices) : List.of();
        }

        /** The job as it is stored. */
        Optional<JobSnapshot> find(String name) {
            return Optional.ofNullable(jobs.get(name)).map(job -> job.baseline);
        }

        /** What was logged. */
        List<String> warnings() {
            return log.lines();
        }

        /** The answer to a request for the job of the name that it has. */
        void observe(JobSnapshot observed) {
            observe(String.valueOf(observed.name()), observed);
        }

        /** The answer to a request for a job: kept by the name that was asked for, or a changed name would not be noticed. */
        void observe(String name, JobSnapshot observed) {
            jobs.computeIfAbsent(name, asked -> new Polled()).observe(observed);
        }

        private final class Polled {
            private @Nullable JobSnapshot baseline;
            private final List<JobState> notices = new ArrayList<>();

            private void observe(JobSnapshot observed) {
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
                baseline = job;
            }

            private void notifyOwner(JobSnapshot job) {
                notices.add(job.state());
            }
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
        assertEquals(
                JobState.SUCCEEDED, poller.find(Jobs.TUNING_JOB).orElseThrow().state());
        assertEquals(
                List.of("WARNING end-time-required: endTime is missing: a TuningJob that is SUCCEEDED carries the time"
                        + " when it ended"),
                poller.warnings());
    }

    @Test
    void aStaleObservationChangesNothing() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.observe(Jobs.running(Jobs.TUNING_JOB));

        assertEquals(
                Jobs.succeeded(Jobs.TUNING_JOB), poller.find(Jobs.TUNING_JOB).orElseThrow());
        assertEquals(List.of(JobState.SUCCEEDED), poller.notices());
    }

    @Test
    void anAnswerWithoutUpdateTimeLetsNoOlderOnePass() {
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB));
        poller.observe(Jobs.succeeded(Jobs.TUNING_JOB).withUpdateTime(null));
        poller.observe(Jobs.running(Jobs.TUNING_JOB));

        assertEquals(
                Jobs.succeeded(Jobs.TUNING_JOB), poller.find(Jobs.TUNING_JOB).orElseThrow());
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
