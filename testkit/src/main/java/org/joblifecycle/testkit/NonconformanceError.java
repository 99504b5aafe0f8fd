package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import java.io.Serial;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JobSystem} or a {@link MirrorSystem} does not conform. The message names the requirement, the change of state and the broken rules, and ends
 * with a short program that reproduces it.
 */
public final class NonconformanceError extends AssertionError {
    @Serial
    private static final long serialVersionUID = 1;

    /** How many lines of a program the message shows, at most. */
    private static final int MOST_LINES = 32;

    private static final int FIRST_LINES = 8;

    private final Requirement requirement;
    private final String change;
    private final String problem;

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
                        + shown(program).indent(4).stripTrailing(),
                cause);
        this.requirement = requireNonNull(requirement, "requirement");
        this.change = change;
        this.problem = problem;
        this.rules = LinkedHashSet.ofAll(rules);
        this.program = program;
    }

    private static String shown(String program) {
        List<String> lines = List.ofAll(program.lines());
        int omitted = lines.size() - MOST_LINES;
        return omitted <= 0
                ? program
                : lines.take(FIRST_LINES)
                        .append("// and so on: " + (omitted + 1) + " lines more, which program() has")
                        .appendAll(lines.drop(FIRST_LINES + omitted + 1))
                        .mkString("\n");
    }

    /** This failure, with a remark at the end of the program. */
    NonconformanceError remarked(String remark) {
        return new NonconformanceError(requirement, change, rules, problem, program + "\n// " + remark, getCause());
    }

    /** Whether the other shows that the same requirement is not met, by the same broken rules. */
    boolean hasSameReason(NonconformanceError other) {
        return requirement == other.requirement && rules.equals(other.rules);
    }

    /** Whether the other has the same reason and is about the same change. */
    boolean isAlike(NonconformanceError other) {
        return hasSameReason(other) && change.equals(other.change);
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

    /**
     * All Java statements that reproduce it, where {@code system} is the {@link JobSystem}, or {@code mirror} the {@link
     * MirrorSystem}. Lines end with LF.
     */
    public String program() {
        return program;
    }
}
