package org.joblifecycle.docs.guide;

import static java.lang.System.Logger.Level.WARNING;
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
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final Seq<JobState> ACTIVE = Array.of(JobState.values()).filter(JobState::isActive);

    @Test
    void theModesDifferInTheKindOfChange() {
        JobSnapshot before = Jobs.pending(Jobs.TUNING_JOB);
        JobSnapshot after = Jobs.succeeded(Jobs.TUNING_JOB);
        // guide: modes
        Change observed =
                JobLifecycle.observer(JobKind.TUNING_JOB).check(before, after).change();
        Change written =
                JobLifecycle.authority(JobKind.TUNING_JOB).check(before, after).change();
        // end
        assertEquals(new Change.Skipped(JobState.PENDING, JobState.SUCCEEDED), observed);
        assertEquals(new Change.Illegal(JobState.PENDING, JobState.SUCCEEDED), written);
    }

    // guide: possible-paths
    static String possiblePaths(Change.Skipped skipped) {
        return skipped.possiblePaths()
                .map(path -> path.map(JobTransition::event).mkString(", "))
                .mkString(" or ");
    }
    // end

    @Test
    void possiblePathsAreListedOnDemand() {
        assertEquals(
                "START, SUCCEED or CANCEL, SUCCEED",
                possiblePaths(new Change.Skipped(JobState.PENDING, JobState.SUCCEEDED)));
    }

    @Test
    void anObserverRefusesOfActiveStatesOnlyToLeaveCancelling() {
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
    void anOldFaultThatIsNotTouchedIsNotReportedAgain() {
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
    void aStaleObservationKeepsTheBaseline() {
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        JobSnapshot known = Jobs.running(Jobs.TUNING_JOB);
        // guide: stale
        JobSnapshot late = known.withUpdateTime(known.updateTime().minusMillis(1));
        AuditStep step = mirror.audit(known, late);
        boolean isStale = step.verdict().change() instanceof Change.Stale;
        JobSnapshot baseline = step.baseline(); // the known one
        // end
        assertTrue(isStale);
        assertEquals(known, baseline);
    }

    @Test
    void aNameOfNoKindIsLeftToTheCaller() {
        String name = "job 9 of the night";
        // guide: kind
        JobKind kind = JobKind.of(name).getOrElse(JobKind.CUSTOM_JOB);
        JobLifecycle mirror = JobLifecycle.observer(kind);
        // end
        assertEquals(JobKind.CUSTOM_JOB, mirror.kind());
    }

    @Test
    void aLifecycleDoesNotCompareItsKindWithTheName() {
        JobSnapshot job = JobSnapshot.of("projects/p/locations/l/dataLabelingJobs/9", JobState.SUCCEEDED)
                .withCreateTime(Jobs.NOON)
                .withUpdateTime(Jobs.NOON);

        assertEquals(
                Array.of(Rule.START_TIME_REQUIRED, Rule.END_TIME_REQUIRED),
                JobLifecycle.observer(JobKind.TUNING_JOB)
                        .check(job)
                        .violations()
                        .map(Violation::rule));
        assertTrue(JobLifecycle.observer(JobKind.DATA_LABELING_JOB).check(job).isLegal());
        assertTrue(JobAuditor.observer().observe(job).isLegal());
    }

    @Test
    void anAuditorKeepsTheBaselineOfEachJob() {
        Log log = new Log();
        JobSnapshot done = Jobs.succeeded(Jobs.TUNING_JOB);
        List<JobSnapshot> snapshots = List.of(
                done,
                Jobs.running(Jobs.CUSTOM_JOB),
                Jobs.running(Jobs.TUNING_JOB).withUpdateTime(done.updateTime()),
                JobSnapshot.of("projects/p/locations/l/dataLabelingJobs/9", JobState.RUNNING)
                        .withCreateTime(Jobs.NOON));
        // guide: auditor
        JobAuditor auditor = JobAuditor.observer();
        for (JobSnapshot observed : snapshots) {
            Verdict verdict = auditor.observe(observed);
            verdict.violations().forEach(violation -> log.log(WARNING, "{0}: {1}", observed.name(), violation));
        }
        // end
        assertEquals(
                List.of(
                        "WARNING " + Jobs.TUNING_JOB
                                + ": transition-illegal: cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal",
                        "WARNING " + Jobs.TUNING_JOB + ": end-time-changed: endTime 2026-05-01T13:00:00Z was removed:"
                                + " expected to stay, because a job ends once"),
                log.lines());
        assertEquals(3, auditor.jobCount());
    }

    @Test
    void aRestartedAuditorContinuesFromStoredBaselines() {
        List<JobSnapshot> stored =
                List.of(Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null), Jobs.running(Jobs.CUSTOM_JOB));
        // guide: auditor-restart
        JobAuditor auditor = JobAuditor.observer();
        stored.forEach(auditor::observe); // the verdicts are known already
        // end
        assertEquals(stored.get(1), auditor.baseline(Jobs.CUSTOM_JOB).get());
        assertTrue(auditor.observe(stored.get(0)).isLegal());
        assertEquals(
                Array.of(Rule.TRANSITION_ILLEGAL),
                auditor.observe(stored.get(0).withState(JobState.RUNNING))
                        .violations()
                        .map(Violation::rule));
    }

    @Test
    void anAuditorChecksJobsWithoutANameAlone() {
        JobAuditor auditor = JobAuditor.observer();
        auditor.observe(Jobs.succeeded(Jobs.TUNING_JOB).withName(null));

        assertTrue(auditor.observe(Jobs.running(Jobs.TUNING_JOB).withName(null)).isLegal());
        assertEquals(0, auditor.jobCount());
    }

    @Test
    void anAuditorTakesLifecyclesOfOnesOwn() {
        // guide: auditor-of
        JobAuditor auditor = JobAuditor.of(
                kind -> JobLifecycle.observer(kind).without(Rule.CREATE_TIME_REQUIRED), JobKind.CUSTOM_JOB);
        // end
        assertTrue(auditor.observe(Jobs.pending("job 9").withCreateTime(null)).isLegal());
        assertTrue(auditor.observe(Jobs.running("job 9").withStartTime(null).withCreateTime(null))
                .violations()
                .exists(violation -> violation.message().contains("CustomJob")));
    }

    @Test
    void oneInstanceServesAllThreads() {
        List<JobSnapshot> snapshots = Stream.generate(
                        () -> Jobs.running(Jobs.TUNING_JOB).withCreateTime(null))
                .limit(1000)
                .toList();
        // guide: threads
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        long illegal = snapshots.parallelStream()
                .filter(snapshot -> !mirror.check(snapshot).isLegal())
                .count();
        // end
        assertEquals(1000, illegal);
    }

    @Test
    void withoutTheRuleNoObservationIsStale() {
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_REGRESSED);
        JobSnapshot known = Jobs.running(Jobs.TUNING_JOB);
        Verdict verdict = mirror.check(known, known.withUpdateTime(Jobs.NOON.plusSeconds(59)));

        assertInstanceOf(Change.Amended.class, verdict.change());
        assertFalse(verdict.change() instanceof Change.Stale);
    }
}
