package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.joblifecycle.job.JobField;
import org.jspecify.annotations.Nullable;

/**
 * Why a snapshot cannot be read.
 *
 * @param reason what kind of fault it is
 * @param name the resource name of the job, if one was read; else null
 * @param field the field at fault; null if the text as a whole is
 * @param message what is wrong, with which value, and what was expected
 */
public record Unreadable(
        Reason reason, @Nullable String name, @Nullable JobField field, String message) {

    /** Checks that reason and message are not null. */
    public Unreadable {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
    }

    /** The kinds of fault. Of several in one text, the first in this order is reported. */
    public enum Reason {
        /**
         * The text is not JSON (RFC 8259, valid UTF-8), or JSON that is no job; or the name, the state, the error or its message has
         * the wrong type, or its {@code code} is not an integer of 32 bits.
         */
        MALFORMED_JSON,
        /** It is an answer of the API that is an error, and no job. */
        ERROR_ANSWER,
        /** The name is absent or empty. */
        NAME_MISSING,
        /** The state is absent. */
        STATE_MISSING,
        /** The state is a string that is not one of the wire names, or a number that is not one of the integers 0 to 11. */
        STATE_UNKNOWN,
        /** A time is not a string, or one that is not RFC 3339. */
        TIMESTAMP_MALFORMED;

        private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The name of this fault in reports, such as {@code malformed-json}. */
        public String id() {
            return id;
        }

        /** The {@link #id()}. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** One line, such as {@code state-missing: state is missing: expected ...}. */
    @Override
    public String toString() {
        return reason + ": " + message;
    }
}
