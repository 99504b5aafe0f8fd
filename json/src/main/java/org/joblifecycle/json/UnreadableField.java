package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

/**
 * Why a resource cannot be read: what is wrong with one of its fields.
 *
 * @param path the path of the field, such as {@code supervisedTuningSpec.hyperParameters.epochCount}; empty if the text as a whole
 *     is at fault
 * @param message what is wrong, with which value, and what was expected
 */
public record UnreadableField(String path, String message) {
    /** Checks that nothing is null. */
    public UnreadableField {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    /** The message, which names the path. */
    @Override
    public String toString() {
        return message;
    }
}
