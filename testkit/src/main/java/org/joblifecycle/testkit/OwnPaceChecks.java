package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.function.Consumer;
import org.joblifecycle.transition.JobEvent;

/**
 * The checks of a system whose jobs go on by themselves: time passes, and what is read of a job is held against the lifecycle as an
 * observer holds it. Between two moments in which time passes, the system has to take events as any other does.
 */
final class OwnPaceChecks {
    private static final String GROUP = "by themselves";
    private static final int JOBS = 5;

    /** Short steps first, so that few states are missed; then longer ones, so that every job comes to its end. */
    private static final Seq<Duration> STEPS = List.of(
                    Vector.fill(30, Duration.ofSeconds(1)),
                    Vector.fill(30, Duration.ofSeconds(20)),
                    Vector.fill(30, Duration.ofMinutes(10)),
                    Vector.fill(30, Duration.ofHours(6)))
            .flatMap(steps -> steps);

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

    OwnPaceChecks(Conformance conformance, DriveChecks updates, DriveChecks events) {
        this.conformance = conformance;
        this.updates = updates;
        this.events = events;
    }

    Seq<Check> all() {
        if (conformance.can(Capability.GIVEN_TIME)) {
            return List.empty(); // nothing happens between two given times
        }
        if (!conformance.can(Capability.GOES_ON_BY_ITSELF)) {
            return List.of(
                    Check.undeclared(GROUP, Requirement.LEGAL_BY_ITSELF.toString(), Capability.GOES_ON_BY_ITSELF));
        }
        Seq<Check> alone = Vector.rangeClosed(1, JOBS)
                .map(job -> check("job " + job + " of " + JOBS, session -> STEPS.forEach(session::letPass)));
        Check together = check(JOBS + " jobs, submitted one after the other", session -> {
            for (int job = 0; job < JOBS; job++) {
                session.job(job);
                STEPS.take(job).forEach(session::letPass);
            }
            STEPS.forEach(session::letPass);
        });
        DriveChecks drive = conformance.can(Capability.EVENT_DRIVEN) ? events : updates;
        Seq<Check> fromEachState = drive.toStates.map(path -> check("from " + path.target(), session -> {
            session.setUp(drive.along(path.edges()));
            STEPS.forEach(session::letPass);
        }));
        Seq<Check> eventsBetween = conformance.can(Capability.EVENT_DRIVEN)
                ? Vector.of(JobEvent.values()).flatMap(event -> MOMENTS.map(moment -> event(event, moment)))
                : List.empty();
        return alone.append(together).appendAll(fromEachState).appendAll(eventsBetween);
    }

    private Check event(JobEvent event, Duration moment) {
        return named(event + " after " + moment, session -> {
            session.letPass(moment);
            new Step.Fire(0, event, null).perform(session);
            STEPS.forEach(session::letPass);
        });
    }

    private Check check(String what, Consumer<Session> use) {
        return named(Requirement.LEGAL_BY_ITSELF + ", " + what, use);
    }

    private Check named(String name, Consumer<Session> use) {
        return new Check(
                GROUP,
                name,
                () -> conformance.using(Starts.of(name), session -> {
                    session.job(0);
                    use.accept(session);
                }));
    }
}
