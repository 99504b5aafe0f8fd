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
                case INFERRED -> "dashed";
            };
            lines.add("    " + edge.source() + " -> " + edge.target() + " [label=\"" + edge.event() + "\", style="
                    + style + "];");
        }
        assertEquals(lines, statesAndEdges(Diagram.dot()));
    }

    @Test
    void inferredEdgesAndNoOthersAreDashed() {
        List<String> inferred = new ArrayList<>();
        for (int number = 0; number < NaiveLifecycle.EDGES.size(); number++) {
            if (NaiveLifecycle.EDGES.get(number).basis() == Evidence.Basis.INFERRED) {
                inferred.add(Integer.toString(number));
            }
        }
        assertEquals(
                List.of("    linkStyle " + String.join(",", inferred)
                        + " stroke:#0a7bd8,stroke-width:2px,stroke-dasharray:4 3"),
                Diagram.mermaid()
                        .lines()
                        .filter(line -> line.contains("linkStyle"))
                        .toList());
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
                                .replace("linkStyle 3,4,", "linkStyle 4,")
                        + "    linkStyle 3 stroke:#f00,stroke-width:2px,stroke-dasharray:4 3\n"
                        + "    linkStyle 28 stroke:#f00\n",
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
                        "    linkStyle 2 stroke:#f00"),
                picture.lines()
                        .filter(line -> line.contains("|") || line.contains("linkStyle"))
                        .toList());
    }
}
