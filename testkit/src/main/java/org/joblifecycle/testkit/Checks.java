package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.Capability.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;
import static org.joblifecycle.testkit.Capability.GIVEN_TIME;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;

import io.vavr.Lazy;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** The list of checks that a system is put to: small spaces are enumerated. */
final class Checks {
    private static final String EVERY_RULE = "every rule";
    private static final String STALE_WRITERS = "stale writers";
    private static final String RACES = "races";
    private static final int ROUNDS = 30;
    private static final int RACERS = 4;

    /** Given with an event: one that nothing promises, and that of a job that was cancelled. */
    private static final Seq<JobError> ERRORS = List.of(JobError.of(13), JobError.of(JobError.CANCELLED));

    private final Conformance conformance;
    private final JobLifecycle lifecycle;
    private final JobPaths paths;
    private final Seq<JobPath> toStates;
    private final Seq<JobPath> toStatesStartedOrNot;
    private final Seq<JobPath> toEdges;
    private final Seq<JobPath> toEdgesStartedOrNot;
    private final Seq<Rule> rules;
    private final ChronoUnit precision;
    private final Lazy<Seq<Place>> places = Lazy.of(() -> findPlaces(Drive.UPDATES));

    /** How jobs are brought over an edge: by an update or by an event. */
    private record Drive(String name, BiFunction<Integer, JobTransition, Step> take) {
        static final Drive UPDATES = new Drive("updates", (job, edge) -> new Step.Update(job, edge, null));
        static final Drive EVENTS = new Drive("events", (job, edge) -> new Step.Fire(job, edge.event(), null));

        String group(String what) {
            return name + ": " + what;
        }

        Step take(JobTransition edge) {
            return take.apply(0, edge);
        }

        Seq<Step> along(Seq<JobTransition> edges) {
            return along(0, edges);
        }

        Seq<Step> along(int job, Seq<JobTransition> edges) {
            return edges.map(edge -> take.apply(job, edge));
        }
    }

    Checks(Conformance conformance, ChronoUnit precision) {
        this.conformance = conformance;
        this.lifecycle = conformance.lifecycle();
        this.paths = conformance.paths();
        this.toStates = paths.toStates();
        this.toStatesStartedOrNot = paths.toStatesStartedOrNot();
        this.toEdges = paths.toEdges();
        this.toEdgesStartedOrNot = paths.toEdgesStartedOrNot();
        this.rules = Mutants.of(lifecycle).rules();
        this.precision = precision;
    }

    Seq<Check> all() {
        Check creation = new Check("creation", Requirement.CREATED + ", creation", () -> {
            if (conformance.first().isLeft()) {
                throw conformance.first().getLeft();
            }
        });
        if (conformance.first().isLeft()) {
            return List.of(creation, Check.notTested("all else", "updates and events", "no job can be created"));
        }
        Check unknown = new Check(
                "creation",
                Requirement.UNKNOWN_ABSENT + ", a name that no job has",
                () -> conformance.using(Session::readUnknown));
        Vector<Check> all = Vector.of(creation, unknown);
        all = all.appendAll(
                conformance.can(UPDATE_DRIVEN)
                        ? updates(Drive.UPDATES)
                        : List.of(undeclared(Drive.UPDATES.name(), "all", UPDATE_DRIVEN)));
        all = all.appendAll(
                conformance.can(EVENT_DRIVEN)
                        ? events(Drive.EVENTS)
                        : List.of(undeclared(Drive.EVENTS.name(), "all", EVENT_DRIVEN)));
        return conformance.can(NAMES_BROKEN_RULE)
                ? all
                : all.append(undeclared("refusals", Requirement.RULE_NAMED.toString(), NAMES_BROKEN_RULE));
    }

    /** The rules that some check breaks, so that they can be covered. */
    Seq<Rule> breakable() {
        return rules.filter((conformance.can(UPDATE_DRIVEN) ? breakableByUpdates() : breakableByEvents())::contains);
    }

    private Set<Rule> breakableByUpdates() {
        return places.get()
                .flatMap(place -> Mutants.faults(lifecycle, place.before(), place.after(), precision))
                .map(Mutants.Fault::rule)
                .toJavaSet();
    }

    private Set<Rule> breakableByEvents() {
        Set<Rule> breakable = toStatesStartedOrNot
                .flatMap(way -> Vector.of(JobEvent.values()).flatMap(event -> {
                    JobSnapshot job = simulated(way.edges());
                    return lifecycle
                            .apply(job, event, job.notBefore(time(way.size() + 1)))
                            .swap();
                }))
                .flatMap(violations -> violations.map(Violation::rule))
                .toJavaSet();
        if (conformance.can(GIVEN_TIME)) {
            breakable.add(Rule.UPDATE_TIME_REGRESSED);
        }
        if (conformance.can(GIVEN_ERROR)) {
            breakable.addAll(
                    List.of(Rule.ERROR_UNEXPECTED, Rule.ERROR_CODE_INVALID).asJava());
        }
        return breakable;
    }

    private static Check undeclared(String group, String name, Capability capability) {
        return Check.notTested(group, name, "the system does not declare " + capability);
    }

    private Seq<Check> updates(Drive drive) {
        return Vector.of(
                        pairsOfStates(drive),
                        unreachable(drive),
                        brokenRules(drive),
                        severalRules(drive),
                        unusual(drive),
                        pairsOfEdges(drive),
                        longLives(drive),
                        repeats(drive),
                        lateErrors(drive),
                        severalJobs(drive),
                        staleWriters(drive, this::lateUpdates),
                        races(drive, this::updateRaces))
                .flatMap(checks -> checks);
    }

    private Seq<Check> events(Drive drive) {
        return Vector.of(
                        everyEvent(drive),
                        unreachable(drive),
                        refusedEvents(drive),
                        givenErrors(drive),
                        atOnce(drive),
                        pairsOfEdges(drive),
                        longLives(drive),
                        severalJobs(drive),
                        staleWriters(drive, this::lateEvents),
                        races(drive, this::eventRaces))
                .flatMap(checks -> checks);
    }

    private Seq<Check> staleWriters(Drive drive, Function<Drive, Seq<Check>> checks) {
        return conformance.can(COMPARE_AND_SET)
                ? checks.apply(drive)
                : List.of(undeclared(
                        drive.group(STALE_WRITERS), Requirement.COMPARE_AND_SET.toString(), COMPARE_AND_SET));
    }

    private Seq<Check> races(Drive drive, Function<Drive, Seq<Check>> checks) {
        return conformance.can(CONCURRENT)
                ? checks.apply(drive).append(jobsAtOnce(drive))
                : List.of(undeclared(drive.group(RACES), Requirement.ONE_WINNER.toString(), CONCURRENT));
    }

    /** A check that begins where the setup leads to; a setup that fails is the business of the checks of its steps. */
    private Check check(String group, String name, Seq<Step> setup, Seq<Step> steps) {
        return new Check(
                group,
                name,
                () -> conformance.using(session -> {
                    prepare(session, setup);
                    int before = session.asked();
                    Program.of(steps).run(session);
                    if (session.asked() == before) {
                        throw new Check.NotTested("no job of the system can be asked to do that");
                    }
                }));
    }

    private static void prepare(Session session, Seq<Step> setup) {
        try {
            Program.of(setup).run(session);
        } catch (NonconformanceError e) {
            throw new Check.NotTested("the job cannot be brought there: "
                    + e.getMessage().lines().findFirst().orElseThrow());
        }
    }

    private Seq<Check> pairsOfStates(Drive drive) {
        return toStatesStartedOrNot.flatMap(
                path -> Vector.of(JobState.values()).map(to -> pairOfStates(drive, path, to)));
    }

    private Check pairOfStates(Drive drive, JobPath way, JobState to) {
        JobState from = way.target();
        JobTransition edge = paths.after(way).find(each -> each.target() == to).getOrNull();
        JobSnapshot job = simulated(way.edges());
        JobSnapshot moved = edge == null
                ? Session.moved(lifecycle, job, to, job.notBefore(time(way.size() + 1)))
                : simulated(way.edges().append(edge));
        int guesses = Session.guesses(lifecycle, job, to, job.notBefore(time(way.size() + 1)))
                .size();
        // Each guess is said of a job of its own.
        Seq<Step> guessed = Vector.range(0, guesses)
                .flatMap(number -> drive.along(number + 1, way.edges()).append(new Step.Guess(number + 1, to, number)));
        return check(
                drive.group("every pair of states"),
                expected(lifecycle.check(job, moved).violations()) + ", " + from + " -> " + to + again(way),
                drive.along(way.edges()),
                guessed.prepend(edge == null ? new Step.Move(0, to) : drive.take(edge)));
    }

    /** What a check of something with these faults is about. */
    private static Object expected(Seq<Violation> violations) {
        Seq<Rule> broken = violations.map(Violation::rule);
        return broken.isEmpty()
                ? Requirement.LEGAL_ACCEPTED
                : broken.contains(Rule.TRANSITION_ILLEGAL) ? Rule.TRANSITION_ILLEGAL : broken.head();
    }

    /** Tells the second way to a state from the first. */
    private String again(JobPath way) {
        return again(toStates, way);
    }

    /** Tells the second way to an edge from the first. */
    private String againOver(JobPath way) {
        return again(toEdges, way);
    }

    private static String again(Seq<JobPath> firstWays, JobPath way) {
        return firstWays.contains(way) ? "" : ", of a job that was RUNNING before";
    }

    private Seq<Check> unreachable(Drive drive) {
        return Vector.of(JobState.values())
                .removeAll(toStates.map(JobPath::target))
                .map(state -> Check.notTested(
                        drive.group("states that no job reaches"),
                        state.toString(),
                        "no way leads there from " + paths.toStates().head() + ", in which jobs are created"));
    }

    /** Where something can be said: after these steps, on going over the edge, or in the same state if there is none. */
    private record Place(
            Function<Integer, Seq<Step>> setup,
            @Nullable JobTransition edge,
            JobSnapshot before,
            JobSnapshot after,
            String suffix) {
        static Place in(JobSnapshot job, String suffix, Function<Integer, Seq<Step>> setup) {
            return new Place(setup, null, job, job, suffix);
        }

        String change(Mutants.Neighbour neighbour) {
            return before.state() + " -> " + neighbour.job().state() + ": " + neighbour.change() + suffix;
        }
    }

    /** As a job is created, at every edge that it can go over before or after it was RUNNING, and behind that. */
    private Seq<Place> findPlaces(Drive drive) {
        return placesIn(drive, JobPath.at(conformance.first().get().state()), "")
                .appendAll(toEdgesStartedOrNot.flatMap(path -> {
                    Seq<JobTransition> edges = path.edges();
                    Place at = new Place(
                            job -> drive.along(job, edges.init()),
                            edges.last(),
                            simulated(edges.init()),
                            simulated(edges),
                            againOver(path));
                    return placesIn(drive, path, againOver(path))
                            .prependAll(placesAfterLess(at))
                            .prepend(at);
                }));
    }

    /** Behind a way: at once, after a later update, and with times that the kind does not have. */
    private Seq<Place> placesIn(Drive drive, JobPath path, String suffix) {
        JobSnapshot job = simulated(path.edges());
        Instant next = job.notBefore(time(path.size() + 1));
        Function<Integer, Seq<Step>> way = number -> drive.along(number, path.edges());
        return List.of(
                Place.in(job, suffix, way),
                Place.in(
                        job.withUpdateTime(next),
                        suffix,
                        number -> way.apply(number).append(new Step.Touch(number))),
                Place.in(
                        History.withOtherTimes(job, next, lifecycle.kind()),
                        suffix,
                        number -> way.apply(number).append(new Step.CarryTimes(number))));
    }

    /** Behind a place at which the job was left without something, or was given a time, as is legal there. */
    private Seq<Place> placesAfterLess(Place at) {
        return Mutants.legal(lifecycle, at.before(), at.after(), precision)
                .filter(less ->
                        less.change().endsWith("taken away") || less.change().endsWith("Time set"))
                .distinctBy(Mutants.Neighbour::change)
                .map(less -> Place.in(
                        less.job(),
                        at.suffix() + ", after " + less.change(),
                        number -> at.setup().apply(number).append(new Step.Vary(number, at.edge(), less.change(), 0))));
    }

    private Seq<Check> brokenRules(Drive drive) {
        Seq<Tuple2<Rule, Check>> checks = places.get()
                .flatMap(place -> brokenRules(drive, place))
                .distinctBy(check -> check._2().name());
        return rules.flatMap(rule -> {
            Seq<Check> ofRule = checks.filter(check -> check._1() == rule).map(Tuple2::_2);
            return ofRule.isEmpty()
                    ? List.of(Check.notTested(
                            drive.group(EVERY_RULE),
                            rule.toString(),
                            "no update of a job that begins as the system's jobs do breaks it alone"))
                    : ofRule;
        });
    }

    private Seq<Tuple2<Rule, Check>> brokenRules(Drive drive, Place place) {
        return Mutants.faults(lifecycle, place.before(), place.after(), precision)
                .distinctBy(fault -> Tuple.of(fault.rule(), fault.neighbour().change()))
                .map(fault -> Tuple.of(
                        fault.rule(),
                        check(
                                drive.group(EVERY_RULE),
                                fault.rule() + ", " + place.change(fault.neighbour()),
                                place.setup().apply(0),
                                List.of(new Step.Break(
                                        0,
                                        fault.rule(),
                                        place.edge(),
                                        fault.neighbour().change())))));
    }

    private Seq<Check> severalRules(Drive drive) {
        return places.get()
                .flatMap(place -> Mutants.spoilt(lifecycle, place.before(), place.after(), precision)
                        .filter(spoilt -> !spoilt._1().contains(Rule.TRANSITION_ILLEGAL)) // a pair of states
                        .distinctBy(spoilt -> spoilt._2().change())
                        .map(spoilt -> check(
                                drive.group("several rules at once"),
                                spoilt._1().mkString(" and ") + ", " + place.change(spoilt._2()),
                                place.setup().apply(0),
                                List.of(new Step.Spoil(
                                        0, place.edge(), spoilt._2().change())))))
                .distinctBy(Check::name);
    }

    /** Round and round, as a job that lives long. */
    private Seq<Check> longLives(Drive drive) {
        return paths.cycles().map(cycle -> {
            Seq<JobTransition> way = paths.to(cycle.edges().head()).get().edges();
            Seq<JobTransition> round = cycle.edges().tail().append(cycle.edges().head());
            Seq<JobTransition> rounds = Vector.fill(ROUNDS, round).flatMap(edges -> edges);
            return new Check(
                    drive.group("a long life"),
                    Requirement.LEGAL_ACCEPTED + ", " + cycle,
                    () -> conformance.checkAndShrink(Program.of(drive.along(way.appendAll(rounds)))));
        });
    }

    private Seq<Check> unusual(Drive drive) {
        return places.get()
                .flatMap(place -> Mutants.legal(lifecycle, place.before(), place.after(), precision)
                        .groupBy(Mutants.Neighbour::change)
                        .values()
                        .map(alike -> unusual(drive, place, alike)))
                .distinctBy(Check::name);
    }

    /** Every one of them is said of a job of its own. */
    private Check unusual(Drive drive, Place place, Seq<Mutants.Neighbour> alike) {
        Seq<Integer> jobs = Vector.range(0, alike.size());
        return check(
                drive.group("unusual, but legal"),
                Requirement.LEGAL_ACCEPTED + ", " + place.change(alike.head()),
                jobs.flatMap(place.setup()),
                jobs.map(job -> new Step.Vary(job, place.edge(), alike.head().change(), job)));
    }

    /** The job after these edges, as a {@link Session} brings it there. */
    private JobSnapshot simulated(Seq<JobTransition> edges) {
        JobSnapshot job = conformance.first().get();
        for (int step = 0; step < edges.size(); step++) {
            job = lifecycle
                    .apply(job, edges.get(step).event(), job.notBefore(time(step + 1)))
                    .get();
        }
        return job;
    }

    /** When a session comes to this step of a job, counted from 1. */
    private Instant time(int step) {
        return conformance
                .first()
                .get()
                .notBefore(History.BEGINNING.plus(Program.PAUSE))
                .plus(Program.PAUSE.multipliedBy(step))
                .truncatedTo(precision);
    }

    private Seq<Check> pairsOfEdges(Drive drive) {
        return paths.toEdgePairs()
                .map(path -> new Check(
                        drive.group("every two edges in a row"),
                        Requirement.LEGAL_ACCEPTED + ", "
                                + new JobPath(
                                        path.edges().takeRight(2).head().source(),
                                        path.edges().takeRight(2)),
                        () -> conformance.checkAndShrink(Program.of(drive.along(path.edges())))));
    }

    private Seq<Check> repeats(Drive drive) {
        Seq<Check> twice = toStates.map(path -> check(
                drive.group("said twice"),
                Requirement.LEGAL_ACCEPTED + ", " + path.target() + " -> " + path.target(),
                drive.along(path.edges()),
                List.of(new Step.Repeat(0), new Step.Repeat(0))));
        return twice.appendAll(toEdges.map(path -> check(
                drive.group("said twice"),
                Requirement.LEGAL_ACCEPTED + ", " + path.edges().last().source() + " -> " + path.target()
                        + ", by who did not hear the answer",
                drive.along(path.edges()),
                List.of(new Step.RepeatLate(0), new Step.RepeatLate(0)))));
    }

    private Seq<Check> lateErrors(Drive drive) {
        return toEdges.filter(path -> path.target() == JobState.FAILED)
                .map(path -> check(
                        drive.group("an error that comes later"),
                        Requirement.LEGAL_ACCEPTED + ", " + path.edges().last().source() + " -> FAILED -> FAILED",
                        drive.along(path.edges().init()),
                        List.of(
                                new Step.FailSilently(0),
                                new Step.Explain(0, JobError.of(13)),
                                new Step.Break(0, Rule.ERROR_CHANGED, null, "another message"),
                                new Step.Break(0, Rule.ERROR_CHANGED, null, "error taken away"))));
    }

    private Seq<Check> severalJobs(Drive drive) {
        int longest = toStates.map(JobPath::size).max().getOrElse(0);
        Seq<Step> steps = Vector.range(0, longest)
                .flatMap(step -> toStates.zipWithIndex()
                        .filter(way -> step < way._1().size())
                        .map(way ->
                                drive.take().apply(way._2(), way._1().edges().get(step))));
        return List.of(new Check(
                drive.group("several jobs"),
                Requirement.OTHERS_UNCHANGED + ", a job to each state at the same time",
                () -> {
                    if (steps.isEmpty()) {
                        throw new Check.NotTested("no job goes anywhere from the state in which jobs are created");
                    }
                    conformance.checkAndShrink(Program.of(steps));
                }));
    }

    private Seq<Check> lateUpdates(Drive drive) {
        String group = drive.group(STALE_WRITERS);
        Seq<Check> twice = toEdges.map(path -> check(
                group,
                Requirement.COMPARE_AND_SET + ", " + path.edges().last().source() + " -> " + path.target() + " twice",
                drive.along(path.edges()),
                List.of(new Step.UpdateLate(0, path.edges().last()))));
        Seq<Check> same = toStates.map(path -> check(
                group,
                Requirement.COMPARE_AND_SET + ", " + path.target() + " -> " + path.target(),
                drive.along(path.edges()).append(new Step.Nudge(0)),
                List.of(new Step.UpdateLate(0, null))));
        return twice.appendAll(same);
    }

    private Seq<Check> updateRaces(Drive drive) {
        Seq<Check> endings = toStates.filter(path -> endings(path).size() > 1)
                .map(path -> race(drive, path, "who ends it first", (session, job) -> {
                    Seq<JobSnapshot> proposals = endings(path).map(edge -> session.after(job.current(), edge, null));
                    session.raceOffers(job, proposals);
                }));
        if (!conformance.can(COMPARE_AND_SET)) {
            return endings;
        }
        return endings.appendAll(toStates.map(path -> race(drive, path, "who updates it first", (session, job) -> {
            Instant at = session.timeFor(job.current());
            session.raceOffers(
                    job,
                    Vector.rangeClosed(1, RACERS)
                            .map(racer -> job.current().withUpdateTime(at.plus(racer, precision))));
        })));
    }

    private Seq<Check> eventRaces(Drive drive) {
        Seq<Check> endings = toStates.filter(path -> endings(path).size() > 1)
                .map(path -> race(
                        drive,
                        path,
                        "who ends it first",
                        (session, job) -> session.raceEvents(job, endings(path).map(JobTransition::event))));
        Seq<Check> same = toEdges.filter(path -> JobTransition.on(
                                path.target(), path.edges().last().event())
                        .isEmpty())
                .map(path -> race(
                        drive,
                        new JobPath(path.source(), path.edges().init()),
                        "who is first to " + path.edges().last().event(),
                        (session, job) -> session.raceEvents(
                                job, Vector.fill(RACERS, path.edges().last()::event))));
        return endings.appendAll(same);
    }

    private Seq<JobTransition> endings(JobPath path) {
        return paths.after(path).filter(edge -> edge.target().isTerminal());
    }

    private interface Race {
        void of(Session session, Session.Tracked job);
    }

    private Check race(Drive drive, JobPath start, String who, Race race) {
        return new Check(
                drive.group(RACES),
                Requirement.ONE_WINNER + ", " + start.target() + ": " + who,
                () -> conformance.using(session -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        session.forget();
                        session.remark("round " + (round + 1) + " of " + ROUNDS);
                        prepare(session, drive.along(start.edges()));
                        session.job(1); // stands by
                        session.pass(Program.PAUSE);
                        race.of(session, session.job(0));
                    }
                }));
    }

    private Check jobsAtOnce(Drive drive) {
        Seq<JobTransition> longest =
                toEdges.isEmpty() ? List.empty() : toEdges.last().edges();
        return new Check(
                drive.group(RACES),
                Requirement.OTHERS_UNCHANGED + ", everybody has jobs of their own",
                () -> conformance.usingAtOnce(RACERS, session -> {
                    for (int job = 0; job < ROUNDS; job++) {
                        session.forget();
                        session.remark((RACERS - 1) + " others do the same at the same time, with jobs of their own:");
                        session.job(0);
                        Program.of(drive.along(longest)).run(session);
                    }
                }));
    }

    private Seq<Check> atOnce(Drive drive) {
        if (!conformance.can(GIVEN_TIME)) {
            return List.of(
                    undeclared(drive.group("at the same instant"), Requirement.LEGAL_ACCEPTED.toString(), GIVEN_TIME));
        }
        return toEdgesStartedOrNot
                .filter(path -> hasTime(simulated(path.edges().init())))
                .map(path -> check(
                        drive.group("at the same instant"),
                        Requirement.LEGAL_ACCEPTED + ", " + path.edges().last() + againOver(path),
                        drive.along(path.edges().init()),
                        List.of(new Step.FireAtOnce(0, path.edges().last().event()))));
    }

    private Seq<Check> everyEvent(Drive drive) {
        return toStatesStartedOrNot.flatMap(
                path -> Vector.of(JobEvent.values()).map(event -> everyEvent(drive, path, event)));
    }

    private Check everyEvent(Drive drive, JobPath way, JobEvent event) {
        JobSnapshot job = simulated(way.edges());
        Validation<Seq<Violation>, JobSnapshot> next = lifecycle.apply(job, event, job.notBefore(time(way.size() + 1)));
        String change = JobTransition.on(way.target(), event)
                .map(JobTransition::toString)
                .getOrElse(event + " in " + way.target());
        return check(
                drive.group("every event in every state"),
                expected(next.isValid() ? List.empty() : next.getError()) + ", " + change + again(way),
                drive.along(way.edges()),
                Vector.<@Nullable JobError>of((JobError) null)
                        .appendAll(conformance.can(GIVEN_ERROR) && next.isInvalid() ? ERRORS : List.empty())
                        .map(error -> new Step.Fire(0, event, error)));
    }

    private Seq<Check> refusedEvents(Drive drive) {
        Seq<Check> early = early(drive);
        return conformance.can(GIVEN_ERROR)
                ? errors(drive).appendAll(codes(drive)).appendAll(early)
                : early.append(undeclared(drive.group(EVERY_RULE), Rule.ERROR_UNEXPECTED.toString(), GIVEN_ERROR));
    }

    /** Every code, each of a job of its own, with and without a message. */
    private Seq<Check> givenErrors(Drive drive) {
        String group = drive.group("an error that is given");
        if (!conformance.can(GIVEN_ERROR)) {
            return List.of(undeclared(group, Requirement.ACCEPTED_STORED.toString(), GIVEN_ERROR));
        }
        Seq<JobError> errors = Vector.rangeClosed(1, 16)
                .flatMap(code -> List.of(JobError.of(code), new JobError(code, "no space left")));
        return toEdges.filter(path -> path.edges().last().event() == JobEvent.FAIL)
                .map(path -> check(
                        group,
                        Requirement.ACCEPTED_STORED + ", " + path.edges().last(),
                        Vector.range(0, errors.size())
                                .flatMap(job -> drive.along(job, path.edges().init())),
                        errors.zipWithIndex().map(error -> new Step.Fire(error._2(), JobEvent.FAIL, error._1()))));
    }

    private Seq<Check> errors(Drive drive) {
        return rules.contains(Rule.ERROR_UNEXPECTED)
                ? toEdges.filter(path -> path.edges().last().event() != JobEvent.FAIL)
                        .flatMap(path -> ERRORS.map(error -> refused(
                                drive,
                                Rule.ERROR_UNEXPECTED,
                                path,
                                " with code " + error.code(),
                                new Step.Fire(0, path.edges().last().event(), error))))
                : List.empty();
    }

    private Seq<Check> codes(Drive drive) {
        return rules.contains(Rule.ERROR_CODE_INVALID)
                ? toEdges.filter(path -> path.edges().last().event() == JobEvent.FAIL)
                        .flatMap(path -> List.of(-1, 0, 17)
                                .map(code -> refused(
                                        drive,
                                        Rule.ERROR_CODE_INVALID,
                                        path,
                                        " with code " + code,
                                        new Step.Fire(0, JobEvent.FAIL, JobError.of(code)))))
                : List.empty();
    }

    private Seq<Check> early(Drive drive) {
        String group = drive.group(EVERY_RULE);
        if (!conformance.can(GIVEN_TIME)) {
            return List.of(undeclared(group, Rule.UPDATE_TIME_REGRESSED.toString(), GIVEN_TIME));
        }
        return rules.contains(Rule.UPDATE_TIME_REGRESSED)
                ? toEdges.filter(path -> hasTime(simulated(path.edges().init())))
                        .map(path -> refused(
                                drive,
                                Rule.UPDATE_TIME_REGRESSED,
                                path,
                                " too early",
                                new Step.FireEarly(0, path.edges().last().event())))
                : List.empty();
    }

    private static boolean hasTime(JobSnapshot job) {
        return job.notBefore(Instant.MIN).isAfter(Instant.MIN);
    }

    private Check refused(Drive drive, Rule rule, JobPath path, String how, Step step) {
        return check(
                drive.group(EVERY_RULE),
                rule + ", " + path.edges().last() + how,
                drive.along(path.edges().init()),
                List.of(step));
    }

    private Seq<Check> lateEvents(Drive drive) {
        return toEdges.flatMap(path -> paths.after(path)
                .map(next -> check(
                        drive.group(STALE_WRITERS),
                        Requirement.COMPARE_AND_SET + ", " + path.edges().last().source() + " -> " + path.target()
                                + ", then " + next,
                        drive.along(path.edges()),
                        List.of(new Step.FireLate(0, next.event())))));
    }
}
