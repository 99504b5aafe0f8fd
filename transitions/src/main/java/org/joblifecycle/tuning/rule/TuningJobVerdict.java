package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;

/**
 * The answer to a check of a whole tuning job.
 *
 * @param change what kind of change the lifecycle calls it; nothing if a state that it needs is missing or unknown. {@code
 *     toJavaOptional()} leads back to the JDK
 * @param findings every broken rule: those of the lifecycle, in the order of {@link org.joblifecycle.transition.Rule}, and then
 *     those of the fields, in the order of {@link FieldRule}. {@code asJava()} leads back to the JDK
 */
public record TuningJobVerdict(Option<Change> change, Seq<Finding> findings) {
    /** Checks that nothing is null. */
    public TuningJobVerdict {
        requireNonNull(change, "change");
        requireNonNull(findings, "findings");
    }

    /** Whether no rule is broken. */
    public boolean isLegal() {
        return findings.isEmpty();
    }

    /**
     * Does nothing if no rule is broken.
     *
     * @throws IllegalUpdateException if one is; carries the findings
     */
    public void orElseThrow() {
        if (!isLegal()) {
            throw new IllegalUpdateException(findings);
        }
    }
}
