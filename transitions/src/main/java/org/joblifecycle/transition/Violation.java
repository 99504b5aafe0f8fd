package org.joblifecycle.transition;

import java.util.Objects;
import java.util.function.Supplier;
import org.joblifecycle.job.JobField;
import org.jspecify.annotations.Nullable;

/** One broken rule: which, on which field, with which values, and why. Immutable. */
public final class Violation implements Finding {
    private final Rule rule;
    private final @Nullable Object before;
    private final @Nullable Object after;
    private final Supplier<String> message;

    Violation(Rule rule, @Nullable Object before, @Nullable Object after, Supplier<String> message) {
        this.rule = rule;
        this.before = before;
        this.after = after;
        this.message = message;
    }

    /** The broken rule. */
    public Rule rule() {
        return rule;
    }

    /** The field at fault. */
    public JobField field() {
        return rule.field();
    }

    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public String path() {
        return field().wireName();
    }

    /** The value of the field in the baseline; null if it has none or there is no baseline. */
    public @Nullable Object before() {
        return before;
    }

    /**
     * The value of the field in the proposed job, or, where an event was refused, the one that was asked for; null if
     * there is none.
     */
    public @Nullable Object after() {
        return after;
    }

    /** Why the rule is there. */
    @Override
    public Evidence evidence() {
        return rule.evidence();
    }

    /** What is wrong, with which values, and what was expected: one line, composed when asked for. */
    @Override
    public String message() {
        return message.get();
    }

    /** Whether the other is a violation of the same rule with the same values and message. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Violation that
                        && rule == that.rule
                        && Objects.equals(before, that.before)
                        && Objects.equals(after, that.after)
                        && message().equals(that.message()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(rule.id(), before, after);
    }

    /** One line, such as {@code transition-illegal: cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal}. */
    @Override
    public String toString() {
        return rule.id() + ": " + message();
    }
}
