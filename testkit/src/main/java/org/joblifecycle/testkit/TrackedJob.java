package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/** A job of the tested system: what has to be read of it now, and what had to be read before. */
final class TrackedJob {
    /** The latest first. */
    private List<JobSnapshot> snapshots;

    private @Nullable TuningJob whole;

    TrackedJob(JobSnapshot created) {
        this.snapshots = List.of(created);
    }

    /** The whole tuning job as it was read last; null if it was created as a snapshot. */
    @Nullable
    TuningJob whole() {
        return whole;
    }

    void becomes(TuningJob next) {
        whole = next;
    }

    JobSnapshot current() {
        return snapshots.head();
    }

    /**
     * The baseline of a stale writer: the last snapshot in the same state before the current one, else the last one in another
     * state. Nothing if there is none. It may have the state and the updateTime of the current one: an amendment need not move
     * either.
     */
    Option<JobSnapshot> outdated() {
        Seq<JobSnapshot> others = snapshots.tail().filter(each -> !each.equals(current()));
        return others.find(each -> each.state() == current().state()).orElse(others.headOption());
    }

    void becomes(JobSnapshot next) {
        if (!next.equals(current())) {
            snapshots = snapshots.prepend(next);
        }
    }
}
