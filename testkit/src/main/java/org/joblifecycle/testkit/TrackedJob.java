package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Objects;
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
     * state. It differs from the current one in its state or its updateTime, because a system need not compare more. Nothing if
     * there is none.
     */
    Option<JobSnapshot> outdated() {
        Seq<JobSnapshot> others = snapshots
                .tail()
                .filter(each -> each.state() != current().state()
                        || !Objects.equals(each.updateTime(), current().updateTime()));
        return others.find(each -> each.state() == current().state()).orElse(others.headOption());
    }

    void becomes(JobSnapshot next) {
        if (!next.equals(current())) {
            snapshots = snapshots.prepend(next);
        }
    }
}
