package org.joblifecycle.testkit;

import java.util.Locale;

/** What the conformance suite requires of a {@link JobSystem}, beyond the rules of the lifecycle themselves. */
public enum Requirement {
    /** A job that was submitted can be read, and breaks no rule. */
    CREATED,
    /** What breaks no rule is accepted. */
    LEGAL_ACCEPTED,
    /** What breaks a rule is refused. */
    ILLEGAL_REFUSED,
    /** What was accepted is read at once, as it was offered or as the event makes it. */
    ACCEPTED_STORED,
    /** What was refused leaves the job as it was. */
    REFUSED_UNCHANGED,
    /** A refusal names a broken rule, and none that is not broken. */
    RULE_NAMED,
    /** Whoever knows the job as it was, and not as it is, is refused. */
    COMPARE_AND_SET,
    /** Of several who race for what only one can have, exactly one gets it. */
    ONE_WINNER,
    /** What happens to one job leaves the others as they were. */
    OTHERS_UNCHANGED,
    /** A job that was never created is not read. */
    UNKNOWN_ABSENT,
    /** Every call is answered, not thrown out of. */
    ANSWERED;

    /** Such as {@code illegal-refused}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
