package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.ALMOST_SECOND;
import static org.joblifecycle.transition.Snapshots.CANCELED;
import static org.joblifecycle.transition.Snapshots.DISK;
import static org.joblifecycle.transition.Snapshots.T0;
import static org.joblifecycle.transition.Snapshots.absentOr;
import static org.joblifecycle.transition.Snapshots.noneOr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any subsequence of a history that the authority accepts raises nothing in the observer: shown for all histories of any
 * length within a bounded space, because the earlier and the later of two snapshots are any two snapshots of which the
 * authority's steps lead from the one to the other.
 */
class HistoryTest {
    @ParameterizedTest
    @EnumSource
    void theObserverAcceptsAnyPartOfWhatTheAuthorityAccepts(JobKind kind) {
        JobLifecycle authority = JobLifecycle.authority(kind);
        JobLifecycle observer = JobLifecycle.observer(kind);
        List<JobSnapshot> jobs = Snapshots.all(absentOr(T0, ALMOST_SECOND), noneOr(CANCELED, DISK)).stream()
                .filter(job -> authority.check(job).isLegal())
                .toList();
        Set<JobTransition> met = EnumSet.noneOf(JobTransition.class);
        BitSet[] nexts = new BitSet[jobs.size()];
        for (int before = 0; before < jobs.size(); before++) {
            nexts[before] = new BitSet();
            for (int after = 0; after < jobs.size(); after++) {
                Verdict verdict = authority.check(jobs.get(before), jobs.get(after));
                if (verdict.isLegal() && !dropsUpdateTime(jobs.get(before), jobs.get(after))) {
                    nexts[before].set(after);
                    if (verdict.change() instanceof Change.Stepped step) {
                        met.add(step.transition());
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(JobTransition.class), met);
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
            later.stream().mapToObj(jobs::get).forEach(after -> {
                Verdict verdict = observer.check(before, after);
                assertTrue(verdict.isLegal(), () -> before + " to " + after + ": " + verdict);
            });
        }
    }

    /** The property holds for a job that keeps its updateTime: an absent one between two snapshots hides that time went back. */
    private static boolean dropsUpdateTime(JobSnapshot before, JobSnapshot after) {
        return before.updateTime() != null && after.updateTime() == null;
    }
}
