package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.jspecify.annotations.Nullable;

/** An update or an event that was refused. Its message is that of all broken rules, one after the other. */
public final class IllegalUpdateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Null once the exception was serialized: values of jobs are not. */
    private final transient @Nullable Seq<Finding> findings;

    /**
     * The exception for these broken rules.
     *
     * @param findings at least one
     */
    public IllegalUpdateException(Seq<? extends Finding> findings) {
        super(requireNonNull(findings, "findings").mkString("; "));
        this.findings = Seq.narrow(findings);
    }

    /**
     * All broken rules, of the lifecycle and of fields, in their order; none once the exception was serialized. {@code
     * asJava()} and {@code toJavaList()} lead back to the JDK.
     */
    public Seq<Finding> findings() {
        return findings == null ? List.empty() : findings;
    }

    /** The broken rules of the lifecycle: those of the {@link #findings()} that are violations. */
    public Seq<Violation> violations() {
        return findings().filter(Violation.class::isInstance).map(Violation.class::cast);
    }
}
