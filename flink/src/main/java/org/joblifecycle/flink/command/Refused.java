package org.joblifecycle.flink.command;

/** A job cannot be started as it was asked for, or it failed; the message says why. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
