package org.joblifecycle.testkit;

import java.time.Duration;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.SimulatedJob;
import org.jspecify.annotations.Nullable;

/** A change of the job of a {@link History}. */
sealed interface HistoryChange {
    /** The size of a change that is unusual but carries no error. */
    int UNUSUAL = 10;

    /** The time since the change before it. */
    Duration pause();

    /** The job after this change, which happens now. */
    SimulatedJob apply(SimulatedJob job);

    /** Simpler changes, the simplest first; each has a smaller size. */
    Stream<HistoryChange> simpler();

    /** How unusual this change is: 0 if not at all. */
    long size();

    /** A transition without anything unusual, a second after the change before it. */
    static AlongEdge plain(JobTransition edge) {
        return new AlongEdge(edge, Duration.ofSeconds(1), Duration.ZERO, null, false);
    }

    /**
     * A transition.
     *
     * @param lag the time from the transition to the write that shows it, which is the updateTime
     * @param error the error of a job that failed; null for the one that it gets by itself
     * @param isSilent whether the job does not show its new error yet
     */
    record AlongEdge(
            JobTransition edge,
            Duration pause,
            Duration lag,
            @Nullable JobError error,
            boolean isSilent) implements HistoryChange {
        @Override
        public SimulatedJob apply(SimulatedJob job) {
            JobSnapshot next = job.on(edge.event(), error).snapshot();
            if (next.name() == null) {
                next = next.withName(History.name(job.lifecycle().kind(), 1));
            }
            return job.with(next.withUpdateTime(job.time().plus(lag))
                    .withError(isSilent ? job.snapshot().error() : next.error()));
        }

        @Override
        public Stream<HistoryChange> simpler() {
            return isPlain()
                    ? Stream.empty()
                    : Stream.concat(
                            Stream.of(plain(edge)),
                            SimplerError.orNone(error)
                                    .map(simpler -> new AlongEdge(edge, pause, lag, simpler.orElse(null), isSilent)));
        }

        @Override
        public long size() {
            return isPlain() ? 0 : UNUSUAL + SimplerError.size(error);
        }

        private boolean isPlain() {
            return equals(plain(edge));
        }
    }

    /**
     * A change in the same state.
     *
     * @param error for {@link Amendment#ERROR}
     */
    record InState(Amendment amendment, Duration pause, JobError error) implements HistoryChange {
        @Override
        public SimulatedJob apply(SimulatedJob job) {
            JobSnapshot snapshot = job.snapshot();
            JobKind kind = job.lifecycle().kind();
            return switch (amendment) {
                case REPEAT -> job;
                case TOUCH -> job.touched();
                case CREATE ->
                    snapshot.createTime() == null
                            ? job.with(snapshot.withCreateTime(job.time())).touched()
                            : job;
                case TIMES -> withOtherTimes(job);
                case ERROR -> job.with(JobErrors.set(snapshot, kind, error)).touched();
            };
        }

        @Override
        public Stream<HistoryChange> simpler() {
            return amendment == Amendment.ERROR
                    ? SimplerError.of(error).map(simpler -> new InState(amendment, pause, simpler))
                    : Stream.empty();
        }

        @Override
        public long size() {
            return UNUSUAL + (amendment == Amendment.ERROR ? SimplerError.size(error) : 0);
        }
    }

    /** What changes in the same state. */
    enum Amendment {
        /** Nothing. */
        REPEAT,
        /** The updateTime: something was written that the lifecycle does not read. */
        TOUCH,
        /** The createTime of a job that is UNSPECIFIED and has none. */
        CREATE,
        /** The startTime and endTime of a kind that does not have them, but may carry them. */
        TIMES,
        /** The error of a finished job that has none yet, or any error of a kind that may have one at any time. */
        ERROR
    }

    /** The job with the startTime and endTime that its kind does not have, where it may carry them nevertheless. */
    static SimulatedJob withOtherTimes(SimulatedJob job) {
        JobKind kind = job.lifecycle().kind();
        JobSnapshot snapshot = job.snapshot();
        JobSnapshot next = snapshot;
        if (!kind.hasStartTime()
                && snapshot.startTime() == null
                && snapshot.createTime() != null
                && snapshot.endTime() == null) {
            next = next.withStartTime(job.time());
        }
        if (!kind.hasEndTime() && snapshot.endTime() == null && snapshot.state().isTerminal()) {
            next = next.withEndTime(job.time());
        }
        return job.with(next).touched();
    }
}
