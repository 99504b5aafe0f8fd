package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import org.joblifecycle.job.JobSnapshot;

/** A job of the tested system: what has to be read of it now, and what had to be read before. */
final class TrackedJob {
    /** The latest first. */
    private List<JobSnapshot> snapshots;

    TrackedJob(JobSnapshot created) {
        this.snapshots = List.of(created);
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
