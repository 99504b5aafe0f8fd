package org.joblifecycle.testkit;

import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/**
 * What an observer gets to see of the snapshots of a job, as recorded jobs show it.
 *
 * @param missed the indexes of the snapshots that it does not observe
 * @param isCut whether startTime and endTime are in whole seconds
 * @param isProvisional whether a startTime is there before the job was RUNNING: the createTime, from QUEUED or PENDING on
 * @param isReplaced whether the provisional startTime of a job that ends without having been RUNNING is another one then: the
 *     endTime
 * @param isSparing whether there is an endTime only where the documentation of the kind promises one
 */
record ObserverView(Set<Integer> missed, boolean isCut, boolean isProvisional, boolean isReplaced, boolean isSparing) {
    /** All snapshots as they are. */
    static final ObserverView FULL = new ObserverView(HashSet.empty(), false, false, false, false);

    /** Draws a view of some snapshots. */
    static ObserverView draw(int snapshots, Random random) {
        Set<Integer> missed = HashSet.ofAll(IntStream.range(0, snapshots)
                .filter(snapshot -> random.nextInt(3) == 0)
                .boxed());
        return new ObserverView(
                random.nextBoolean() ? missed : HashSet.empty(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    /** The number of differences from {@link #FULL}. */
    int differences() {
        return missed.size() + (isCut ? 1 : 0) + (isProvisional ? 1 : 0) + (isReplaced ? 1 : 0) + (isSparing ? 1 : 0);
    }

    /** Views with fewer differences, the simplest first. */
    Stream<ObserverView> simpler() {
        return Stream.of(
                FULL,
                new ObserverView(HashSet.empty(), isCut, isProvisional, isReplaced, isSparing),
                new ObserverView(missed, false, isProvisional, isReplaced, isSparing),
                new ObserverView(missed, isCut, false, isReplaced, isSparing),
                new ObserverView(missed, isCut, isProvisional, false, isSparing),
                new ObserverView(missed, isCut, isProvisional, isReplaced, false));
    }

    /** The snapshots that are observed of these, which are of a job of this kind; at least one. */
    Seq<JobSnapshot> of(Seq<JobSnapshot> snapshots, JobKind kind) {
        Vector<JobSnapshot> all = Vector.empty();
        boolean hasProvisional = false;
        for (JobSnapshot job : snapshots) {
            JobSnapshot seen = job;
            hasProvisional |= isProvisional && (job.state() == JobState.QUEUED || job.state() == JobState.PENDING);
            if (hasProvisional && kind.hasStartTime() && job.startTime() == null) {
                seen = seen.withStartTime(isReplaced && job.endTime() != null ? job.endTime() : job.createTime());
            }
            if (isSparing && !kind.endTimeStates().contains(job.state())) {
                seen = seen.withEndTime(null);
            }
            all = all.append(isCut ? History.cut(seen) : seen);
        }
        Seq<JobSnapshot> observed =
                Vector.range(0, all.size()).reject(missed::contains).map(all::get);
        return observed.isEmpty() ? all.takeRight(1) : observed;
    }
}
