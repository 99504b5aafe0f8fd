package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Validation;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.rule.TuningJobVerdict;

/** What a {@link JobSystem} answers to an update or an event. Immutable. */
public final class Answer {
    private static final Answer ACCEPTED = new Answer(true, LinkedHashSet.empty());

    private final boolean isAccepted;
    private final Set<Rule> rules;

    private Answer(boolean isAccepted, Set<Rule> rules) {
        this.isAccepted = isAccepted;
        this.rules = rules;
    }

    /** The update was stored, or the event happened. */
    public static Answer accepted() {
        return ACCEPTED;
    }

    /**
     * The update was not stored, or the event did not happen.
     *
     * @param rules the rules that it breaks; none if the system does not name them, or if another writer was first
     */
    public static Answer refused(Rule... rules) {
        return refused(List.of(requireNonNull(rules, "rules")));
    }

    /**
     * The update was not stored, or the event did not happen.
     *
     * @param rules the rules that it breaks; none if the system does not name them, or if another writer was first
     */
    public static Answer refused(Iterable<Rule> rules) {
        Set<Rule> broken = LinkedHashSet.ofAll(requireNonNull(rules, "rules"));
        broken.forEach(rule -> requireNonNull(rule, "rule"));
        return new Answer(false, broken);
    }

    /** The answer to an update with this verdict: accepted if it is legal. */
    public static Answer of(Verdict verdict) {
        return of(requireNonNull(verdict, "verdict").isLegal(), verdict.violations());
    }

    /**
     * The answer to an update of a whole tuning job with this verdict: accepted if it is legal. Of the findings only violations name
     * a rule of the lifecycle.
     */
    public static Answer of(TuningJobVerdict verdict) {
        return of(requireNonNull(verdict, "verdict").isLegal(), verdict.findings());
    }

    /** The answer to an event with this result: accepted if it is valid. Of the findings only violations name a rule of the lifecycle. */
    public static Answer of(Validation<? extends Seq<? extends Finding>, ?> validation) {
        boolean isAccepted = requireNonNull(validation, "validation").isValid();
        return of(isAccepted, isAccepted ? List.empty() : validation.getError());
    }

    private static Answer of(boolean isAccepted, Seq<? extends Finding> findings) {
        return isAccepted
                ? ACCEPTED
                : refused(findings.filter(Violation.class::isInstance).map(finding -> ((Violation) finding).rule()));
    }

    /** Whether the update was stored, or the event happened. */
    public boolean isAccepted() {
        return isAccepted;
    }

    /** The rules that the system names as broken, in its order; empty if it accepted or names none. */
    public Set<Rule> rules() {
        return rules;
    }

    /** {@code accepted}, or {@code refused} with the rules. */
    @Override
    public String toString() {
        return isAccepted ? "accepted" : rules.isEmpty() ? "refused" : "refused: " + rules.mkString(", ");
    }
}
