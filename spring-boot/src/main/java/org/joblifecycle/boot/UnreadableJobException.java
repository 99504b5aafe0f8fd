package org.joblifecycle.boot;

import org.jspecify.annotations.Nullable;

/**
 * A job, or a part of one, that cannot be read. A mapper throws it as the cause of its own exception; {@link JobProblemAdvice}
 * answers it with the status 400.
 */
public final class UnreadableJobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final @Nullable String field;

    UnreadableJobException(String reason, @Nullable String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    /** What kind of fault it is, such as {@code state-unknown}: of a snapshot the id of its {@code Unreadable.Reason}. */
    public String reason() {
        return reason;
    }

    /** The field at fault, such as {@code state}; null if the text as a whole is. */
    public @Nullable String field() {
        return field;
    }
}
