package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Set;
import java.io.Serial;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JobSystem} does not conform. The message names the requirement, the change of state and the broken rules, and ends
 * with a short program that reproduces it.
 */
public final class NonconformanceError extends AssertionError {
    @Serial
    private static final long serialVersionUID = 1;

    private final Requirement requirement;

    @SuppressWarnings("serial") // vavr's sets are serializable
    private final Set<Rule> rules;

    private final String program;

    NonconformanceError(
            Requirement requirement,
            String change,
            Iterable<Rule> rules,
            String problem,
            String program,
            @Nullable Throwable cause) {
        super(
                requirement + ", " + change + ": " + problem + "\nTo reproduce it:\n"
                        + program.indent(4).stripTrailing(),
                cause);
        this.requirement = requireNonNull(requirement, "requirement");
        this.rules = LinkedHashSet.ofAll(rules);
        this.program = program;
    }

    /** Has no frames: the message tells everything, and where the kit threw it does not matter. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The requirement, the change of state, what is wrong, and a program that reproduces it; never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** The requirement that the system does not meet. */
    public Requirement requirement() {
        return requirement;
    }

    /** The broken rules of the lifecycle; empty if none is broken. */
    public Set<Rule> rules() {
        return rules;
    }

    /** Java statements that reproduce it, where {@code system} is the {@link JobSystem}. Lines end with LF. */
    public String program() {
        return program;
    }
}
