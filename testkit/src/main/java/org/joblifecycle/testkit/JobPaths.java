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
 * The ways of a job through the graph: to every state, over every edge, over every two edges that follow one another.
 * Always the same ones in the same order, those with fewer edges first: name a test by each. Each of them is a way that
 * a job can go: RUNNING comes before an edge that {@linkplain JobTransition#needsStart needs a start}.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource
 * void mySchedulerGoesEveryWay(JobPath path) { ... }
 *
 * static Seq<JobPath> mySchedulerGoesEveryWay() {
 *     return JobPaths.of(lifecycle).toEdges();
 * }
 * }</pre>
 */
public final class JobPaths {
    private final Seq<JobTransition> open;
    private final Position start;
    private final Map<Position, JobPath> shortest;

    /** Where a job is: what edges are open to it depends on whether it was RUNNING before. */
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

    /** The ways of the jobs of this lifecycle, from UNSPECIFIED on, without the edges that it leaves out. */
    public static JobPaths of(JobLifecycle lifecycle) {
        requireNonNull(lifecycle, "lifecycle");
        return new JobPaths(lifecycle.transitions(), new Position(JobState.UNSPECIFIED, false));
    }

    /** The ways that this job can still go, from the state that it is in. */
    public JobPaths from(JobSnapshot job) {
        requireNonNull(job, "job");
        boolean hasStarted = job.startTime() != null || JobGraph.startedStates().contains(job.state());
        return new JobPaths(open, new Position(job.state(), hasStarted));
    }

    /** The same ways, but another one where several are the shortest. */
    JobPaths shuffled(Random random) {
        java.util.List<JobTransition> edges = open.toJavaList();
        Collections.shuffle(edges, random);
        return new JobPaths(Vector.ofAll(edges), start);
    }

    /** The edges of the graph, without those that the lifecycle leaves out. */
    public Seq<JobTransition> edges() {
        return open;
    }

    /** A shortest way to each state that can be reached; without an edge to the one in which all begin. */
    public Seq<JobPath> toStates() {
        return Vector.ofAll(shortest.values()).distinctBy(JobPath::target);
    }

    /**
     * A shortest way to each state, and to those that a job can be in before and after it was RUNNING a second one, on
     * which it was.
     */
    public Seq<JobPath> toStatesStartedOrNot() {
        return Vector.ofAll(shortest.values());
    }

    /** The way of {@link #toStates} to this state; nothing if it cannot be reached. */
    public Option<JobPath> to(JobState state) {
        requireNonNull(state, "state");
        return toStates().find(path -> path.target() == state);
    }

    /** A shortest way to each edge that can be reached; the edge is its last. */
    public Seq<JobPath> toEdges() {
        return open.flatMap(this::to).sortBy(JobPath::size);
    }

    /** A shortest way to each edge, and to those that a job can go over before and after it was RUNNING a second one. */
    public Seq<JobPath> toEdgesStartedOrNot() {
        return Vector.ofAll(shortest)
                .flatMap(way -> open.filter(way._1()::permits).map(way._2()::plus))
                .sortBy(JobPath::size);
    }

    /** Ways that lead back to where they begin and come to no other state twice, as a job goes them; each once. */
    Seq<JobPath> cycles() {
        return toStates()
                .flatMap(way -> after(way).map(way::plus))
                .flatMap(way -> onFrom(way)
                        .to(way.edges().last().source())
                        .map(back -> new JobPath(
                                back.target(), back.edges().prepend(way.edges().last()))))
                .distinctBy(cycle -> cycle.edges().toSet());
    }

    private JobPaths onFrom(JobPath way) {
        return new JobPaths(open, way.edges().foldLeft(start, Position::after));
    }

    /** The way of {@link #toEdges} over this edge; nothing if it cannot be reached. */
    public Option<JobPath> to(JobTransition edge) {
        requireNonNull(edge, "edge");
        return open.contains(edge)
                ? shortest.find(way -> way._1().permits(edge))
                        .map(way -> way._2().plus(edge))
                : Option.none();
    }

    /** A shortest way to each two edges that can follow one another; they are its last two. */
    public Seq<JobPath> toEdgePairs() {
        return open.flatMap(first -> open.flatMap(second -> shortest.find(way ->
                                way._1().permits(first) && way._1().after(first).permits(second))
                        .map(way -> way._2().plus(first).plus(second))))
                .sortBy(JobPath::size);
    }

    /**
     * All ways that come to no state twice.
     *
     * @param maxEdges the most edges that a way may have; not negative
     * @return the ways, with every beginning of each of them
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

    /** The edges that a job can go on by. */
    Seq<JobTransition> after(JobPath path) {
        Position end = path.edges().foldLeft(start, Position::after);
        return open.filter(end::permits);
    }

    /** Whether a job can go this way. */
    boolean contains(Seq<JobTransition> way) {
        Position at = start;
        for (JobTransition edge : way) {
            if (!open.contains(edge) || !at.permits(edge)) {
                return false;
            }
            at = at.after(edge);
        }
        return true;
    }
}
