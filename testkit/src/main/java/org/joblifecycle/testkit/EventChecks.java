package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;
import static org.joblifecycle.testkit.Capability.GIVEN_TIME;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** The checks of a system whose jobs are driven by events. */
final class EventChecks extends DriveChecks {
    /** Given with an event: an error that no kind promises, and that of a cancelled job. */
    private static final Seq<JobError> ERRORS = List.of(JobError.of(13), JobError.of(JobError.CANCELLED));

    EventChecks(Conformance conformance, Precision precision, Seq<Rule> rules) {
        super("events", conformance, precision, rules);
    }

    @Override
    Seq<Check> all() {
        return Vector.of(
                        everyEvent(),
                        unreachable(),
                        refusedEvents(),
                        givenErrors(),
                        atOnce(),
                        pairsOfEdges(),
                        repeatedCycles(),
                        List.of(severalJobs()),
                        names(),
                        listsIfDeclared(),
                        staleWritersIfDeclared(),
                        racesIfDeclared())
                .flatMap(checks -> checks);
    }

    @Override
    Step take(int job, JobTransition edge) {
        return new Step.Fire(job, edge.event(), null);
    }

    @Override
    Seq<Step> staying(int job) {
        return List.of(new Step.Fire(job, JobEvent.ENQUEUE, null)); // not permitted once a job was created
    }

    @Override
    Set<Rule> broken() {
        return toStatesStartedOrNot
                .flatMap(path -> Vector.of(JobEvent.values()).flatMap(event -> violations(path, event)))
                .map(Violation::rule)
                .appendAll(refusals().map(Refusal::rule))
                .toJavaSet();
    }

    /** What is wrong with an event after this path; empty if it is permitted. */
    private Seq<Violation> violations(JobPath path, JobEvent event) {
        JobSnapshot job = simulated(path.edges());
        return lifecycle.apply(job, event, timeAfter(path, job)).fold(violations -> violations, next -> List.empty());
    }

    private Seq<Check> everyEvent() {
        return toStatesStartedOrNot.flatMap(path -> Vector.of(JobEvent.values()).map(event -> everyEvent(path, event)));
    }

    private Check everyEvent(JobPath path, JobEvent event) {
        Seq<Violation> violations = violations(path, event);
        String change = JobTransition.on(path.target(), event)
                .map(JobTransition::toString)
                .getOrElse(event + " in " + path.target());
        return check(
                "every event in every state",
                expected(violations) + ", " + change + again(path),
                along(path.edges()),
                Vector.<@Nullable JobError>of((JobError) null)
                        .appendAll(conformance.can(GIVEN_ERROR) && !violations.isEmpty() ? ERRORS : List.empty())
                        .map(error -> new Step.Fire(0, event, error)));
    }

    /** An event on the last edge of a path that breaks a rule by its time or its error. */
    private record Refusal(Rule rule, JobPath path, String how, Step step) {}

    private Seq<Refusal> refusals() {
        return (conformance.can(GIVEN_ERROR) ? unexpectedErrors().appendAll(invalidCodes()) : List.<Refusal>empty())
                .appendAll(conformance.can(GIVEN_TIME) ? earlyEvents() : List.empty())
                .filter(refusal -> rules.contains(refusal.rule()));
    }

    private Seq<Refusal> unexpectedErrors() {
        return toEdges.filter(path -> path.edges().last().event() != JobEvent.FAIL)
                .flatMap(path -> ERRORS.map(error -> new Refusal(
                        Rule.ERROR_UNEXPECTED,
                        path,
                        " with code " + error.code(),
                        new Step.Fire(0, path.edges().last().event(), error))));
    }

    private Seq<Refusal> invalidCodes() {
        return toFailures()
                .flatMap(path -> JobErrors.INVALID_CODES
                        .sorted()
                        .map(code -> new Refusal(
                                Rule.ERROR_CODE_INVALID,
                                path,
                                " with code " + code,
                                new Step.Fire(0, JobEvent.FAIL, JobError.of(code)))));
    }

    private Seq<Refusal> earlyEvents() {
        return toEdges.filter(this::hasTimeBeforeTheLastEdge)
                .map(path -> new Refusal(
                        Rule.UPDATE_TIME_REGRESSED,
                        path,
                        " too early",
                        new Step.FireEarly(0, path.edges().last().event())));
    }

    private Seq<JobPath> toFailures() {
        return toEdges.filter(path -> path.edges().last().event() == JobEvent.FAIL);
    }

    private boolean hasTimeBeforeTheLastEdge(JobPath path) {
        return simulated(path.edges().init()).notBefore(Instant.MIN).isAfter(Instant.MIN);
    }

    private Seq<Check> refusedEvents() {
        Seq<Check> undeclaredTime = conformance.can(GIVEN_TIME)
                ? List.empty()
                : List.of(Check.undeclared(group(EVERY_RULE), Rule.UPDATE_TIME_REGRESSED.toString(), GIVEN_TIME));
        Seq<Check> undeclaredError = conformance.can(GIVEN_ERROR)
                ? List.empty()
                : List.of(Check.undeclared(group(EVERY_RULE), Rule.ERROR_UNEXPECTED.toString(), GIVEN_ERROR));
        return refusals()
                .map(refusal -> check(
                        EVERY_RULE,
                        refusal.rule() + ", " + refusal.path().edges().last() + refusal.how(),
                        along(refusal.path().edges().init()),
                        List.of(refusal.step())))
                .appendAll(undeclaredTime)
                .appendAll(undeclaredError);
    }

    /** Every code, with and without a message, and every message: each for a job of its own. */
    private Seq<Check> givenErrors() {
        String group = "given errors";
        Seq<JobError> errors = JobErrors.CODES
                .flatMap(code -> List.of(JobError.of(code), new JobError(code, JobErrors.MESSAGES.head())))
                .appendAll(JobErrors.MESSAGES.tail().map(message -> new JobError(JobError.UNKNOWN, message)));
        return ifDeclared(
                GIVEN_ERROR,
                group,
                Requirement.ACCEPTED_STORED,
                () -> toFailures()
                        .map(path -> check(
                                group,
                                Requirement.ACCEPTED_STORED + ", "
                                        + path.edges().last(),
                                Vector.range(0, errors.size())
                                        .flatMap(job -> along(job, path.edges().init())),
                                errors.zipWithIndex()
                                        .map(error -> new Step.Fire(error._2(), JobEvent.FAIL, error._1())))));
    }

    private Seq<Check> atOnce() {
        String group = "at the same instant";
        return ifDeclared(
                GIVEN_TIME,
                group,
                Requirement.LEGAL_ACCEPTED,
                () -> toEdgesStartedOrNot
                        .filter(this::hasTimeBeforeTheLastEdge)
                        .map(path -> check(
                                group,
                                Requirement.LEGAL_ACCEPTED + ", " + path.edges().last() + againOver(path),
                                along(path.edges().init()),
                                List.of(new Step.FireAtSameInstant(
                                        0, path.edges().last().event())))));
    }

    @Override
    Seq<Check> staleWriters() {
        return toEdges.flatMap(path -> paths.after(path)
                .map(next -> check(
                        STALE_WRITERS,
                        Requirement.COMPARE_AND_SET + ", " + path.edges().last().source() + " -> " + path.target()
                                + ", then " + next,
                        along(path.edges()),
                        List.of(new Step.FireStale(0, next.event())))));
    }

    @Override
    Seq<Check> oneWinner() {
        Seq<Check> endings = toStates.filter(path -> endings(path).size() > 1)
                .map(path -> race(
                        path.target() + ": concurrent endings",
                        along(path.edges()),
                        (session, job) -> session.raceEvents(job, endings(path).map(JobTransition::event))));
        Seq<Check> same = toEdges.filter(path -> JobTransition.on(
                                path.target(), path.edges().last().event())
                        .isEmpty())
                .map(path -> race(
                        path.edges().last().source() + ": concurrent "
                                + path.edges().last().event(),
                        along(path.edges().init()),
                        (session, job) -> session.raceEvents(
                                job, Vector.fill(RACERS, path.edges().last()::event))));
        return endings.appendAll(same);
    }
}
