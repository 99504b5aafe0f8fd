package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * A change that was not made, because something else is stored than it was decided on, or a job of this name already: {@link
 * StoreOutcome.Overtaken}, for whoever wants an exception.
 */
public final class OvertakenException extends ConcurrentModificationException {
    private static final long serialVersionUID = 1;

    /** Null in an exception that was deserialized: a job is not serializable. */
    private final transient @Nullable StoredJob current;

    /**
     * The exception for a job that has changed: also for whoever compares versions before a change is offered.
     *
     * @param current what is stored now
     */
    public OvertakenException(StoredJob current) {
        super("overtaken: version " + current.version() + " is stored now, " + current.job());
        this.current = current;
    }

    /**
     * What is stored now.
     *
     * @throws NullPointerException in an exception that was deserialized
     */
    public StoredJob current() {
        return requireNonNull(current, "current");
    }
}
