package org.joblifecycle.transition;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to a check: what kind of change it is, and every rule that it breaks. Immutable, equal by value. */
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

    /**
     * Every broken rule, each once, in the order of {@link Rule}; empty if the change is legal. It can be iterated over;
     * {@code asJava()} and {@code toJavaList()} lead back to the JDK.
     */
    public Seq<Violation> violations() {
        return violations;
    }

    /** Whether no rule is broken. */
    public boolean isLegal() {
        return violations.isEmpty();
    }

    /**
     * The change, for whoever wants an exception if it is not legal. An observer rather asks for {@link #change}: a stale
     * observation is nothing unusual, and throws here too.
     *
     * @throws IllegalUpdateException if a rule is broken; carries the violations
     */
    public Change orElseThrow() {
        if (!isLegal()) {
            throw new IllegalUpdateException(violations);
        }
        return change;
    }

    /**
     * The change if it is legal, else every broken rule: for whoever combines answers with vavr. {@link #isLegal}, {@link
     * #change} and {@link #violations} say the same.
     */
    public Validation<Seq<Violation>, Change> toValidation() {
        return isLegal() ? Validation.valid(change) : Validation.invalid(violations);
    }

    boolean goesBackInTime() {
        return !violations.isEmpty() // asked first, because an iterator is allocated
                && violations.exists(violation -> violation.rule() == Rule.UPDATE_TIME_REGRESSED);
    }

    /** Whether the other is a verdict on the same change with the same violations. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Verdict that && change.equals(that.change) && violations.equals(that.violations));
    }

    @Override
    public int hashCode() {
        return Objects.hash(change, violations);
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
