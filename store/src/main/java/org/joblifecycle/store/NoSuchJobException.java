package org.joblifecycle.store;

import java.util.NoSuchElementException;

/** There is no job of this name: {@link StoreOutcome.Missing}, for whoever wants an exception. */
public final class NoSuchJobException extends NoSuchElementException {
    private static final long serialVersionUID = 1;

    private final String name;

    /**
     * The exception for this name: also for callers of {@link JobStore#find}, as in {@code
     * store.find(name).getOrElseThrow(() -> new NoSuchJobException(name))}.
     *
     * @param name the name of the job
     */
    public NoSuchJobException(String name) {
        super("there is no job " + name);
        this.name = name;
    }

    /** The name. */
    public String name() {
        return name;
    }
}
