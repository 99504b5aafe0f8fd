package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

/**
 * A JSON value that this library does not read, as text: an unknown field of a message, a detail of an error. Two are
 * equal if their texts are: {@code 1} and {@code 1.0} are not, nor are the same members in another order.
 *
 * @param text one JSON value; whoever writes it refuses what is none
 */
public record RawJson(String text) {
    /** The JSON null. */
    public static final RawJson NULL = new RawJson("null");

    /** Checks that the text is not null. */
    public RawJson {
        requireNonNull(text, "text");
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
