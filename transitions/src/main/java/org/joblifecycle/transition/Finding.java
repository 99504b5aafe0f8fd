package org.joblifecycle.transition;

/** One rule that is broken, whether of the lifecycle or of a field: which, where, and why. */
public interface Finding {
    /** The name of the rule in reports and metrics, such as {@code end-time-required}. */
    String id();

    /** The field at fault, such as {@code endTime} or {@code supervisedTuningSpec.hyperParameters.epochCount}. */
    String path();

    /** What is wrong, with which values, and what was expected: one line. */
    String message();

    /** Why the rule is there. */
    Evidence evidence();
}
