package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;

/**
 * The paths of a job through the graph: to every state, over every edge, over every two edges in a row. They are always the
 * same and in the same order, those with fewer edges first, so that a test can be named by each. A job can take each of them:
 * RUNNING comes before an edge that {@linkplain JobTransition#needsStart needs a start}.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource
 * void mySchedulerTakesEveryPath(JobPath path) { ... }
 *
 * static Seq<JobPath> mySchedulerTakesEveryPath() {
 *     return JobPaths.of(lifecycle).toEdges();
 * }
 * }</pre>
 */
public final class JobPaths {
    private final Seq<JobTransition> open;
    private final Position start;
    private final Map<Position, JobPath> shortest;

    /** The state of a job, and whether it was RUNNING before: both decide which edges it can take. */
    private record Position(JobState state, boolean hasStarted) {
        boolean permits(JobTransition edge) {
            return edge.source() == state && (hasStarted || !edge.needsStart());
        }

        Position after(JobTransition edge) {
            return new Position(edge.target(), hasStarted || edge.target() == JobState.RUNNING);
        }
    }

    private JobPaths(Seq<JobTransition> open, Position start) {
        this.open = open;
        this.start = start;
        Map<Position, JobPath> found = LinkedHashMap.of(start, JobPath.at(start.state()));
        Queue<Position> frontier = new ArrayDeque<>(java.util.List.of(start));
        while (!frontier.isEmpty()) {
            Position position = frontier.remove();
            for (JobTransition edge : open.filter(position::permits)) {
                Position next = position.after(edge);
                if (!found.containsKey(next)) {
                    found = found.put(next, found.get(position).get().plus(edge));
                    frontier.add(next);
                }
            }
        }
        this.shortest = found;
    }

    /** The paths of the jobs of this lifecycle from UNSPECIFIED, without the edges that it excludes. */
    public static JobPaths of(JobLifecycle lifecycle) {
        requireNonNull(lifecycle, "lifecycle");
        return new JobPaths(lifecycle.transitions(), new Position(JobState.UNSPECIFIED, false));
    }

    /** The paths that this job can still take, from the state that it is in. */
    public JobPaths from(JobSnapshot job) {
        requireNonNull(job, "job");
        boolean hasStarted = job.startTime() != null || JobGraph.startedStates().contains(job.state());
        return new JobPaths(open, new Position(job.state(), hasStarted));
    }

    /** The same paths, but another one where several are the shortest. */
    JobPaths shuffled(Random random) {
        java.util.List<JobTransition> edges = open.toJavaList();
        Collections.shuffle(edges, random);
        return new JobPaths(Vector.ofAll(edges), start);
    }

    /** Draws a path: a shortest one to an edge, each edge with the same probability, then more edges, mostly not to the end. */
    JobPath draw(int longestSuffix, Random random) {
        JobPaths shuffled = shuffled(random);
        Seq<JobPath> toEdges = shuffled.toEdges();
        JobPath path = toEdges.isEmpty() ? shuffled.toStates().head() : History.pick(toEdges, random);
        for (int more = random.nextInt(longestSuffix + 1); more > 0; more--) {
            Seq<JobTransition> next = after(path);
            Seq<JobTransition> onward = next.reject(edge -> edge.target().isTerminal());
            Seq<JobTransition> likely = onward.isEmpty() || random.nextInt(3) == 0 ? next : onward;
            path = likely.isEmpty() ? path : path.plus(History.pick(likely, random));
        }
        return path;
    }

    /** The edges of the graph, without those that the lifecycle excludes. */
    public Seq<JobTransition> edges() {
        return open;
    }

    /** A shortest path to each state that can be reached; to the state in which all begin, the path without edges. */
    public Seq<JobPath> toStates() {
        return Vector.ofAll(shortest.values()).distinctBy(JobPath::target);
    }

    /**
     * A shortest path to each state; to a state that a job can be in before and after it was RUNNING also a second path, which
     * leads over RUNNING.
     */
    public Seq<JobPath> toStatesStartedOrNot() {
        return Vector.ofAll(shortest.values());
    }

    /** The path of {@link #toStates} to this state; nothing if it cannot be reached. */
    public Option<JobPath> to(JobState state) {
        requireNonNull(state, "state");
        return toStates().find(path -> path.target() == state);
    }

    /** A shortest path over each edge that can be reached; the edge is its last. */
    public Seq<JobPath> toEdges() {
        return open.flatMap(this::to).sortBy(JobPath::size);
    }

    /**
     * A shortest path over each edge; over an edge that a job can take before and after it was RUNNING also a second path, which
     * leads over RUNNING first.
     */
    public Seq<JobPath> toEdgesStartedOrNot() {
        return Vector.ofAll(shortest)
                .flatMap(path -> open.filter(path._1()::permits).map(path._2()::plus))
                .sortBy(JobPath::size);
    }

    /** Cycles that a job can take: paths that end where they begin and visit no other state twice; each once. */
    Seq<JobPath> cycles() {
        return toStates()
                .flatMap(path -> after(path).map(path::plus))
                .flatMap(path -> onFrom(path)
                        .to(path.edges().last().source())
                        .map(back -> new JobPath(
                                back.target(), back.edges().prepend(path.edges().last()))))
                .distinctBy(cycle -> cycle.edges().toSet());
    }

    private JobPaths onFrom(JobPath path) {
        return new JobPaths(open, path.edges().foldLeft(start, Position::after));
    }

    /** The path of {@link #toEdges} over this edge; nothing if it cannot be reached. */
    public Option<JobPath> to(JobTransition edge) {
        requireNonNull(edge, "edge");
        return open.contains(edge)
                ? shortest.find(path -> path._1().permits(edge))
                        .map(path -> path._2().plus(edge))
                : Option.none();
    }

    /** A shortest path over each two edges that can follow one another; they are its last two. */
    public Seq<JobPath> toEdgePairs() {
        return open.flatMap(first ->
                        open.flatMap(second -> shortest.find(path -> path._1().permits(first)
                                        && path._1().after(first).permits(second))
                                .map(path -> path._2().plus(first).plus(second))))
                .sortBy(JobPath::size);
    }

    /**
     * All paths that visit no state twice.
     *
     * @param maxEdges the most edges that a path may have; not negative
     * @return the paths, and every beginning of each of them
     */
    public Seq<JobPath> simple(int maxEdges) {
        if (maxEdges < 0) {
            throw new IllegalArgumentException("maxEdges is " + maxEdges + ": expected 0 or more");
        }
        Vector<JobPath> found = Vector.empty();
        Seq<JobPath> longest = List.of(JobPath.at(start.state()));
        for (int size = 0; size <= maxEdges && !longest.isEmpty(); size++) {
            found = found.appendAll(longest);
            longest = longest.flatMap(this::oneEdgeLonger);
        }
        return found;
    }

    private Seq<JobPath> oneEdgeLonger(JobPath path) {
        Set<JobState> visited = EnumSet.of(path.source());
        path.edges().forEach(edge -> visited.add(edge.target()));
        return after(path).filter(edge -> !visited.contains(edge.target())).map(path::plus);
    }

    /** The edges that a job can take after this path. */
    Seq<JobTransition> after(JobPath path) {
        Position end = path.edges().foldLeft(start, Position::after);
        return open.filter(end::permits);
    }

    /** Whether a job can take these edges one after another. */
    boolean contains(Seq<JobTransition> edges) {
        Position at = start;
        for (JobTransition edge : edges) {
            if (!open.contains(edge) || !at.permits(edge)) {
                return false;
            }
            at = at.after(edge);
        }
        return true;
    }
}
