package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

class DiagramTest {
    @Test
    void theMermaidChartShowsEveryStateAndEdgeWithItsEvidence() {
        List<String> lines = new ArrayList<>();
        for (JobState state : JobState.values()) {
            String shape = NaiveLifecycle.TERMINAL.contains(state) ? "([%s])" : "[%s]";
            lines.add("    " + state + String.format(shape, state));
        }
        for (NaiveLifecycle.Edge edge : NaiveLifecycle.EDGES) {
            String line = switch (edge.basis()) {
                case DOCUMENTED -> "-->";
                case OBSERVED -> "==>";
                case INFERRED -> "-.->";
            };
            lines.add("    " + edge.source() + " " + line + "|" + edge.event() + "| " + edge.target());
        }
        assertEquals(lines, statesAndEdges(Diagram.mermaid()));
    }

    @Test
    void theDotGraphShowsEveryStateAndEdgeWithItsEvidence() {
        List<String> lines = new ArrayList<>();
        for (JobState state : JobState.values()) {
            lines.add("    " + state + (NaiveLifecycle.TERMINAL.contains(state) ? " [peripheries=2];" : ";"));
        }
        for (NaiveLifecycle.Edge edge : NaiveLifecycle.EDGES) {
            String style = switch (edge.basis()) {
                case DOCUMENTED -> "solid";
                case OBSERVED -> "bold";
                case INFERRED -> "dotted";
            };
            lines.add("    " + edge.source() + " -> " + edge.target() + " [label=\"" + edge.event() + "\", style="
                    + style + "];");
        }
        assertEquals(lines, statesAndEdges(Diagram.dot()));
    }

    private static List<String> statesAndEdges(String picture) {
        assertTrue(picture.endsWith("\n"));
        return picture.lines().filter(line -> line.matches(" {4}[A-Z].*")).toList();
    }

    @Test
    void someEdgesCanBeMarked() {
        String marked = Diagram.mermaid(
                edge -> true,
                edge -> edge == JobTransition.QUEUED_TO_RUNNING || edge == JobTransition.CANCELLING_TO_CANCELLED);

        assertEquals(
                Diagram.mermaid()
                                .replace("QUEUED -.->|START|", "QUEUED -.->|✗ START|")
                                .replace("|CONFIRM_CANCEL|", "|✗ CONFIRM_CANCEL|")
                        + "    linkStyle 3,28 stroke:red,color:red\n",
                marked);
    }

    @Test
    void someEdgesCanBeHidden() {
        String picture = Diagram.mermaid(
                edge -> edge.source() == JobState.CANCELLING, edge -> edge == JobTransition.CANCELLING_TO_CANCELLED);

        assertEquals(
                List.of(
                        "    CANCELLING -->|SUCCEED| SUCCEEDED",
                        "    CANCELLING -->|FAIL| FAILED",
                        "    CANCELLING -->|✗ CONFIRM_CANCEL| CANCELLED",
                        "    linkStyle 2 stroke:red,color:red"),
                picture.lines()
                        .filter(line -> line.contains("|") || line.contains("linkStyle"))
                        .toList());
    }
}
