package org.joblifecycle.protobuf;

import static java.util.Objects.requireNonNull;

/**
 * Why a job cannot become a message: what is wrong with one of its fields.
 *
 * @param path the path of the field by its names in JSON, such as {@code supervisedTuningSpec.hyperParameters.epochCount}
 * @param message what is wrong, with which value, and what was expected
 */
public record UnwritableField(String path, String message) {
    /** Checks that nothing is null. */
    public UnwritableField {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    /** The message, which names the path. */
    @Override
    public String toString() {
        return message;
    }
}
