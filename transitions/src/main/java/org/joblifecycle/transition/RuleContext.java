package org.joblifecycle.transition;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** What a rule needs to know beside the job: who asks, of which kind the job is, and which edges are open. Immutable. */
final class RuleContext {
    private static final int STATES = JobState.values().length;

    private final Mode mode;
    private final JobKind kind;
    private final Set<JobTransition> excludedEdges;

    /** Whether a job has an endTime in a state, at the state's number. */
    private final boolean[] requiresEndTime = new boolean[STATES];

    /** The open edge that an event takes, at the number of the state that it meets. */
    private final List<Map<JobEvent, JobTransition>> edges = new ArrayList<>(STATES);

    /** What a change of state is, at {@link #index}. */
    private final Change[] changes = new Change[STATES * STATES];

    /**
     * The context of the jobs of one kind.
     *
     * @param excludedEdges is not copied
     */
    RuleContext(Mode mode, JobKind kind, Set<JobTransition> excludedEdges) {
        this.mode = mode;
        this.kind = kind;
        this.excludedEdges = excludedEdges;
        Set<JobState> ends = isAuthority() ? JobGraph.terminalStates() : kind.endTimeStates();
        for (JobState from : JobState.values()) {
            requiresEndTime[from.number()] = kind.hasEndTime() && ends.contains(from);
            EnumMap<JobEvent, JobTransition> leaving = new EnumMap<>(JobEvent.class);
            openEdges(from).forEach(edge -> leaving.put(edge.event(), edge));
            edges.add(leaving);
            for (JobState to : JobState.values()) {
                changes[index(from, to)] = from == to ? new Change.Amended() : changeOfState(from, to);
            }
        }
    }

    private Change changeOfState(JobState from, JobState to) {
        Option<JobTransition> edge = JobTransition.between(from, to).filter(this::isOpen);
        if (edge.isDefined()) {
            return new Change.Stepped(edge.get());
        }
        return !isAuthority() && JobGraph.reachableFrom(from).contains(to)
                ? new Change.Skipped(from, to)
                : new Change.Illegal(from, to);
    }

    private static int index(JobState from, JobState to) {
        return STATES * from.number() + to.number();
    }

    Mode mode() {
        return mode;
    }

    boolean isAuthority() {
        return mode == Mode.AUTHORITY;
    }

    JobKind kind() {
        return kind;
    }

    Set<JobTransition> excludedEdges() {
        return excludedEdges;
    }

    /** Whether a job that is in this state has an endTime. */
    boolean requiresEndTime(JobState state) {
        return requiresEndTime[state.number()];
    }

    /** What going from one state to another one is, other rules aside; {@link Change.Amended} where it is the same. */
    Change change(JobState from, JobState to) {
        return changes[index(from, to)];
    }

    /** The open edge that an event takes from a state; null if there is none. */
    @Nullable
    JobTransition edge(JobState source, JobEvent event) {
        return edges.get(source.number()).get(event);
    }

    boolean isOpen(JobTransition edge) {
        return !excludedEdges.contains(edge);
    }

    /** The open edges that leave a state, in the order of the graph. */
    Seq<JobTransition> openEdges(JobState source) {
        return JobTransition.from(source).filter(this::isOpen);
    }

    /** Whether one time is after another: for an observer only by a second or more, because the service cuts times. */
    boolean isAfter(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return false;
        }
        if (isAuthority()) {
            return one.isAfter(other);
        }
        long seconds = one.getEpochSecond() - other.getEpochSecond();
        return seconds > 1 || (seconds == 1 && one.getNano() >= other.getNano());
    }
}
