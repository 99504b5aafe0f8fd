package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.store.StoredJob;
import org.jspecify.annotations.Nullable;

/**
 * A job entered a terminal state. It is published within the transaction of the change, so a {@code @TransactionalEventListener}
 * hears it after the commit, and never if it was rolled back. A plain {@code @EventListener} hears it before the commit. If the process
 * is killed between the commit and the listener, nobody hears it: the history of the store has it.
 *
 * @param before the job as it was stored before; null if it was created in a terminal state
 * @param job the job as it is stored now
 */
public record JobEndedEvent(@Nullable StoredJob before, StoredJob job) {
    /** Checks that the job is not null. */
    public JobEndedEvent {
        requireNonNull(job, "job");
    }
}
