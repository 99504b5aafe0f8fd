package org.joblifecycle.emulator.api;

/** The connection of a call is to be closed without an answer. */
public final class DroppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace. */
    public DroppedException() {
        super("the connection was dropped on purpose", null, false, false);
    }
}
