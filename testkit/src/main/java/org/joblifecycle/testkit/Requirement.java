package org.joblifecycle.testkit;

import java.util.Locale;

/** What a conformance suite requires of a {@link JobSystem} or a {@link MirrorSystem}, beyond the rules of the lifecycle themselves. */
public enum Requirement {
    /** A job that was submitted can be read and breaks no rule. */
    CREATED,
    /** An update or event that breaks no rule is accepted. */
    LEGAL_ACCEPTED,
    /** An update or event that breaks a rule is refused. */
    ILLEGAL_REFUSED,
    /** What was accepted can be read at once: the job as it was offered, or as the event makes it. */
    ACCEPTED_STORED,
    /** A refusal leaves the job unchanged. */
    REFUSED_UNCHANGED,
    /** A refusal names a broken rule, and no rule that is not broken. */
    RULE_NAMED,
    /** A stale writer, who knows an earlier snapshot of the job, is refused. */
    COMPARE_AND_SET,
    /** Of several concurrent calls of which one can be accepted, exactly one is. */
    ONE_WINNER,
    /** A change of one job leaves the other jobs unchanged. */
    OTHERS_UNCHANGED,
    /** All of a tuning job that a change does not concern stays as it is: labels, spec, and what the library does not know. */
    REST_UNCHANGED,
    /** What a job becomes by itself, as time passes, breaks no rule of an observer, and takes no edge that is excluded. */
    LEGAL_BY_ITSELF,
    /** A list of the jobs has each of them once, and as it is. */
    LISTED,
    /** Submitting a name that a job has already leaves that job unchanged. */
    NAME_TAKEN,
    /** A mirror keeps what it observes, legal or not; an answer without updateTime leaves the updateTime that is kept. */
    OBSERVATION_KEPT,
    /** A mirror keeps what it has when an observation is older. */
    STALE_IGNORED,
    /** A mirror warns of each rule that an observation breaks. */
    RULE_WARNED,
    /** A mirror warns of no rule that an observation does not break. */
    NO_FALSE_ALARM,
    /** A mirror notifies the owner of a job once when it ends, legally or not, and again if it ends again. */
    END_NOTIFIED,
    /** A mirror notifies the owner of nothing but ends, and of each only once. */
    NO_FALSE_NOTICE,
    /**
     * A job that was never created cannot be read, and neither an update nor an event creates it. A mirror has nothing of a name
     * that it never asked for.
     */
    UNKNOWN_ABSENT,
    /** Every call is answered: it does not throw, and does not answer null. */
    ANSWERED;

    /** Such as {@code illegal-refused}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
