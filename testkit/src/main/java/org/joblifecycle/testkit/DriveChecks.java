package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;

/** The checks of a system whose jobs are driven by updates, or of one whose jobs are driven by events. */
abstract class DriveChecks {
    static final String EVERY_RULE = "every rule";
    static final String STALE_WRITERS = "stale writers";
    static final String RACES = "races";
    static final int RACERS = 4;

    private static final int ROUNDS = 30;

    /** Two of so many share a slot if names are kept by ten bits. */
    private static final int MANY = 200;

    final Conformance conformance;
    final JobLifecycle lifecycle;
    final Precision precision;
    final Candidates candidates;
    final JobPaths paths;
    final Seq<JobPath> toStates;
    final Seq<JobPath> toStatesStartedOrNot;
    final Seq<JobPath> toEdges;
    final Seq<JobPath> toEdgesStartedOrNot;

    final Seq<Rule> rules;

    private final String name;

    /**
     * The checks.
     *
     * @param name the first word of their groups, such as {@code updates}
     * @param rules those that a job of this kind can break
     */
    DriveChecks(String name, Conformance conformance, Precision precision, Seq<Rule> rules) {
        this.name = name;
        this.conformance = conformance;
        this.lifecycle = conformance.lifecycle();
        this.precision = precision;
        this.candidates = new Candidates(lifecycle, precision);
        this.paths = conformance.paths();
        this.toStates = paths.toStates();
        this.toStatesStartedOrNot = paths.toStatesStartedOrNot();
        this.toEdges = paths.toEdges();
        this.toEdgesStartedOrNot = paths.toEdgesStartedOrNot();
        this.rules = rules;
    }

    /** All checks, in their order. */
    abstract Seq<Check> all();

    /** The step that brings a job over an edge. */
    abstract Step take(int job, JobTransition edge);

    /** Steps that leave a job in its state, refused or not, whatever that is. */
    abstract Seq<Step> staying(int job);

    /** The rules that some step of the checks breaks, maybe with others that no job of this kind can break. */
    abstract Set<Rule> broken();

    /** Checks of writers who know an earlier snapshot of the job. */
    abstract Seq<Check> staleWriters();

    /** Checks of several calls at the same time, of which one can be accepted. */
    abstract Seq<Check> oneWinner();

    /** The edges that a job can take when it is created. */
    final Seq<JobTransition> firstEdges() {
        return paths.after(JobPath.at(toStates.head().target()));
    }

    /** The rules that some check breaks. */
    final Seq<Rule> breakable() {
        Set<Rule> broken = broken();
        return rules.filter(broken::contains);
    }

    final String name() {
        return name;
    }

    final String group(String what) {
        return name + ": " + what;
    }

    final Seq<Step> along(Seq<JobTransition> edges) {
        return along(0, edges);
    }

    final Seq<Step> along(int job, Seq<JobTransition> edges) {
        return edges.map(edge -> take(job, edge));
    }

    /** These checks if the system declares the capability; else one check that is not tested for that. */
    final Seq<Check> ifDeclared(Capability capability, String group, Object name, Supplier<Seq<Check>> checks) {
        return conformance.can(capability)
                ? checks.get()
                : List.of(Check.undeclared(group(group), name.toString(), capability));
    }

    /** A check that begins after a setup; whether the steps of the setup work is checked elsewhere. */
    final Check check(String group, String name, Seq<Step> setup, Seq<Step> steps) {
        return new Check(group(group), name, () -> conformance.check(Starts.of(name), setup, steps));
    }

    /** A check of a program that is shrunk if it fails. */
    final Check program(String group, String name, Seq<Step> steps) {
        return new Check(group(group), name, () -> conformance.checkAndShrink(Program.of(Starts.of(name), steps)));
    }

    /** The requirement or the rule that a check of something with these violations is about. */
    static Object expected(Seq<Violation> violations) {
        Seq<Rule> broken = violations.map(Violation::rule);
        return broken.isEmpty()
                ? Requirement.LEGAL_ACCEPTED
                : broken.contains(Rule.TRANSITION_ILLEGAL) ? Rule.TRANSITION_ILLEGAL : broken.head();
    }

    /** Tells the second path to a state from the first. */
    final String again(JobPath path) {
        return again(toStates, path);
    }

    /** Tells the second path over an edge from the first. */
    final String againOver(JobPath path) {
        return again(toEdges, path);
    }

    private static String again(Seq<JobPath> firstPaths, JobPath path) {
        return firstPaths.contains(path) ? "" : ", of a job that was RUNNING before";
    }

    /** The job after these edges, as a {@link Session} brings it there. */
    final JobSnapshot simulated(Seq<JobTransition> edges) {
        JobSnapshot job = conformance.first().get();
        for (int step = 0; step < edges.size(); step++) {
            job = candidates.after(job, edges.get(step), precision.nextTime(job, time(step + 1)), null);
        }
        return job;
    }

    /** When a session comes to the step after these edges of a job. */
    final Instant timeAfter(JobPath path, JobSnapshot job) {
        return precision.nextTime(job, time(path.size() + 1));
    }

    /** When a session comes to this step of a job, counted from 1. */
    private Instant time(int step) {
        return conformance
                .first()
                .get()
                .notBefore(History.BEGINNING.plus(Program.PAUSE))
                .plus(Program.PAUSE.multipliedBy(step));
    }

    final Seq<Check> unreachable() {
        return Vector.of(JobState.values())
                .removeAll(toStates.map(JobPath::target))
                .map(state -> Check.notTested(
                        group("unreachable states"),
                        state.toString(),
                        "no path leads there from " + toStates.head() + ", in which jobs are created"));
    }

    final Seq<Check> pairsOfEdges() {
        return paths.toEdgePairs().map(path -> {
            Seq<JobTransition> pair = path.edges().takeRight(2);
            return program(
                    "every two edges in a row",
                    Requirement.LEGAL_ACCEPTED + ", " + new JobPath(pair.head().source(), pair),
                    along(path.edges()));
        });
    }

    /** Each cycle many times in one job. */
    final Seq<Check> repeatedCycles() {
        return paths.cycles().map(cycle -> {
            Seq<JobTransition> path = paths.to(cycle.edges().head()).get().edges();
            Seq<JobTransition> round = cycle.edges().tail().append(cycle.edges().head());
            Seq<JobTransition> rounds = Vector.fill(ROUNDS, round).flatMap(edges -> edges);
            return program("repeated cycles", Requirement.LEGAL_ACCEPTED + ", " + cycle, along(path.appendAll(rounds)));
        });
    }

    final Check severalJobs() {
        int longest = toStates.map(JobPath::size).max().getOrElse(0);
        Seq<Step> steps = Vector.range(0, longest)
                .flatMap(step -> toStates.zipWithIndex()
                        .filter(path -> step < path._1().size())
                        .map(path -> take(path._2(), path._1().edges().get(step))));
        String name = Requirement.OTHERS_UNCHANGED + ", one job to each state, interleaved";
        return steps.isEmpty()
                ? Check.notTested(group("several jobs"), name, "no edge leaves the state in which jobs are created")
                : program("several jobs", name, steps);
    }

    /** Jobs whose names are alike, and many jobs. */
    final Seq<Check> names() {
        Option<JobTransition> edge = firstEdges().headOption();
        IntFunction<Option<Step>> step = job -> edge.map(each -> take(job, each));
        String alike = Requirement.OTHERS_UNCHANGED + ", jobs whose names are alike";
        String many = Requirement.OTHERS_UNCHANGED + ", " + MANY + " jobs";
        return List.of(
                session("names", alike, session -> session.names().changeJobsOfNamesAlike(step)),
                session("names", many, session -> session.names().changeEveryOther(MANY, step)),
                session("names", Requirement.NAME_TAKEN + ", a job is submitted again", session -> {
                    session.setUp(edge.toVector().map(each -> take(0, each)));
                    session.names().submitAgain(session.job(0));
                }));
    }

    private Check session(String group, String name, Consumer<Session> use) {
        return new Check(group(group), name, () -> conformance.using(Starts.of(name), use));
    }

    /** A list when there is a job in each state, and one of several pages. */
    final Seq<Check> listsIfDeclared() {
        return ifDeclared(
                Capability.LISTS,
                "list",
                Requirement.LISTED,
                () -> List.of(
                        session("list", Requirement.LISTED + ", a job in each state", session -> {
                            session.setUp(toStates.zipWithIndex()
                                    .flatMap(path -> along(path._2(), path._1().edges())));
                            session.job(toStates.size());
                            session.names().list();
                        }),
                        session("list", Requirement.LISTED + ", " + MANY + " jobs", session -> {
                            Vector.range(0, MANY).forEach(session::job);
                            session.names().list();
                        })));
    }

    final Seq<Check> staleWritersIfDeclared() {
        return ifDeclared(Capability.COMPARE_AND_SET, STALE_WRITERS, Requirement.COMPARE_AND_SET, this::staleWriters);
    }

    final Seq<Check> racesIfDeclared() {
        return ifDeclared(
                Capability.CONCURRENT,
                RACES,
                Requirement.ONE_WINNER,
                () -> oneWinner().append(jobsAtOnce()));
    }

    /** The edges to terminal states that a job can take after this path. */
    final Seq<JobTransition> endings(JobPath path) {
        return paths.after(path).filter(edge -> edge.target().isTerminal());
    }

    /** Several calls for one job at the same time. */
    interface Racing {
        void race(Session session, TrackedJob job);
    }

    final Check race(String what, Seq<Step> setup, Racing racing) {
        String name = Requirement.ONE_WINNER + ", " + what;
        return new Check(
                group(RACES),
                name,
                () -> conformance.using(Starts.of(name), session -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        session.forget();
                        session.remark("round " + (round + 1) + " of " + ROUNDS);
                        session.setUp(setup);
                        session.job(1); // has to stay as it is
                        session.pass(Program.PAUSE);
                        racing.race(session, session.job(0));
                    }
                }));
    }

    private Check jobsAtOnce() {
        Seq<JobTransition> longest =
                toEdges.isEmpty() ? List.empty() : toEdges.last().edges();
        String name = Requirement.OTHERS_UNCHANGED + ", threads with jobs of their own";
        return new Check(
                group(RACES),
                name,
                () -> conformance.usingAtOnce(Starts.of(name), RACERS, session -> {
                    for (int job = 0; job < ROUNDS; job++) {
                        session.forget();
                        session.remark(
                                (RACERS - 1) + " other threads do the same at the same time, with jobs of their own:");
                        session.job(0);
                        along(longest).forEach(session::perform);
                    }
                }));
    }
}
