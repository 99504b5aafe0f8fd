package org.joblifecycle.flink.command;

/** A job cannot be started as it was asked for; the message says why, and what to do. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
