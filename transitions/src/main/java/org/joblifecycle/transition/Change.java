package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobState;

/**
 * What kind of change a job is to its baseline, whether or not it breaks a rule. The set is final: switch
 * over it exhaustively.
 */
public sealed interface Change {

    /** The name of this kind of change in reports, JSON and metrics, such as {@code stepped}. */
    String id();

    /**
     * The ids of all kinds of change.
     *
     * @return an {@link Iterable}; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    static Seq<String> ids() {
        return List.of(Appeared.ID, Unchanged.ID, Amended.ID, Stepped.ID, Skipped.ID, Illegal.ID, Stale.ID);
    }

    /**
     * Whether the job enters a terminal state with this change: its state is terminal and was another before, or was
     * not known. True for an illegal change too, because a mirror of the truth needs to know of it all the same.
     */
    boolean entersTerminal();

    /**
     * The first snapshot of a job: nothing was known of it.
     *
     * @param state the state that the job was found in
     */
    record Appeared(JobState state) implements Change {
        /** Its {@link #id}. */
        public static final String ID = "appeared";

        /** Checks that the state is not null. */
        public Appeared {
            requireNonNull(state, "state");
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return state.isTerminal();
        }
    }

    /** Nothing changed: the two snapshots are equal in all seven fields. */
    record Unchanged() implements Change {
        /** Its {@link #id}. */
        public static final String ID = "unchanged";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return false;
        }
    }

    /** The state is the same and some other field differs. */
    record Amended() implements Change {
        /** Its {@link #id}. */
        public static final String ID = "amended";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return false;
        }
    }

    /**
     * One edge of the graph joins the two states.
     *
     * @param transition the edge
     */
    record Stepped(JobTransition transition) implements Change {
        /** Its {@link #id}. */
        public static final String ID = "stepped";

        /** Checks that the edge is not null. */
        public Stepped {
            requireNonNull(transition, "transition");
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return transition.target().isTerminal();
        }
    }

    /**
     * A path of two edges or more joins the two states: at least one step was not observed.
     *
     * @param from the state before
     * @param to the state after
     */
    record Skipped(JobState from, JobState to) implements Change {
        /** Its {@link #id}. */
        public static final String ID = "skipped";

        /** Checks that nothing is null. */
        public Skipped {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return to.isTerminal();
        }

        /**
         * The shortest paths on which the job may have come here; which one it took is not known. {@code asJava()} of the list
         * and of each path leads back to the JDK.
         */
        public Seq<Seq<JobTransition>> possiblePaths() {
            return JobGraph.shortestPaths(from, to);
        }
    }

    /**
     * Nothing in the graph joins the two states: {@link Rule#TRANSITION_ILLEGAL} is broken.
     *
     * @param from the state before
     * @param to the state after
     */
    record Illegal(JobState from, JobState to) implements Change {
        /** Its {@link #id}. */
        public static final String ID = "illegal";

        /** Checks that nothing is null. */
        public Illegal {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return to.isTerminal();
        }
    }

    /**
     * The snapshot is older than the baseline: an observer keeps what it has. {@link Rule#UPDATE_TIME_REGRESSED}
     * is the only broken rule that is reported, because comparing further says nothing.
     */
    record Stale() implements Change {
        /** Its {@link #id}. */
        public static final String ID = "stale";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean entersTerminal() {
            return false;
        }
    }
}
