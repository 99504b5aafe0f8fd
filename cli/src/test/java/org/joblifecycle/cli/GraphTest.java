package org.joblifecycle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void mermaidAndDotAreTheDiagramsOfTheLibrary() {
        assertEquals(new Cli.Result(0, Diagram.mermaid(), ""), Cli.run("graph", "--format", "mermaid"));
        assertEquals(new Cli.Result(0, Diagram.dot(), ""), Cli.run("graph", "--format=dot"));
    }

    @Test
    void textIsTheDefaultAndTellsEachStateAndEdge() {
        Cli.Result result = Cli.run("graph");
        assertEquals(result, Cli.run("graph", "--format", "text"));
        List<String> expected = new ArrayList<>();
        for (JobState state : JobState.values()) {
            expected.add(state + (state.isTerminal() ? " (terminal)" : ""));
            for (JobTransition edge : JobTransition.from(state)) {
                expected.add(edge.event() + " -> " + edge.target() + " " + edge.evidence());
            }
        }
        assertEquals(
                expected,
                result.lines().stream()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .toList());
        assertEquals(12 + 29, expected.size());
    }

    @Test
    void jsonTellsEachStateAndEdge() throws IOException {
        Cli.Result result = Cli.run("graph", "--format", "json");
        assertEquals(0, result.exit());
        try (JsonParser parser = new JsonFactory().createParser(result.out())) {
            parser.nextToken();
            Map<?, ?> graph = (Map<?, ?>) value(parser);
            assertNull(parser.nextToken());
            assertEquals(List.of("states", "transitions"), List.copyOf(graph.keySet()));
            assertEquals(
                    Arrays.stream(JobState.values()).map(GraphTest::describe).toList(), graph.get("states"));
            List<?> transitions = (List<?>) graph.get("transitions");
            assertEquals(29, transitions.size());
            Iterator<?> each = transitions.iterator();
            for (JobTransition edge : JobTransition.values()) {
                Map<?, ?> written = (Map<?, ?>) each.next();
                assertEquals(edge.name(), written.get("name"));
                assertEquals(edge.source().name(), written.get("source"));
                assertEquals(edge.event().name(), written.get("event"));
                assertEquals(edge.target().name(), written.get("target"));
                Map<?, ?> evidence = (Map<?, ?>) written.get("evidence");
                assertEquals(edge.evidence().basis().name(), evidence.get("basis"));
                assertEquals(edge.evidence().text(), evidence.get("text"));
                assertEquals(edge.evidence().source().isDefined(), evidence.containsKey("file"));
            }
        }
    }

    private static Map<String, Object> describe(JobState state) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", state.name());
        described.put("wireName", state.wireName());
        described.put("number", state.number());
        described.put("terminal", state.isTerminal());
        described.put("started", JobGraph.startedStates().contains(state));
        described.put("description", state.description());
        return described;
    }

    private static Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    members.put(key, value(parser));
                }
                return members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                return elements;
            }
            case VALUE_NUMBER_INT -> {
                return parser.getIntValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            default -> {
                assertTrue(parser.currentToken().isScalarValue());
                return parser.getText();
            }
        }
    }
}
