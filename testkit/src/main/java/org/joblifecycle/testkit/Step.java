package org.joblifecycle.testkit;

import io.vavr.Tuple2;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.SimulatedJob;
import org.jspecify.annotations.Nullable;

/**
 * An update or an event for one job, legal or not, as the lifecycle decides. It depends on the job as it is then, so that
 * steps before it can be removed. A step that is not possible for the job does nothing.
 */
sealed interface Step {
    /** The number of the job. */
    int job();

    /** Makes the calls for the job of this number, which is created if it is not there yet. */
    default void perform(Session session) {
        perform(session, session.job(job()));
    }

    /** Makes the calls for this job. */
    void perform(Session session, TrackedJob at);

    /** Of a step that makes several calls, the step that makes only the call of this number, from 0; else this step. */
    default Step only(int call) {
        return this;
    }

    /** Simpler steps: those with less in them. */
    default Stream<Step> simpler() {
        return Stream.empty();
    }

    /** How much is in it; less in simpler ones. */
    default long size() {
        return 0;
    }

    /** Proposes the target state of an edge, from whatever state the job is in. */
    record Update(int job, JobTransition edge, @Nullable JobError error) implements Step {
        @Override
        public Stream<Step> simpler() {
            return SimplerError.orNone(error).map(simpler -> new Update(job, edge, simpler.orElse(null)));
        }

        @Override
        public long size() {
            return SimplerError.size(error);
        }

        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().after(known, edge, session.timeFor(known), error));
        }
    }

    /** Proposes FAILED without an error. */
    record FailWithoutError(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().moved(known, JobState.FAILED, session.timeFor(known)));
        }
    }

    /** Proposes an error in the same state. */
    record AddError(int job, JobError error) implements Step {
        @Override
        public Stream<Step> simpler() {
            return SimplerError.of(error).map(simpler -> new AddError(job, simpler));
        }

        @Override
        public long size() {
            return SimplerError.size(error);
        }

        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(at, known, known.withError(error).withUpdateTime(session.timeFor(known)));
        }
    }

    /** Proposes one of the {@linkplain Candidates#amendments amendments}. */
    record Amend(int job, int number) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            offer(session, at, at.current(), number);
        }

        private static void offer(Session session, TrackedJob at, JobSnapshot known, int number) {
            session.candidates()
                    .amendments(known)
                    .drop(number)
                    .headOption()
                    .forEach(amended -> session.offer(at, known, amended));
        }
    }

    /** Proposes one of the amendments as a stale writer. */
    record AmendStale(int job, int number) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            at.outdated().forEach(known -> Amend.offer(session, at, known, number));
        }
    }

    /** Proposes a state, from whatever state the job is in. */
    record Move(int job, JobState state) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(at, known, session.candidates().moved(known, state, session.timeFor(known)));
        }
    }

    /** Proposes a state with one of the {@linkplain Candidates#guesses guesses} of its fields. */
    record Guess(int job, JobState state, int number) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.candidates()
                    .guesses(known, state, session.timeFor(known))
                    .drop(number)
                    .headOption()
                    .forEach(guess -> session.offer(at, known, guess));
        }
    }

    /** Proposes a later updateTime. */
    record Touch(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(at, known, known.withUpdateTime(session.timeFor(known)));
        }
    }

    /** Proposes an updateTime that is later by as little as the system keeps. */
    record TouchOneUnitLater(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            Instant latest = known.notBefore(Instant.MIN);
            session.offer(
                    at,
                    known,
                    known.withUpdateTime(
                            latest.equals(Instant.MIN)
                                    ? session.timeFor(known)
                                    : session.precision().later(latest)));
        }
    }

    /** Proposes the startTime and endTime that the kind of the job does not have; for other kinds, a later updateTime. */
    record SetOtherTimes(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.offer(
                    at,
                    known,
                    session.precision()
                            .cut(HistoryChange.withOtherTimes(
                                            new SimulatedJob(session.lifecycle(), known, session.timeFor(known)))
                                    .snapshot()));
        }
    }

    /** Proposes what is stored already. */
    record Repeat(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            session.offer(at, at.current(), at.current());
        }
    }

    /**
     * Proposes every fault of one kind of change that breaks one rule: with a step along the edge, or, if there is none, in the
     * same state.
     *
     * @param only the number of the one that is proposed, from 0; {@link #ALL} for every one
     */
    record Break(int job, Rule rule, @Nullable JobTransition edge, String change, int only) implements Step {
        /** Every one. */
        static final int ALL = -1;

        Break(int job, Rule rule, @Nullable JobTransition edge, String change) {
            this(job, rule, edge, change, ALL);
        }

        static <T> Seq<T> selected(Seq<T> all, int only) {
            return only == ALL ? all : all.drop(only).take(1);
        }

        @Override
        public Step only(int call) {
            return only == ALL ? new Break(job, rule, edge, change, call) : this;
        }

        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            Seq<Neighbours.Fault> faults = session.neighbours()
                    .faults(known, session.after(known, edge))
                    .filter(fault ->
                            fault.rule() == rule && fault.neighbour().change().equals(change));
            selected(faults, only)
                    .forEach(fault -> session.offer(at, known, fault.neighbour().job()));
        }
    }

    /**
     * Proposes every fault of one kind of change that breaks several rules at once.
     *
     * @param only as of {@link Break}
     */
    record BreakSeveral(int job, @Nullable JobTransition edge, String change, int only) implements Step {
        BreakSeveral(int job, @Nullable JobTransition edge, String change) {
            this(job, edge, change, Break.ALL);
        }

        @Override
        public Step only(int call) {
            return only == Break.ALL ? new BreakSeveral(job, edge, change, call) : this;
        }

        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            Seq<Neighbours.Neighbour> faults = session.neighbours()
                    .faultsOfSeveralRules(known, session.after(known, edge))
                    .map(Tuple2::_2)
                    .filter(neighbour -> neighbour.change().equals(change));
            Break.selected(faults, only).forEach(neighbour -> session.offer(at, known, neighbour.job()));
        }
    }

    /** Proposes some fault that breaks one rule. */
    record BreakAny(int job, Rule rule, @Nullable JobTransition edge, int choice) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
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
     * Proposes something unusual, but legal: with a step along the edge, or, if there is none, in the same state.
     *
     * @param number which one of those with this kind of change
     */
    record Unusual(int job, @Nullable JobTransition edge, String change, int number) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            JobSnapshot known = at.current();
            session.neighbours()
                    .legal(known, session.after(known, edge))
                    .filter(neighbour -> neighbour.change().equals(change))
                    .drop(number)
                    .headOption()
                    .forEach(neighbour -> session.offer(at, known, neighbour.job()));
        }
    }

    /** Proposes what is stored already, as a writer that got no answer to the update. */
    record RepeatStale(int job) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            at.outdated().forEach(known -> session.offer(at, known, at.current()));
        }
    }

    /** Proposes a step along an edge, or, if there is none, a later updateTime, as a stale writer. */
    record UpdateStale(int job, @Nullable JobTransition edge) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            at.outdated().forEach(known -> {
                JobSnapshot proposed = edge == null
                        ? at.current().withUpdateTime(session.precision().later(session.timeFor(at.current())))
                        : session.after(known, edge);
                session.offer(at, known, proposed);
            });
        }
    }

    /** Fires an event. */
    record Fire(int job, JobEvent event, @Nullable JobError error) implements Step {
        @Override
        public Stream<Step> simpler() {
            return SimplerError.orNone(error).map(simpler -> new Fire(job, event, simpler.orElse(null)));
        }

        @Override
        public long size() {
            return SimplerError.size(error);
        }

        @Override
        public void perform(Session session, TrackedJob at) {
            session.fire(at, at.current(), event, session.timeFor(at.current()), error);
        }
    }

    /** Fires an event at a time before the latest time of the job. */
    record FireEarly(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            Instant latest = at.current().notBefore(Instant.MIN);
            if (latest.isAfter(Instant.MIN)) {
                session.fire(
                        at,
                        at.current(),
                        event,
                        latest.minus(1, session.precision().of(JobField.UPDATE_TIME)),
                        null);
            }
        }
    }

    /** Fires an event at the latest time of the job. */
    record FireAtSameInstant(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            Instant latest = at.current().notBefore(Instant.MIN);
            if (latest.isAfter(Instant.MIN)) {
                session.fire(at, at.current(), event, latest, null);
            }
        }
    }

    /** Fires an event as a stale caller. */
    record FireStale(int job, JobEvent event) implements Step {
        @Override
        public void perform(Session session, TrackedJob at) {
            at.outdated().forEach(known -> session.fire(at, known, event, session.timeFor(at.current()), null));
        }
    }
}
