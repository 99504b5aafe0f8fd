package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Set;
import java.io.Serial;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JobSystem} does not do what it has to. The message names the requirement, the change and the broken rules, and
 * ends with a short program that shows it.
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
                requirement + ", " + change + ": " + problem + "\nTo see it:\n"
                        + program.indent(4).stripTrailing(),
                cause);
        this.requirement = requireNonNull(requirement, "requirement");
        this.rules = LinkedHashSet.ofAll(rules);
        this.program = program;
    }

    /** It has no frames: where the kit found it tells nothing, and the message all. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The requirement, the change, what is wrong, and a program that shows it; never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** What is required. */
    public Requirement requirement() {
        return requirement;
    }

    /** The rules of the lifecycle that are broken; empty if none is. */
    public Set<Rule> rules() {
        return rules;
    }

    /** Statements in Java that show it, where {@code system} is the {@link JobSystem}. Lines end with LF. */
    public String program() {
        return program;
    }
}
