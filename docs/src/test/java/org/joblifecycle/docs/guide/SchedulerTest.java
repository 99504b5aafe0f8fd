package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
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
            Verdict verdict = owner.check(known, proposed);
            return verdict.isLegal()
                    ? save(proposed)
                    : Response.conflict(verdict.violations().mkString("\n"));
        }
        // end

        // guide: scheduler-create
        Response create(JobSnapshot submitted) {
            owner.checkNew(submitted).orElseThrow(); // an IllegalUpdateException carries all violations
            return save(submitted);
        }
        // end

        private Response save(JobSnapshot job) {
            saved = job;
            return Response.ok();
        }

        private JobSnapshot saved;
    }

    /** What the scheduler answers to an update that breaks three rules. */
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
    void anUpdateWithoutItsNameOrUpdateTimeIsRefused() {
        JobSnapshot done = Jobs.succeeded(Jobs.CUSTOM_JOB);

        assertEquals(
                List.of("name-changed", "update-time-regressed"),
                List.of(new Scheduler()
                                .update(
                                        Jobs.running(Jobs.CUSTOM_JOB),
                                        done.withName(null).withUpdateTime(null))
                                .body()
                                .split("\n"))
                        .map(line -> line.substring(0, line.indexOf(':'))));
    }

    @Test
    void aNewJobNeedsNeitherTimesNorAName() {
        Verdict verdict = JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .checkNew(JobSnapshot.of(Jobs.CUSTOM_JOB, JobState.UNSPECIFIED));

        assertEquals(new Change.Unchanged(), verdict.change());
        assertTrue(verdict.isLegal());
        assertTrue(JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .checkNew(Jobs.pending(null))
                .isLegal());
    }

    @Test
    void aNewJobIsSavedIfItCanBeginSo() {
        Scheduler scheduler = new Scheduler();

        assertEquals(Response.ok(), scheduler.create(Jobs.pending(Jobs.CUSTOM_JOB)));
        assertEquals(Jobs.pending(Jobs.CUSTOM_JOB), scheduler.saved);
    }

    /** What a new job is refused with that claims to have succeeded already. */
    static String refusalOfNew() {
        return assertThrows(IllegalUpdateException.class, () -> new Scheduler().create(Jobs.succeeded(Jobs.CUSTOM_JOB)))
                .getMessage();
    }

    @Test
    void aNewJobThatSucceededAlreadyIsRefused() {
        assertTrue(refusalOfNew().contains("transition-illegal: cannot go from UNSPECIFIED to SUCCEEDED: "));
        assertTrue(JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .check(Jobs.succeeded(Jobs.CUSTOM_JOB))
                .isLegal());
    }

    @Test
    void aServiceThatCannotPauseExcludesTheEdge() {
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
    void anExcludedRuleIsNotReported() {
        // guide: without-rules
        JobLifecycle mirror =
                JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_ORDER, Rule.END_TIME_REQUIRED);
        // end
        assertTrue(mirror.check(
                        Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null).withUpdateTime(Jobs.NOON.minusSeconds(5)))
                .isLegal());
    }

    @Test
    void inferredEdgesCanBeExcluded() {
        // guide: without-inferred
        JobTransition[] inferred = Arrays.stream(JobTransition.values())
                .filter(edge -> edge.evidence().basis() == Evidence.Basis.INFERRED)
                .toArray(JobTransition[]::new);
        JobLifecycle strict = JobLifecycle.authority(JobKind.TUNING_JOB).without(inferred);
        // end
        assertEquals(
                EnumSet.of(JobEvent.ENQUEUE, JobEvent.START, JobEvent.FAIL),
                strict.permittedEvents(Jobs.pending(Jobs.TUNING_JOB)));
    }
}
