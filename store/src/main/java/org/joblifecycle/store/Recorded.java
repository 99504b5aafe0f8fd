package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * One entry in the history of a job: what it became, and by what.
 *
 * @param stored the job as it was from then on
 * @param from the state before; null where the job was created
 * @param event the event that was applied; null if the job was created or updated
 * @param recordedAt when it was written, by the clock of the database (in PostgreSQL, the begin of the transaction)
 */
public record Recorded(
        StoredJob stored, @Nullable JobState from, @Nullable JobEvent event, Instant recordedAt) {
    /** Checks that nothing is null that is not marked so. */
    public Recorded {
        requireNonNull(stored, "stored");
        requireNonNull(recordedAt, "recordedAt");
    }

    static Recorded of(StoreOutcome.Done done, @Nullable JobEvent event, Instant recordedAt) {
        StoredJob before = done.before();
        return new Recorded(done.after(), before == null ? null : before.job().state(), event, recordedAt);
    }

    /** The state that the job has had from then on. */
    public JobState to() {
        return stored.job().state();
    }
}
