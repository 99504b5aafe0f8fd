package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.ALMOST_SECOND;
import static org.joblifecycle.transition.Snapshots.CANCELED;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.SECOND;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.joblifecycle.transition.Snapshots.absentOr;
import static org.joblifecycle.transition.Snapshots.noneOr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any subsequence of a history that the authority accepts, step by step from its first snapshot, raises nothing in the
 * observer. It is shown for all histories of any length in a bounded space in which every field may be absent: two snapshots in
 * a row of a subsequence are any two of which the authority's steps lead from the one to the other, and the observer's baseline
 * is the earlier one.
 */
class HistoryTest {
    @ParameterizedTest
    @EnumSource
    void theObserverAcceptsAnyPartOfWhatTheAuthorityAccepts(JobKind kind) {
        JobLifecycle authority = JobLifecycle.authority(kind);
        JobLifecycle observer = JobLifecycle.observer(kind);
        List<JobSnapshot> jobs =
                Snapshots.namedOrNot(Snapshots.all(absentOr(T0, ALMOST_SECOND), noneOr(CANCELED, DISK))).stream()
                        .filter(job -> authority.check(job).isLegal())
                        .toList();
        Set<JobTransition> met = EnumSet.noneOf(JobTransition.class);
        Set<JobField> removed = EnumSet.noneOf(JobField.class);
        BitSet[] nexts = new BitSet[jobs.size()];
        for (int before = 0; before < jobs.size(); before++) {
            nexts[before] = new BitSet();
            for (int after = 0; after < jobs.size(); after++) {
                Verdict verdict = authority.check(jobs.get(before), jobs.get(after));
                if (verdict.isLegal()) {
                    nexts[before].set(after);
                    removed.addAll(removed(jobs.get(before), jobs.get(after)));
                    if (verdict.change() instanceof Change.Stepped step) {
                        met.add(step.transition());
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(JobTransition.class), met);
        assertEquals(kind.hasErrorRule() ? Set.of() : Set.of(JobField.ERROR), removed);
        for (int earlier = 0; earlier < jobs.size(); earlier++) {
            BitSet later = new BitSet();
            BitSet frontier = nexts[earlier];
            while (!frontier.isEmpty()) {
                later.or(frontier);
                BitSet found = new BitSet();
                frontier.stream().forEach(at -> found.or(nexts[at]));
                found.andNot(later);
                frontier = found;
            }
            JobSnapshot before = jobs.get(earlier);
            assertTrue(observer.check(before).isLegal(), before::toString);
            later.stream().mapToObj(jobs::get).forEach(after -> {
                AuditStep step = observer.audit(before, after);
                assertTrue(step.verdict().isLegal(), () -> before + " to " + after + ": " + step);
                assertSame(after, step.baseline());
            });
        }
    }

    private static List<JobField> removed(JobSnapshot before, JobSnapshot after) {
        return Stream.of(JobField.values())
                .filter(field -> field.of(before) != null && field.of(after) == null)
                .toList();
    }

    // Each step was legal for the authority once, and an observer who missed the second snapshot took the third for a
    // late answer.
    @Test
    void anAuthorityMayNotRemoveAnUpdateTimeAndSetAnEarlierOne() {
        JobSnapshot first = JobSnapshot.of("customJobs/1", JobState.QUEUED)
                .withCreateTime(T0)
                .withUpdateTime(SECOND);
        List<JobSnapshot> history = List.of(first, first.withUpdateTime(null), first.withUpdateTime(T0));

        assertEquals(
                List.of(
                        "Appeared[state=QUEUED], legal",
                        "Amended[], broken: update-time-regressed",
                        "Amended[], broken: update-time-regressed"),
                JobLifecycle.authority(JobKind.CUSTOM_JOB)
                        .replay(history)
                        .map(Verdict::toString)
                        .toJavaList());
        assertEquals(
                List.of("Appeared[state=QUEUED], legal", "Amended[], legal", "Stale[], broken: update-time-regressed"),
                JobLifecycle.observer(JobKind.CUSTOM_JOB)
                        .replay(history)
                        .map(Verdict::toString)
                        .toJavaList());
    }

    @Test
    void anAuthorityMayNotRemoveANameAndSetAnother() {
        JobSnapshot first = JobSnapshot.of("customJobs/1", JobState.QUEUED).withCreateTime(T0);
        List<JobSnapshot> history = List.of(first, first.withName(null), first.withName("customJobs/2"));

        for (Mode mode : Mode.values()) {
            assertEquals(
                    List.of("Appeared[state=QUEUED], legal", "Amended[], broken: name-changed", "Amended[], legal"),
                    JobLifecycle.of(mode, JobKind.CUSTOM_JOB)
                            .replay(history)
                            .map(Verdict::toString)
                            .toJavaList());
        }
    }

    @Test
    void anAnswerInPartLetsNoOlderOnePass() {
        JobSnapshot running = JobSnapshot.of("customJobs/1", JobState.RUNNING)
                .withCreateTime(T0)
                .withStartTime(T0)
                .withUpdateTime(T0);
        JobSnapshot cancelling = running.withState(JobState.CANCELLING).withUpdateTime(SECOND);

        assertEquals(
                List.of(
                        "Appeared[state=CANCELLING], legal",
                        "Amended[], legal",
                        "Amended[], legal",
                        "Stale[], broken: update-time-regressed",
                        "Unchanged[], legal"),
                JobLifecycle.observer(JobKind.CUSTOM_JOB)
                        .replay(List.of(
                                cancelling,
                                cancelling.withUpdateTime(null),
                                cancelling.withUpdateTime(null),
                                running,
                                cancelling))
                        .map(Verdict::toString)
                        .toJavaList());
    }
}
