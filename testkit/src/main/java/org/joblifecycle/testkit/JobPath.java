package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;

/**
 * A path through the graph: edges, each of which begins in the state in which the one before it ends. It may have none.
 *
 * @param source the state in which it begins
 * @param edges the edges, in order
 */
public record JobPath(JobState source, Seq<JobTransition> edges) {

    /**
     * Checks that the edges join.
     *
     * @throws IllegalArgumentException if an edge does not begin in the state in which the one before it ends
     */
    public JobPath {
        JobState at = requireNonNull(source, "source");
        for (JobTransition edge : requireNonNull(edges, "edges")) {
            if (requireNonNull(edge, "edge").source() != at) {
                throw new IllegalArgumentException("the edge " + edge + " does not begin in " + at);
            }
            at = edge.target();
        }
    }

    /** The path without edges. */
    public static JobPath at(JobState source) {
        return new JobPath(source, List.empty());
    }

    /** The state in which it ends. */
    public JobState target() {
        return edges.isEmpty() ? source : edges.last().target();
    }

    /** The events of the edges. */
    public Seq<JobEvent> events() {
        return edges.map(JobTransition::event);
    }

    /** The number of edges. */
    public int size() {
        return edges.size();
    }

    /**
     * This path and one more edge.
     *
     * @throws IllegalArgumentException if the edge does not begin where this path ends
     */
    public JobPath plus(JobTransition edge) {
        return new JobPath(source, edges.append(requireNonNull(edge, "edge")));
    }

    /** One line, such as {@code UNSPECIFIED -PREPARE-> PENDING -START-> RUNNING}. */
    @Override
    public String toString() {
        return source
                + edges.map(edge -> " -" + edge.event() + "-> " + edge.target()).mkString();
    }
}
