package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.function.Consumer;
import org.joblifecycle.transition.JobEvent;

/**
 * The checks of a system whose clock the suite moves. As time passes, what is read of jobs that go on by themselves is held against
 * the lifecycle as an observer holds it; between two moments the system has to take events as any other does. A clock that is set
 * back changes no job, and what happens then does not happen before what happened already.
 */
final class ClockChecks {
    private static final String BY_THEMSELVES = "by themselves";
    private static final String SET_BACK = "the clock is set back";
    private static final Duration BACK = Duration.ofHours(1);
    private static final int JOBS = 5;

    /** Short steps first, so that few states are missed; then longer ones, so that every job comes to its end. */
    private static final Seq<Duration> STEPS = steps(30);

    /** Fewer, where the job was read in between already. */
    private static final Seq<Duration> REST = steps(6);

    private static Seq<Duration> steps(int ofEach) {
        return List.of(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofHours(6))
                .flatMap(step -> Vector.fill(ofEach, step));
    }

    /** When an event happens to a job that goes on by itself. */
    private static final Seq<Duration> MOMENTS = List.of(
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private final Conformance conformance;
    private final DriveChecks updates;
    private final DriveChecks events;

    ClockChecks(Conformance conformance, DriveChecks updates, DriveChecks events) {
        this.conformance = conformance;
        this.updates = updates;
        this.events = events;
    }

    Seq<Check> all() {
        if (conformance.can(Capability.GIVEN_TIME)) {
            return List.empty(); // there is no clock
        }
        Seq<Check> byThemselves = conformance.can(Capability.GOES_ON_BY_ITSELF)
                ? byThemselves()
                : List.of(Check.undeclared(
                        BY_THEMSELVES, Requirement.LEGAL_BY_ITSELF.toString(), Capability.GOES_ON_BY_ITSELF));
        Seq<Check> setBack = conformance.can(Capability.CLOCK_GOES_BACK)
                ? setBack()
                : List.of(
                        Check.undeclared(SET_BACK, Requirement.LEGAL_ACCEPTED.toString(), Capability.CLOCK_GOES_BACK));
        return byThemselves.appendAll(setBack);
    }

    private DriveChecks drive() {
        return conformance.can(Capability.EVENT_DRIVEN) ? events : updates;
    }

    private Seq<Check> byThemselves() {
        Seq<Check> alone = Vector.rangeClosed(1, JOBS)
                .map(job -> check("job " + job + " of " + JOBS, session -> STEPS.forEach(session.clock()::letPass)));
        Check together = check(JOBS + " jobs, submitted one after the other", session -> {
            for (int job = 0; job < JOBS; job++) {
                session.job(job);
                STEPS.take(job).forEach(session.clock()::letPass);
            }
            STEPS.forEach(session.clock()::letPass);
        });
        Seq<Check> fromEachState = drive().toStates
                .map(path -> check("from " + path.target(), session -> {
                    session.setUp(drive().along(path.edges()));
                    STEPS.forEach(session.clock()::letPass);
                }));
        Seq<Check> eventsBetween = conformance.can(Capability.EVENT_DRIVEN)
                ? Vector.of(JobEvent.values()).flatMap(event -> MOMENTS.map(moment -> event(event, moment)))
                : List.empty();
        return alone.append(together).appendAll(fromEachState).appendAll(eventsBetween);
    }

    /** Whatever happens next, and what happens by itself. */
    private Seq<Check> setBack() {
        Seq<Check> edges = drive().toEdges
                .map(path -> named(
                        SET_BACK,
                        Requirement.LEGAL_ACCEPTED + ", " + path.edges().last() + " after that",
                        session -> {
                            session.setUp(drive().along(path.edges().init()));
                            session.clock().setBack(BACK);
                            session.job(1);
                            drive().take(0, path.edges().last()).perform(session);
                        }));
        Seq<Check> pace = conformance.can(Capability.GOES_ON_BY_ITSELF)
                ? drive().toStates
                        .map(path -> named(
                                SET_BACK,
                                Requirement.LEGAL_BY_ITSELF + ", from " + path.target() + " after that",
                                session -> {
                                    session.setUp(drive().along(path.edges()));
                                    session.clock().setBack(BACK);
                                    REST.forEach(session.clock()::letPass);
                                }))
                : List.empty();
        return edges.appendAll(pace);
    }

    private Check event(JobEvent event, Duration moment) {
        return named(BY_THEMSELVES, event + " after " + moment, session -> {
            session.clock().letPass(moment);
            new Step.Fire(0, event, null).perform(session);
            REST.forEach(session.clock()::letPass);
        });
    }

    private Check check(String what, Consumer<Session> use) {
        return named(BY_THEMSELVES, Requirement.LEGAL_BY_ITSELF + ", " + what, use);
    }

    private Check named(String group, String name, Consumer<Session> use) {
        return new Check(
                group,
                name,
                () -> conformance.using(Starts.of(name), session -> {
                    session.job(0);
                    use.accept(session);
                }));
    }
}
