package org.joblifecycle.store;

/**
 * A job that no store can keep as it is, such as one without a name: see {@link JobStore}. The message tells the field, and what was
 * expected. Nothing was written.
 */
public final class UnstorableJobException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnstorableJobException(String message) {
        super(message);
    }
}
