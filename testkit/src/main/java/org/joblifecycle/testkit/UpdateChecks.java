package org.joblifecycle.testkit;

import io.vavr.Lazy;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.Iterator;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.SimulatedJob;
import org.jspecify.annotations.Nullable;

/** The checks of a system whose jobs are driven by updates. */
final class UpdateChecks extends DriveChecks {
    private static final int INTERNAL = 13;

    private final Neighbours neighbours;
    private final Lazy<Seq<Place>> places = Lazy.of(this::findPlaces);

    UpdateChecks(Conformance conformance, Precision precision, Seq<Rule> rules) {
        super("updates", conformance, precision, rules);
        this.neighbours = new Neighbours(lifecycle, precision);
    }

    @Override
    Seq<Check> all() {
        return Vector.of(
                        pairsOfStates(),
                        unreachable(),
                        brokenRules(),
                        severalRules(),
                        unusual(),
                        pairsOfEdges(),
                        repeatedCycles(),
                        repeats(),
                        lateErrors(),
                        List.of(severalJobs()),
                        names(),
                        listsIfDeclared(),
                        staleWritersIfDeclared(),
                        racesIfDeclared())
                .flatMap(checks -> checks);
    }

    @Override
    Step take(int job, JobTransition edge) {
        return new Step.Update(job, edge, null);
    }

    @Override
    Seq<Step> staying(int job) {
        return List.of(new Step.Move(job, JobState.UNSPECIFIED), new Step.Touch(job), new Step.Repeat(job));
    }

    @Override
    Set<Rule> broken() {
        return places.get()
                .flatMap(place -> neighbours.faults(place.before(), place.after()))
                .map(Neighbours.Fault::rule)
                .toJavaSet();
    }

    private Seq<Check> pairsOfStates() {
        return toStatesStartedOrNot.flatMap(path -> Vector.of(JobState.values()).flatMap(to -> pairOfStates(path, to)));
    }

    /** The move to a state, and guesses of how it may look: what has to be accepted, and what breaks each rule. */
    private Seq<Check> pairOfStates(JobPath path, JobState to) {
        JobState from = path.target();
        JobTransition edge = paths.after(path).find(each -> each.target() == to).getOrNull();
        JobSnapshot job = simulated(path.edges());
        Instant at = timeAfter(path, job);
        JobSnapshot moved = edge == null
                ? candidates.moved(job, to, at)
                : simulated(path.edges().append(edge));
        Seq<Tuple2<String, Step>> steps = candidates
                .guesses(job, to, at)
                .zipWithIndex((guess, number) -> Tuple.<String, Step>of(
                        expected(lifecycle.check(job, guess).violations()).toString(),
                        new Step.Guess(number + 1, to, number)))
                .prepend(Tuple.of(
                        expected(lifecycle.check(job, moved).violations()).toString(),
                        edge == null ? new Step.Move(0, to) : take(0, edge)));
        return steps.groupBy(Tuple2::_1).toVector().map(alike -> {
            Seq<Step> same = alike._2().map(Tuple2::_2);
            // Each is proposed for a job of its own.
            return check(
                    "every pair of states",
                    alike._1() + ", " + from + " -> " + to + again(path),
                    same.flatMap(step -> along(step.job(), path.edges())),
                    same);
        });
    }

    /**
     * A point in the life of a job at which updates are tried.
     *
     * @param setup the steps that bring a job of a number there
     * @param edge the edge that the update takes; null if it is in the same state
     * @param before the job there
     * @param after a legal update
     * @param suffix tells checks of this place from those of another one with the same states; maybe empty
     */
    private record Place(
            Function<Integer, Seq<Step>> setup,
            @Nullable JobTransition edge,
            JobSnapshot before,
            JobSnapshot after,
            String suffix) {
        static Place in(JobSnapshot job, String suffix, Function<Integer, Seq<Step>> setup) {
            return new Place(setup, null, job, job, suffix);
        }

        String change(Neighbours.Neighbour neighbour) {
            return before.state() + " -> " + neighbour.job().state() + ": " + neighbour.change() + suffix;
        }
    }

    /** Where a job is created, at every edge that it can take before or after it was RUNNING, and behind that edge. */
    private Seq<Place> findPlaces() {
        return placesBehind(JobPath.at(conformance.first().get().state()), "")
                .appendAll(toEdgesStartedOrNot.flatMap(path -> {
                    Seq<JobTransition> edges = path.edges();
                    Place at = new Place(
                            job -> along(job, edges.init()),
                            edges.last(),
                            simulated(edges.init()),
                            simulated(edges),
                            againOver(path));
                    return placesBehind(path, againOver(path))
                            .prependAll(placesAfterUnusual(at))
                            .prepend(at);
                }));
    }

    /** Behind a path: at once, after a later update, and with times that the kind does not have. */
    private Seq<Place> placesBehind(JobPath path, String suffix) {
        JobSnapshot job = simulated(path.edges());
        SimulatedJob next = new SimulatedJob(lifecycle, job, timeAfter(path, job));
        Function<Integer, Seq<Step>> setup = number -> along(number, path.edges());
        return List.of(
                Place.in(job, suffix, setup),
                Place.in(
                        next.touched().snapshot(),
                        suffix,
                        number -> setup.apply(number).append(new Step.Touch(number))),
                Place.in(
                        HistoryChange.withOtherTimes(next).snapshot(),
                        suffix,
                        number -> setup.apply(number).append(new Step.SetOtherTimes(number))));
    }

    /** Behind a place at which a field was removed, or a time was set, where that is legal. */
    private Seq<Place> placesAfterUnusual(Place at) {
        return neighbours
                .legalWithFieldsRemovedOrSet(at.before(), at.after())
                .distinctBy(Neighbours.Neighbour::change)
                .map(unusual -> Place.in(
                        unusual.job(),
                        at.suffix() + ", after " + unusual.change(),
                        number -> at.setup()
                                .apply(number)
                                .append(new Step.Unusual(number, at.edge(), unusual.change(), 0))));
    }

    private Seq<Check> brokenRules() {
        Seq<Tuple2<Rule, Check>> checks = places.get()
                .flatMap(this::brokenRules)
                .distinctBy(check -> check._2().name());
        return rules.flatMap(rule -> {
            Seq<Check> ofRule = checks.filter(check -> check._1() == rule).map(Tuple2::_2);
            return ofRule.isEmpty()
                    ? List.of(Check.notTested(
                            group(EVERY_RULE),
                            rule.toString(),
                            "no update of a job that is created as the system's jobs are breaks this rule alone"))
                    : ofRule;
        });
    }

    private Seq<Tuple2<Rule, Check>> brokenRules(Place place) {
        return neighbours
                .faults(place.before(), place.after())
                .distinctBy(fault -> Tuple.of(fault.rule(), fault.neighbour().change()))
                .map(fault -> Tuple.of(
                        fault.rule(),
                        check(
                                EVERY_RULE,
                                fault.rule() + ", " + place.change(fault.neighbour()),
                                place.setup().apply(0),
                                List.of(new Step.Break(
                                        0,
                                        fault.rule(),
                                        place.edge(),
                                        fault.neighbour().change())))));
    }

    private Seq<Check> severalRules() {
        return places.get()
                .flatMap(place -> neighbours
                        .faultsOfSeveralRules(place.before(), place.after())
                        .filter(fault -> !fault._1().contains(Rule.TRANSITION_ILLEGAL)) // a pair of states
                        .distinctBy(fault -> fault._2().change())
                        .map(fault -> check(
                                "several rules at once",
                                fault._1().mkString(" and ") + ", " + place.change(fault._2()),
                                place.setup().apply(0),
                                List.of(new Step.BreakSeveral(
                                        0, place.edge(), fault._2().change())))))
                .distinctBy(Check::name);
    }

    private Seq<Check> unusual() {
        return places.get()
                .flatMap(place -> neighbours
                        .legal(place.before(), place.after())
                        .groupBy(Neighbours.Neighbour::change)
                        .values()
                        .map(alike -> unusual(place, alike)))
                .distinctBy(Check::name);
    }

    /** Each of them is proposed for a job of its own. */
    private Check unusual(Place place, Seq<Neighbours.Neighbour> alike) {
        Seq<Integer> jobs = Vector.range(0, alike.size());
        return check(
                "unusual, but legal",
                Requirement.LEGAL_ACCEPTED + ", " + place.change(alike.head()),
                jobs.flatMap(place.setup()),
                jobs.map(job -> new Step.Unusual(job, place.edge(), alike.head().change(), job)));
    }

    private Seq<Check> repeats() {
        Seq<Check> twice = toStates.map(path -> check(
                "sent twice",
                Requirement.LEGAL_ACCEPTED + ", " + path.target() + " -> " + path.target(),
                along(path.edges()),
                List.of(new Step.Repeat(0), new Step.Repeat(0))));
        return twice.appendAll(toEdges.map(path -> check(
                "sent twice",
                Requirement.LEGAL_ACCEPTED + ", " + path.edges().last().source() + " -> " + path.target()
                        + ", sent again by a writer that got no answer",
                along(path.edges()),
                List.of(new Step.RepeatStale(0), new Step.RepeatStale(0)))));
    }

    private Seq<Check> lateErrors() {
        Seq<JobError> errors = JobErrors.MESSAGES.prepend("").map(message -> new JobError(INTERNAL, message));
        return toEdges.filter(path -> path.target() == JobState.FAILED).flatMap(path -> {
            String change = ", " + path.edges().last().source() + " -> FAILED -> FAILED";
            Seq<JobTransition> before = path.edges().init();
            // Each is proposed for a job of its own.
            Check accepted = check(
                    "late errors",
                    Requirement.LEGAL_ACCEPTED + change,
                    Vector.range(0, errors.size()).flatMap(job -> along(job, before)),
                    errors.zipWithIndex()
                            .flatMap(error -> List.of(
                                    new Step.FailWithoutError(error._2()), new Step.AddError(error._2(), error._1()))));
            Check unchanged = check(
                    "late errors",
                    Rule.ERROR_CHANGED + change + " -> FAILED",
                    along(before).append(new Step.FailWithoutError(0)).append(new Step.AddError(0, errors.head())),
                    List.of(
                            new Step.Break(0, Rule.ERROR_CHANGED, null, "another message"),
                            new Step.Break(0, Rule.ERROR_CHANGED, null, "error removed")));
            return rules.contains(Rule.ERROR_CHANGED) ? List.of(accepted, unchanged) : List.of(accepted);
        });
    }

    @Override
    Seq<Check> staleWriters() {
        Seq<Check> twice = toEdges.map(path -> check(
                STALE_WRITERS,
                Requirement.COMPARE_AND_SET + ", " + path.edges().last().source() + " -> " + path.target() + " twice",
                along(path.edges()),
                List.of(new Step.UpdateStale(0, path.edges().last()))));
        Seq<Check> same = toStates.map(path -> check(
                STALE_WRITERS,
                Requirement.COMPARE_AND_SET + ", " + path.target() + " -> " + path.target(),
                along(path.edges()).append(new Step.TouchOneUnitLater(0)),
                List.of(new Step.UpdateStale(0, null))));
        Seq<Check> amended = toEdges.flatMap(this::amendable)
                .map(place -> check(
                        STALE_WRITERS,
                        Requirement.COMPARE_AND_SET + ", "
                                + place.path().edges().last().source() + " -> "
                                + place.path().target() + ", then two amendments that leave updateTime as it is",
                        place.setup().append(new Step.Amend(0, 0)),
                        List.of(new Step.AmendStale(0, 1))));
        return twice.appendAll(same).appendAll(amended);
    }

    /** A path whose end has no error yet, which makes it possible to amend the job without a later updateTime. */
    private record Amendable(JobPath path, Seq<Step> setup) {}

    private Option<Amendable> amendable(JobPath path) {
        JobSnapshot before = simulated(path.edges().init());
        JobState state = path.target();
        JobSnapshot bare = candidates.moved(
                before, state, timeAfter(new JobPath(path.source(), path.edges().init()), before));
        return lifecycle.check(before, bare).isLegal()
                        && !candidates.amendments(bare).isEmpty()
                ? Option.some(new Amendable(path, along(path.edges().init()).append(new Step.Move(0, state))))
                : Option.none();
    }

    @Override
    Seq<Check> oneWinner() {
        Seq<Check> endings = toStates.filter(path -> endings(path).size() > 1)
                .map(path -> race(
                        path.target() + ": concurrent endings",
                        along(path.edges()),
                        (session, job) -> session.raceOffers(
                                job, endings(path).map(edge -> session.after(job.current(), edge)))));
        if (!conformance.can(Capability.COMPARE_AND_SET)) {
            return endings;
        }
        Seq<Check> updates = toStates.map(path ->
                race(path.target() + ": concurrent updates", along(path.edges()), (session, job) -> {
                    Instant at = session.timeFor(job.current());
                    session.raceOffers(
                            job,
                            Iterator.iterate(at, precision::later)
                                    .take(RACERS)
                                    .toVector()
                                    .map(time -> job.current().withUpdateTime(time)));
                }));
        Seq<Check> amendments = toStates.filter(path -> path.size() > 0)
                .flatMap(this::amendable)
                .map(place -> race(
                        place.path().target() + ": concurrent amendments that leave updateTime as it is",
                        place.setup(),
                        (session, job) -> session.raceOffers(job, candidates.amendments(job.current()))));
        return endings.appendAll(updates).appendAll(amendments);
    }
}
