package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.function.Predicate;
import org.joblifecycle.job.JobState;

/**
 * Pictures of the graph, drawn from {@link JobTransition}. An edge is solid if it is documented, thick if it was observed
 * and dashed if it is inferred; terminal states stand out by their shape.
 */
public final class Diagram {
    // Colours that are seen on light pages and on dark ones. Labels keep the colour of the theme.
    private static final String DASHED = "stroke-width:2px,stroke-dasharray:4 3";
    private static final String INFERRED = "stroke:#0a7bd8," + DASHED;
    private static final String MARKED = "stroke:#f00";

    private Diagram() {}

    /** A Mermaid flowchart, which GitHub and many editors show as a picture. Lines end with LF. */
    public static String mermaid() {
        return mermaid(edge -> true, edge -> false);
    }

    /**
     * A Mermaid flowchart of some edges, of which some stand out: red, with a cross before the event. Lines end with LF.
     *
     * @param isShown whether an edge is in the picture
     * @param isMarked whether an edge that is stands out
     */
    public static String mermaid(Predicate<JobTransition> isShown, Predicate<JobTransition> isMarked) {
        requireNonNull(isMarked, "isMarked");
        Seq<JobTransition> edges = edges().filter(requireNonNull(isShown, "isShown"));
        // With other curves and the other direction, labels lie on one another.
        return lines(List.of("%%{init: {\"flowchart\": {\"curve\": \"monotoneY\"}}}%%", "flowchart TB")
                .appendAll(states().map(state ->
                        "    " + state + (state.isTerminal() ? "([" : "[") + state + (state.isTerminal() ? "])" : "]")))
                .appendAll(edges.map(edge -> "    " + edge.source() + " " + mermaidLine(edge) + "|"
                        + (isMarked.test(edge) ? "✗ " : "") + edge.event() + "| " + edge.target()))
                .appendAll(style(edges, edge -> isInferred(edge) && !isMarked.test(edge), INFERRED))
                .appendAll(style(edges, edge -> isInferred(edge) && isMarked.test(edge), MARKED + "," + DASHED))
                .appendAll(style(edges, edge -> !isInferred(edge) && isMarked.test(edge), MARKED)));
    }

    /** How some edges are drawn. An edge has the last style that it is given, and no other. */
    private static Option<String> style(Seq<JobTransition> edges, Predicate<JobTransition> isDrawnSo, String style) {
        Seq<Integer> numbers = List.range(0, edges.size()).filter(number -> isDrawnSo.test(edges.get(number)));
        return Option.when(!numbers.isEmpty(), () -> "    linkStyle " + numbers.mkString(",") + " " + style);
    }

    private static boolean isInferred(JobTransition edge) {
        return edge.evidence().basis() == Evidence.Basis.INFERRED;
    }

    private static String mermaidLine(JobTransition edge) {
        return switch (edge.evidence().basis()) {
            case DOCUMENTED -> "-->";
            case OBSERVED -> "==>";
            case INFERRED -> "-.->";
        };
    }

    /** A directed graph in the DOT language of Graphviz. Lines end with LF. */
    public static String dot() {
        return lines(List.of("digraph lifecycle {", "    rankdir=LR;", "    node [shape=box];")
                .appendAll(states().map(state -> "    " + state + (state.isTerminal() ? " [peripheries=2];" : ";")))
                .appendAll(edges().map(edge -> "    " + edge.source() + " -> " + edge.target() + " [label=\""
                        + edge.event() + "\", style=" + dotStyle(edge) + "];"))
                .append("}"));
    }

    private static String dotStyle(JobTransition edge) {
        return switch (edge.evidence().basis()) {
            case DOCUMENTED -> "solid";
            case OBSERVED -> "bold";
            case INFERRED -> "dashed";
        };
    }

    private static Seq<JobState> states() {
        return List.of(JobState.values());
    }

    private static Seq<JobTransition> edges() {
        return List.of(JobTransition.values());
    }

    private static String lines(Seq<String> lines) {
        return lines.mkString("", "\n", "\n");
    }
}
