package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.joblifecycle.job.JobState;

/** What follows from the graph of {@link JobTransition}: which states can be reached, and over which edges. */
public final class JobGraph {
    private static final Map<JobState, Set<JobState>> REACHABLE = new EnumMap<>(JobState.class);
    private static final Set<JobState> TERMINAL;
    private static final Set<JobState> STARTED;
    private static final boolean[] IS_STARTED = new boolean[JobState.values().length];

    static {
        EnumSet<JobState> terminal = EnumSet.noneOf(JobState.class);
        for (JobState state : JobState.values()) {
            REACHABLE.put(state, Collections.unmodifiableSet(reach(state, edge -> true)));
            if (JobTransition.from(state).isEmpty()) {
                terminal.add(state);
            }
        }
        TERMINAL = Collections.unmodifiableSet(terminal);
        // RUNNING dominates what no job reaches without it; the edges that need a start are closed to such a job.
        EnumSet<JobState> neverStarted =
                reach(JobState.UNSPECIFIED, edge -> edge.target() != JobState.RUNNING && !edge.needsStart());
        neverStarted.add(JobState.UNSPECIFIED);
        STARTED = Collections.unmodifiableSet(EnumSet.complementOf(neverStarted));
        for (JobState state : STARTED) {
            IS_STARTED[state.number()] = true;
        }
    }

    private JobGraph() {}

    private static EnumSet<JobState> reach(JobState source, Predicate<JobTransition> open) {
        EnumSet<JobState> reached = EnumSet.noneOf(JobState.class);
        Queue<JobState> frontier = new ArrayDeque<>(Set.of(source));
        while (!frontier.isEmpty()) {
            for (JobTransition edge : JobTransition.from(frontier.remove())) {
                if (open.test(edge) && reached.add(edge.target())) {
                    frontier.add(edge.target());
                }
            }
        }
        return reached;
    }

    /** The states that no edge leaves. */
    public static Set<JobState> terminalStates() {
        return TERMINAL;
    }

    /**
     * The states that a job can only be in after having been RUNNING: those that RUNNING dominates in the graph, with
     * CANCELLING to SUCCEEDED open only to a job that has started.
     */
    public static Set<JobState> startedStates() {
        return STARTED;
    }

    /** Whether this is one of the {@link #startedStates()}. */
    static boolean isStarted(JobState state) {
        return IS_STARTED[state.number()];
    }

    /** The states that a job in this state can come to over one edge or more; the state itself if it lies on a cycle. */
    public static Set<JobState> reachableFrom(JobState source) {
        return requireNonNull(REACHABLE.get(requireNonNull(source, "source")));
    }

    /**
     * The shortest paths from one state to another.
     *
     * @return every path with the fewest edges, in the order of the graph; none if no path joins the states; the one
     *     empty path from a state to itself. {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    public static Seq<Seq<JobTransition>> shortestPaths(JobState source, JobState target) {
        Seq<Seq<JobTransition>> paths = simplePaths(source, target);
        return paths.takeWhile(path -> path.size() == paths.head().size());
    }

    /**
     * All paths from one state to another that visit no state twice. From UNSPECIFIED, where no job has started yet, they
     * are only those on which RUNNING comes before an edge that {@linkplain JobTransition#needsStart needs a start}.
     *
     * @return the paths, those with fewer edges first and otherwise in the order of the graph; none if no path joins
     *     the states; the one empty path from a state to itself. {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    public static Seq<Seq<JobTransition>> simplePaths(JobState source, JobState target) {
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        return simplePaths(source, target, List.empty(), EnumSet.of(source)).sortBy(Seq::size);
    }

    private static Seq<Seq<JobTransition>> simplePaths(
            JobState at, JobState target, List<JobTransition> path, EnumSet<JobState> visited) {
        if (at == target) {
            return List.of(path);
        }
        Seq<Seq<JobTransition>> paths = List.empty();
        for (JobTransition edge : JobTransition.from(at)) {
            boolean closed =
                    edge.needsStart() && visited.contains(JobState.UNSPECIFIED) && !visited.contains(JobState.RUNNING);
            if (!closed && visited.add(edge.target())) {
                paths = paths.appendAll(simplePaths(edge.target(), target, path.append(edge), visited));
                visited.remove(edge.target());
            }
        }
        return paths;
    }
}
