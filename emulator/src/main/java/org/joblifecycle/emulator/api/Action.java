package org.joblifecycle.emulator.api;

import java.util.Locale;

/** What a method of a job service does with a job. The name of a method is this and the resource: {@code CancelTuningJob}. */
public enum Action {
    /** Creates a job. */
    CREATE,
    /** Reads a job. */
    GET,
    /** Reads a page of jobs. */
    LIST,
    /** Changes fields of a job. */
    UPDATE,
    /** Deletes a job. */
    DELETE,
    /** Asks for a job to be cancelled. */
    CANCEL,
    /** Pauses a job. */
    PAUSE,
    /** Lets a paused job run again. */
    RESUME;

    /** The name of the method that does this with such a resource. */
    String methodOf(String resource) {
        String verb = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        return verb + resource + (this == LIST ? "s" : "");
    }
}
