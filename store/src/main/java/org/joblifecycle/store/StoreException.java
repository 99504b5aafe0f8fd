package org.joblifecycle.store;

import org.jspecify.annotations.Nullable;

/**
 * The database could not do it. The message says what was attempted and whether anything was changed; the cause is what the
 * driver said. Nothing was changed unless {@link #attempted} says otherwise.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable StoredJob attempted;
    private final boolean isLostRace;

    StoreException(String message, @Nullable Throwable cause, @Nullable StoredJob attempted, boolean isLostRace) {
        super(message, cause);
        this.attempted = attempted;
        this.isLostRace = isLostRace;
    }

    /**
     * What may have been stored: the connection broke while the change was being committed, and nobody knows. The change was
     * committed if {@link JobStore#history} has this at its version.
     *
     * @return null if nothing was changed
     */
    public @Nullable StoredJob attempted() {
        return attempted;
    }

    /**
     * Whether another transaction was first that this one cannot see. So it is within a transaction of the caller's, at REPEATABLE
     * READ or SERIALIZABLE: roll back and repeat the transaction.
     */
    public boolean isLostRace() {
        return isLostRace;
    }
}
