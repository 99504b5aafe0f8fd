package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a system answers, and what is read of it afterwards, with what the lifecycle says. The first difference is
 * thrown.
 */
final class Judge {
    private static final int LONGEST = 160;

    private final JobLifecycle lifecycle;
    private final Set<Capability> capabilities;
    private final Precision precision;
    private final Transcript transcript;

    Judge(JobLifecycle lifecycle, Set<Capability> capabilities, Precision precision, Transcript transcript) {
        this.lifecycle = lifecycle;
        this.capabilities = capabilities;
        this.precision = precision;
        this.transcript = transcript;
    }

    /** Whether the system has to refuse a writer who knows this snapshot of the job. */
    boolean isConflict(TrackedJob job, JobSnapshot known) {
        return can(Capability.COMPARE_AND_SET) && !known.equals(job.current());
    }

    /** The time at which an event happens by the model: the given one, or, of a system with its own clock, none too early. */
    Instant eventTime(JobSnapshot current, Instant at) {
        return can(Capability.GIVEN_TIME) ? at : current.notBefore(at);
    }

    private boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * Judges an answer.
     *
     * @param isStale whether the writer knows an earlier snapshot of the job
     * @param isConflict whether the system has to refuse it for that
     * @param violations what is wrong with the update or the event
     */
    void answered(String change, Answer answer, boolean isConflict, boolean isStale, Seq<Violation> violations) {
        if (answer.isAccepted() && isConflict) {
            throw transcript.failure(
                    Requirement.COMPARE_AND_SET,
                    change,
                    violations,
                    "accepted from a stale writer, who knows an earlier snapshot of the job");
        }
        if (answer.isAccepted() && !violations.isEmpty()) {
            throw transcript.failure(
                    Requirement.ILLEGAL_REFUSED, change, violations, "accepted, though it breaks " + rules(violations));
        }
        if (!answer.isAccepted() && !isConflict && violations.isEmpty()) {
            String hint =
                    "; the writer knows an earlier snapshot of the job: a system that refuses such writers declares "
                            + Capability.COMPARE_AND_SET;
            throw transcript.failure(
                    Requirement.LEGAL_ACCEPTED,
                    change,
                    List.empty(),
                    answer + ", though no rule is broken" + (isStale ? hint : ""));
        }
        if (!answer.isAccepted() && !isConflict && can(Capability.NAMES_BROKEN_RULE)) {
            named(change, answer, violations);
        }
    }

    private void named(String change, Answer answer, Seq<Violation> violations) {
        if (answer.rules().isEmpty()) {
            throw transcript.failure(
                    Requirement.RULE_NAMED,
                    change,
                    violations,
                    "refused, without naming a broken rule, such as "
                            + violations.head().rule());
        }
        if (!violations.map(Violation::rule).containsAll(answer.rules())) {
            throw transcript.failure(
                    Requirement.RULE_NAMED, change, violations, answer + ", but it breaks " + rules(violations));
        }
    }

    /** Judges what is read after an answer to an update: the proposal, or the job as it was. */
    void offered(String change, Answer answer, JobSnapshot current, JobSnapshot proposed, @Nullable JobSnapshot read) {
        JobSnapshot expected = answer.isAccepted() ? proposed : current;
        transcript.reads(current, read, !expected.equals(read));
        if (!expected.equals(read)) {
            throw answer.isAccepted()
                    ? notStored(change, current, read, difference(proposed, read))
                    : changed(change, current, read);
        }
    }

    /**
     * Judges what is read after an event that was refused or accepted.
     *
     * @param model what the lifecycle makes of the job; null if the event was refused
     */
    void fired(
            String change,
            JobSnapshot current,
            @Nullable JobSnapshot read,
            @Nullable JobSnapshot model,
            @Nullable JobError error) {
        transcript.reads(current, read, (model != null) == current.equals(read));
        if (model == null && !current.equals(read)) {
            throw changed(change, current, read);
        }
        if (model != null) {
            stepped(change, current, read, model, error);
        }
    }

    private void stepped(
            String change,
            JobSnapshot current,
            @Nullable JobSnapshot read,
            JobSnapshot model,
            @Nullable JobError error) {
        if (read == null) {
            throw notStored(change, current, null, "the job is gone");
        }
        Verdict verdict = lifecycle.check(precision.lifted(current), precision.lifted(read));
        if (!verdict.isLegal()
                || !(verdict.change() instanceof Change.Stepped stepped)
                || stepped.transition().target() != model.state()) {
            throw notStored(
                    change,
                    current,
                    read,
                    can(Capability.GIVEN_TIME)
                            ? difference(precision.cut(model), read)
                            : differenceButTimes(model, read));
        }
        if (can(Capability.GIVEN_TIME)) {
            JobSnapshot expected = precision.cut(model).withError(read.error()).withName(read.name());
            if (!expected.equals(read)) {
                throw notStored(change, current, read, difference(expected, read));
            }
        } else {
            notTooEarly(change, current, read);
        }
        if (error != null && !error.equals(read.error())) {
            throw notStored(change, current, read, difference(read.withError(error), read));
        }
    }

    private Seq<Violation> violations(JobSnapshot before, JobSnapshot after) {
        return lifecycle
                .check(precision.lifted(before), precision.lifted(after))
                .violations();
    }

    /** By a clock of its own, the system sets no time that is before what happened to the job already. */
    private void notTooEarly(String change, JobSnapshot current, JobSnapshot read) {
        Instant latest = current.notBefore(Instant.MIN);
        for (JobField field : List.of(JobField.START_TIME, JobField.END_TIME)) {
            Instant time = (Instant) field.of(read);
            if (time != null
                    && field.differs(current, read)
                    && time.isBefore(latest.truncatedTo(precision.of(field)))) {
                throw notStored(change, current, read, field + ": expected not before " + latest + ", was " + time);
            }
        }
    }

    /** Judges what is read after a race of updates: the proposal of the winner. */
    void offerWon(String change, JobSnapshot known, JobSnapshot proposed, @Nullable JobSnapshot read) {
        transcript.reads(known, read, !proposed.equals(read));
        if (!proposed.equals(read)) {
            throw transcript.failure(
                    Requirement.ONE_WINNER,
                    change,
                    List.empty(),
                    "the job that is read is not that of the winner: " + difference(proposed, read));
        }
    }

    /** Judges what is read after a race of events: a legal step by the event that won. */
    void eventWon(String change, JobSnapshot known, JobEvent event, Instant at, @Nullable JobSnapshot read) {
        JobState target = JobTransition.on(known.state(), event).get().target();
        Seq<Violation> violations = read == null ? List.empty() : violations(known, read);
        boolean isWrong = read == null || read.state() != target || !violations.isEmpty();
        if (!isWrong && can(Capability.GIVEN_TIME)) {
            JobSnapshot model =
                    lifecycle.apply(precision.lifted(known), event, at).get();
            isWrong = !precision
                    .cut(model)
                    .withError(Objects.requireNonNull(read).error())
                    .equals(read);
        }
        transcript.reads(known, read, isWrong);
        if (isWrong) {
            throw transcript.failure(
                    Requirement.ONE_WINNER, change, violations, event + " won, but the job that is read is " + read);
        }
    }

    /** Judges what is read of another job than the one that something happened to. */
    void unchanged(String change, JobSnapshot other, @Nullable JobSnapshot read) {
        transcript.reads(other, read, !other.equals(read));
        if (!other.equals(read)) {
            throw transcript.failure(
                    Requirement.OTHERS_UNCHANGED,
                    change,
                    List.empty(),
                    "another job, " + other.name() + ", changed too: " + difference(other, read));
        }
    }

    private NonconformanceError notStored(
            String change, JobSnapshot current, @Nullable JobSnapshot read, String difference) {
        Seq<Violation> violations = read == null || read.equals(current) ? List.empty() : violations(current, read);
        String problem = current.equals(read)
                ? "accepted, but the job that is read is unchanged"
                : difference.isEmpty()
                        ? "accepted, but the job that is read breaks " + rules(violations)
                        : "accepted, but the job that is read is not the expected one: " + difference;
        return transcript.failure(Requirement.ACCEPTED_STORED, change, violations, problem);
    }

    private NonconformanceError changed(String change, JobSnapshot current, @Nullable JobSnapshot read) {
        return transcript.failure(
                Requirement.REFUSED_UNCHANGED,
                change,
                read == null ? List.empty() : violations(current, read),
                "refused, but the job changed: " + difference(current, read));
    }

    /** The difference where any time may be expected: of times only whether there is one. */
    private static String differenceButTimes(JobSnapshot expected, JobSnapshot actual) {
        return List.of(JobField.values())
                .filter(field -> field.differs(expected, actual))
                .filter(field -> !(field.of(expected) instanceof Instant && field.of(actual) instanceof Instant))
                .map(field -> field + ": expected "
                        + (field.of(expected) instanceof Instant ? "a time" : text(field.of(expected))) + ", was "
                        + text(field.of(actual)))
                .mkString("; ");
    }

    /** A value in a line of a message, or {@code none}: a long one is cut, and its length told. */
    static String text(@Nullable Object value) {
        String text = value == null
                ? "none"
                : value instanceof Map<?, ?> map
                        ? map.map(entry -> entry._1() + "=" + entry._2()).mkString("{", ", ", "}")
                        : value.toString();
        return Escaped.line(
                text.length() <= LONGEST
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "... (" + text.length()
                                + " characters)");
    }

    /** The rules that are broken, in words. */
    static String rules(Seq<Violation> violations) {
        return violations.map(Violation::rule).distinct().mkString(" and ");
    }

    static String difference(JobSnapshot expected, @Nullable JobSnapshot actual) {
        if (actual == null) {
            return "expected " + expected + ", but there is no such job";
        }
        return List.of(JobField.values())
                .filter(field -> field.differs(expected, actual))
                .map(field -> field + ": expected " + text(field.of(expected)) + ", was " + text(field.of(actual)))
                .mkString("; ");
    }
}
