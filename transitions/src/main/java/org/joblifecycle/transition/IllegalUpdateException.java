package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.jspecify.annotations.Nullable;

/**
 * An update or an event that was refused. Its message has those of the broken rules, one after the other: of more than twenty
 * the first twenty, and how many follow.
 */
public final class IllegalUpdateException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MOST = 20;

    /** Null in an exception that was deserialized: the values of a job are not serializable. */
    private final transient @Nullable Seq<Finding> findings;

    /**
     * The exception for these broken rules.
     *
     * @param findings at least one
     * @throws IllegalArgumentException if there is none
     */
    public IllegalUpdateException(Seq<? extends Finding> findings) {
        super(message(requireNonNull(findings, "findings")));
        this.findings = Seq.narrow(findings);
    }

    private static String message(Seq<? extends Finding> findings) {
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("no rule is broken: expected at least one finding");
        }
        String message = findings.take(MOST).mkString("; ");
        return findings.size() > MOST ? message + "; and " + (findings.size() - MOST) + " more" : message;
    }

    /**
     * All broken rules, of the lifecycle and of fields, in their order; none in an exception that was deserialized. {@code
     * asJava()} and {@code toJavaList()} lead back to the JDK.
     */
    public Seq<Finding> findings() {
        return findings == null ? List.empty() : findings;
    }

    /**
     * The broken rules of the lifecycle: those of the {@link #findings()} that are violations. {@code asJava()} and {@code
     * toJavaList()} lead back to the JDK.
     */
    public Seq<Violation> violations() {
        return findings().filter(Violation.class::isInstance).map(Violation.class::cast);
    }
}
