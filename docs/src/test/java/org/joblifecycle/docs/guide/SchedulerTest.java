package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    record Response(int status, String body) {
        static Response conflict(String body) {
            return new Response(409, body);
        }

        static Response ok() {
            return new Response(200, "");
        }
    }

    static final class Scheduler {
        // guide: scheduler
        private final JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);

        Response update(JobSnapshot known, JobSnapshot proposed) {
            return owner.check(known, proposed)
                    .toValidation()
                    .fold(violations -> Response.conflict(violations.mkString("\n")), change -> save(proposed));
        }
        // end

        private Response save(JobSnapshot job) {
            saved = job;
            return Response.ok();
        }

        private JobSnapshot saved;
    }

    /** What the scheduler answers to an update that is wrong in three ways. */
    static String refusal() {
        JobSnapshot known = Jobs.running(Jobs.CUSTOM_JOB);
        Instant later = Jobs.NOON.plusSeconds(90);
        JobSnapshot proposed = known.withState(JobState.CANCELLED)
                .withStartTime(null)
                .withEndTime(later)
                .withUpdateTime(later)
                .withError(new JobError(13, "worker lost"));
        return new Scheduler().update(known, proposed).body();
    }

    @Test
    void anUpdateIsRefusedWithEveryReason() {
        assertEquals(
                List.of("error-code-invalid", "transition-illegal", "start-time-changed"),
                List.of(refusal().split("\n")).map(line -> line.substring(0, line.indexOf(':'))));
    }

    @Test
    void aLegalUpdateIsSaved() {
        Scheduler scheduler = new Scheduler();
        JobSnapshot done = Jobs.succeeded(Jobs.CUSTOM_JOB);

        assertEquals(Response.ok(), scheduler.update(Jobs.running(Jobs.CUSTOM_JOB), done));
        assertEquals(done, scheduler.saved);
    }

    @Test
    void aServiceThatCannotPauseLeavesTheEdgeOut() {
        // guide: without-edges
        JobLifecycle owner = JobLifecycle.authority(JobKind.TUNING_JOB).without(JobTransition.RUNNING_TO_PAUSED);
        // end
        assertEquals(
                EnumSet.of(
                        JobEvent.SUCCEED,
                        JobEvent.SUCCEED_PARTIALLY,
                        JobEvent.FAIL,
                        JobEvent.EXPIRE,
                        JobEvent.CANCEL,
                        JobEvent.UPDATE,
                        JobEvent.RESTART),
                owner.permittedEvents(Jobs.running(Jobs.TUNING_JOB)));
    }

    @Test
    void aRuleThatIsLeftOutIsNotReported() {
        // guide: without-rules
        JobLifecycle mirror =
                JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_ORDER, Rule.END_TIME_REQUIRED);
        // end
        assertTrue(mirror.check(
                        Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null).withUpdateTime(Jobs.NOON.minusSeconds(5)))
                .isLegal());
    }

    @Test
    void inferredEdgesCanBeLeftOut() {
        // guide: without-inferred
        JobTransition[] inferred = Arrays.stream(JobTransition.values())
                .filter(edge -> edge.evidence().basis() == Evidence.Basis.INFERRED)
                .toArray(JobTransition[]::new);
        JobLifecycle strict = JobLifecycle.authority(JobKind.TUNING_JOB).without(inferred);
        // end
        assertEquals(EnumSet.of(JobEvent.START, JobEvent.FAIL), strict.permittedEvents(Jobs.pending(Jobs.TUNING_JOB)));
    }
}
