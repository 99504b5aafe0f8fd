package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final Seq<JobState> ACTIVE = Array.of(JobState.values()).filter(JobState::isActive);

    @Test
    void bothModesSayWhatKindOfChangeItIs() {
        JobSnapshot before = Jobs.pending(Jobs.TUNING_JOB);
        JobSnapshot after = Jobs.succeeded(Jobs.TUNING_JOB);
        // guide: modes
        Change seen =
                JobLifecycle.observer(JobKind.TUNING_JOB).check(before, after).change();
        Change written =
                JobLifecycle.authority(JobKind.TUNING_JOB).check(before, after).change();
        // end
        assertEquals(new Change.Skipped(JobState.PENDING, JobState.SUCCEEDED), seen);
        assertEquals(new Change.Illegal(JobState.PENDING, JobState.SUCCEEDED), written);
    }

    @Test
    void possiblePathsAreToldOnDemand() {
        Change change = new Change.Skipped(JobState.PENDING, JobState.SUCCEEDED);
        String told = "";
        // guide: possible-ways
        if (change instanceof Change.Skipped skipped) {
            Seq<Seq<JobTransition>> ways = skipped.possiblePaths();
            told = ways.map(way -> way.map(JobTransition::event).mkString(", ")).mkString(" or ");
        }
        // end
        assertEquals("START, SUCCEED or CANCEL, SUCCEED", told);
    }

    @Test
    void betweenActiveStatesAnObserverRefusesOnlyTheWayBackFromCancelling() {
        JobLifecycle observer = JobLifecycle.observer(JobKind.TUNING_JOB);
        for (JobState from : ACTIVE) {
            for (JobState to : ACTIVE) {
                boolean isRefused = observer.check(JobSnapshot.of(null, from), JobSnapshot.of(null, to))
                                .change()
                        instanceof Change.Illegal;
                assertEquals(from == JobState.CANCELLING && to != JobState.CANCELLING, isRefused, from + " to " + to);
            }
        }
    }

    @Test
    void anOldFaultThatTheUpdateDoesNotTouchIsNotReportedAgain() {
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        Instant later = Jobs.NOON.plusSeconds(600);
        // guide: ratchet
        JobSnapshot stored = JobSnapshot.of("projects/p/locations/l/tuningJobs/7", JobState.RUNNING); // no times at all
        Verdict first = mirror.check(stored);

        JobSnapshot updated = stored.withUpdateTime(later);
        Verdict second = mirror.check(stored, updated);

        JobSnapshot succeeded = updated.withState(JobState.SUCCEEDED).withEndTime(later);
        Verdict third = mirror.check(updated, succeeded);
        // end
        assertEquals(
                Array.of(Rule.CREATE_TIME_REQUIRED, Rule.START_TIME_REQUIRED),
                first.violations().map(Violation::rule));
        assertTrue(second.isLegal());
        assertTrue(third.isLegal());
    }

    @Test
    void aStaleLookKeepsTheBaseline() {
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        JobSnapshot known = Jobs.running(Jobs.TUNING_JOB);
        // guide: stale
        AuditStep late =
                mirror.audit(known, known.withUpdateTime(known.updateTime().minusMillis(1)));
        boolean isStale = late.verdict().change() instanceof Change.Stale;
        JobSnapshot baseline = late.baseline();
        // end
        assertTrue(isStale);
        assertEquals(known, baseline);
    }

    @Test
    void theKindComesFromTheNameOrFromTheCaller() {
        String name = "projects/p/locations/l/trainingPipelines/9";
        // guide: kind
        JobKind kind = JobKind.of(name).getOrElse(JobKind.CUSTOM_JOB);
        JobLifecycle mirror = JobLifecycle.observer(kind);
        // end
        assertEquals(JobKind.CUSTOM_JOB, mirror.kind());
    }

    @Test
    void oneInstanceServesAllThreads() {
        List<JobSnapshot> looks = Stream.generate(
                        () -> Jobs.running(Jobs.TUNING_JOB).withCreateTime(null))
                .limit(1000)
                .toList();
        // guide: threads
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        long faulty = looks.parallelStream()
                .filter(look -> !mirror.check(look).isLegal())
                .count();
        // end
        assertEquals(1000, faulty);
    }

    @Test
    void withoutTheRuleNoLookIsStale() {
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_REGRESSED);
        JobSnapshot known = Jobs.running(Jobs.TUNING_JOB);
        Verdict verdict = mirror.check(known, known.withUpdateTime(Jobs.NOON.plusSeconds(59)));

        assertInstanceOf(Change.Amended.class, verdict.change());
        assertFalse(verdict.change() instanceof Change.Stale);
    }
}
