package org.joblifecycle.boot;

import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.store.StoreOutcome;
import org.jspecify.annotations.Nullable;

/** Hears what came of changes that a store was offered. */
interface StoreListener {
    /** A change was made, and committed. */
    void done(StoreOutcome.Done done);

    /**
     * A change was refused.
     *
     * @param name the name of the job
     * @param proposed the job as it was to be created or to become; null if an event was refused
     */
    void refused(String name, StoreOutcome.Refused refused, @Nullable JobSnapshot proposed);
}
