package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.Finding;

/**
 * One broken rule of a field.
 *
 * @param rule the rule
 * @param path the field, such as {@code labels["Team"]}
 * @param message what is wrong, with which value, and what was expected: one line, which names the path
 */
public record FieldViolation(FieldRule rule, String path, String message) implements Finding {
    /** Checks that nothing is null. */
    public FieldViolation {
        requireNonNull(rule, "rule");
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public Evidence evidence() {
        return rule.evidence();
    }

    /** One line, such as {@code name-malformed: name is "x": expected ...}. */
    @Override
    public String toString() {
        return rule + ": " + message;
    }
}
