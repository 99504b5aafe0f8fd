package org.joblifecycle.testkit;

import io.vavr.Tuple2;
import io.vavr.collection.Seq;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.SimulatedJob;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody does to a job of a system, legal or not: what comes of it the lifecycle says. It is told in
 * terms of the job as it is then, so that steps can be left out before it.
 */
sealed interface Step {
    /** The number of the job. */
    int job();

    /** Does it. */
    void perform(Session session);

    /** A worker says that the job went over an edge, from wherever it is. */
    record Update(int job, JobTransition edge, @Nullable JobError error) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().after(known, edge, session.timeFor(known), error));
        }
    }

    /** A worker says that the job failed, and does not say why yet. */
    record FailSilently(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().moved(known, JobState.FAILED, session.timeFor(known)));
        }
    }

    /** A worker says why, later. */
    record Explain(int job, JobError error) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(at, known, known.withError(error).withUpdateTime(session.timeFor(known)));
        }
    }

    /** A worker says that the job is in a state, from wherever it is. */
    record Move(int job, JobState state) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().moved(known, state, session.timeFor(known)));
        }
    }

    /** A worker says that the job is in a state, in one of the ways in which that may be said: right or wrong. */
    record Guess(int job, JobState state, int number) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.candidates()
                    .guesses(known, state, session.timeFor(known))
                    .drop(number)
                    .headOption()
                    .forEach(guess -> session.offer(at, known, guess));
        }
    }

    /** A worker says that the job was updated. */
    record Touch(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(at, known, known.withUpdateTime(session.timeFor(known)));
        }
    }

    /** A worker says that the job was updated the moment after the last time. */
    record Nudge(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            Instant latest = known.notBefore(Instant.MIN);
            session.offer(
                    at,
                    known,
                    known.withUpdateTime(
                            latest.equals(Instant.MIN) ? session.timeFor(known) : latest.plus(1, session.precision())));
        }
    }

    /** A worker gives the job the startTime and endTime that its kind does not have; to others, that it was updated. */
    record CarryTimes(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.offer(
                    at,
                    known,
                    HistoryChange.withOtherTimes(new SimulatedJob(session.lifecycle(), known, session.timeFor(known)))
                            .snapshot());
        }
    }

    /** A worker says again what it said before. */
    record Repeat(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            session.offer(at, at.current(), at.current());
        }
    }

    /**
     * A worker makes every mistake of one kind that breaks one rule: on going over an edge, or, if there is none, in the
     * same state. Nothing happens where no such mistake can be made.
     */
    record Break(int job, Rule rule, @Nullable JobTransition edge, String change) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.neighbours()
                    .faults(known, session.after(known, edge))
                    .filter(fault ->
                            fault.rule() == rule && fault.neighbour().change().equals(change))
                    .forEach(fault -> session.offer(at, known, fault.neighbour().job()));
        }
    }

    /** A worker makes every mistake of one kind that breaks several rules at once. Nothing happens where none can be made. */
    record Spoil(int job, @Nullable JobTransition edge, String change) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.neighbours()
                    .faultsOfSeveralRules(known, session.after(known, edge))
                    .map(Tuple2::_2)
                    .filter(neighbour -> neighbour.change().equals(change))
                    .forEach(neighbour -> session.offer(at, known, neighbour.job()));
        }
    }

    /** A worker makes some mistake that breaks one rule. Nothing happens where none can be made. */
    record BreakSomehow(int job, Rule rule, @Nullable JobTransition edge, int choice) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            Seq<Neighbours.Fault> faults = session.neighbours()
                    .faults(known, session.after(known, edge))
                    .filter(fault -> fault.rule() == rule);
            if (!faults.isEmpty()) {
                session.offer(
                        at,
                        known,
                        faults.get(choice % faults.size()).neighbour().job());
            }
        }
    }

    /**
     * A worker says something unusual, which is legal: on going over an edge, or, if there is none, in the same state.
     * Nothing happens where there are not so many unusual things to say.
     */
    record Vary(int job, @Nullable JobTransition edge, String change, int number) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            JobSnapshot known = at.current();
            session.neighbours()
                    .legal(known, session.after(known, edge))
                    .filter(neighbour -> neighbour.change().equals(change))
                    .drop(number)
                    .headOption()
                    .forEach(neighbour -> session.offer(at, known, neighbour.job()));
        }
    }

    /** A worker who did not hear the answer says again what is stored already; there is nothing to say if nothing changed. */
    record RepeatLate(int job) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            at.outdated().forEach(known -> session.offer(at, known, at.current()));
        }
    }

    /** A worker who knows the job as it was before says that it went over an edge, or that it was updated. */
    record UpdateLate(int job, @Nullable JobTransition edge) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            at.outdated().forEach(known -> {
                JobSnapshot proposed = edge == null
                        ? at.current()
                                .withUpdateTime(session.timeFor(at.current()).plus(1, session.precision()))
                        : session.after(known, edge);
                session.offer(at, known, proposed);
            });
        }
    }

    /** An event happens, or is said to. */
    record Fire(int job, JobEvent event, @Nullable JobError error) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            session.fire(at, at.current(), event, session.timeFor(at.current()), error);
        }
    }

    /** An event is said to happen before the last thing that happened; nothing happens to a job without a time. */
    record FireEarly(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            Instant latest = at.current().notBefore(Instant.MIN);
            if (latest.isAfter(Instant.MIN)) {
                session.fire(at, at.current(), event, latest.minus(1, session.precision()), null);
            }
        }
    }

    /** An event happens at the very time of what happened last; nothing happens to a job without a time. */
    record FireAtOnce(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            Instant latest = at.current().notBefore(Instant.MIN);
            if (latest.isAfter(Instant.MIN)) {
                session.fire(at, at.current(), event, latest, null);
            }
        }
    }

    /** Somebody who knows the job as it was before lets an event happen. */
    record FireLate(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session) {
            TrackedJob at = session.job(job);
            at.outdated().forEach(known -> session.fire(at, known, event, session.timeFor(at.current()), null));
        }
    }
}
