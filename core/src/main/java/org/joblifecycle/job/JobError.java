package org.joblifecycle.job;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Vector;

/**
 * The error of a job: code and message of a {@code google.rpc.Status}.
 *
 * @param code a number that is meant to be a {@code google.rpc.Code}; any number can be represented, rules judge it
 * @param message the developer-facing message; an absent message is the empty one
 */
public record JobError(int code, String message) {

    /** The code of an operation that was cancelled. */
    public static final int CANCELLED = 1;

    /** The code of an unknown error. */
    public static final int UNKNOWN = 2;

    private static final Vector<String> NAMES = Vector.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /** Checks that the message is not null. */
    public JobError {
        requireNonNull(message, "message");
    }

    /** An error with this code and an empty message. */
    public static JobError of(int code) {
        return new JobError(code, "");
    }

    /** Whether the code is that of an error: 1 to 16, {@code google.rpc.Code} without {@code OK}. */
    public boolean isErrorCode() {
        return code > 0 && code < NAMES.size();
    }

    /** The code with its name in {@code google.rpc.Code}, such as {@code 8 (RESOURCE_EXHAUSTED)}; just the number if it has none. */
    public String codeAndName() {
        return code >= 0 && code < NAMES.size() ? code + " (" + NAMES.get(code) + ")" : Integer.toString(code);
    }
}
