package org.joblifecycle.transition;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;

/** The answer to a check: what kind of change it is, and every rule that it breaks. Immutable. */
public final class Verdict {
    private final Change change;
    private final Seq<Violation> violations;

    private Verdict(Change change, Seq<Violation> violations) {
        this.change = change;
        this.violations = violations;
    }

    static Verdict legal(Change change) {
        return new Verdict(change, List.empty());
    }

    Verdict with(Seq<Violation> broken) {
        return new Verdict(change, broken);
    }

    /** What kind of change it is, broken rules or not. */
    public Change change() {
        return change;
    }

    /** Every broken rule, each once, in the order of {@link Rule}; empty if the change is legal. */
    public Seq<Violation> violations() {
        return violations;
    }

    /** Whether no rule is broken. */
    public boolean isLegal() {
        return violations.isEmpty();
    }

    /** The change if it is legal, else every broken rule. */
    public Validation<Seq<Violation>, Change> toValidation() {
        return isLegal() ? Validation.valid(change) : Validation.invalid(violations);
    }

    /** One line, such as {@code Stepped[transition=QUEUED -START-> RUNNING], legal}. */
    @Override
    public String toString() {
        return change
                + (isLegal()
                        ? ", legal"
                        : ", broken: " + violations.map(Violation::rule).mkString(", "));
    }
}
