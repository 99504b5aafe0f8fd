package org.joblifecycle.testkit;

/** What a {@link JobSystem} can do. What it cannot do is not tested, and is reported so. */
public enum Capability {
    /** It takes updates, as a scheduler does from its workers: {@link JobSystem#offer}. */
    UPDATE_DRIVEN,
    /** It lets events happen, as an emulator does: {@link JobSystem#fire}. */
    EVENT_DRIVEN,
    /** It refuses whoever knows the job as it was, and not as it is. */
    COMPARE_AND_SET,
    /**
     * It says which rule a refused update or event breaks: {@link Answer#rules}. Of an update, one of those that are
     * broken or more; of an event, the one that {@code JobLifecycle.apply} says.
     */
    NAMES_BROKEN_RULE,
    /** It may be called by many threads at a time. */
    CONCURRENT,
    /** An event happens at the time that is given with it, not at that of a clock of its own. */
    GIVEN_TIME,
    /** An event may bring an error: why the job failed. */
    GIVEN_ERROR
}
