package org.joblifecycle.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import org.joblifecycle.cli.command.Json;
import org.joblifecycle.cli.command.Style;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobTransition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the graph of the lifecycle. */
@Command(
        name = "graph",
        description = "Prints the graph of states and transitions, for people or for other programs.",
        footer = {
            "",
            "Examples:",
            "  job-lifecycle graph",
            "  job-lifecycle graph --format mermaid > lifecycle.mmd",
            "  job-lifecycle graph --format dot | dot -Tsvg > lifecycle.svg",
            "  job-lifecycle graph --format json | jq '.transitions[] | select(.source == \"PAUSED\")'"
        })
final class GraphCommand implements Callable<Integer> {
    /** How the graph is printed. */
    enum Format {
        TEXT,
        MERMAID,
        DOT,
        JSON
    }

    private final Console console;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, mermaid, dot or json. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        switch (format) {
            case TEXT -> text();
            case MERMAID -> console.print(Diagram.mermaid().stripTrailing());
            case DOT -> console.print(Diagram.dot().stripTrailing());
            case JSON -> console.print(Json.pretty(GraphCommand::writeTo));
        }
        return Exit.NOTHING_FOUND;
    }

    private void text() {
        for (JobState state : JobState.values()) {
            console.print(Style.BOLD.on(console, state.name()) + (state.isTerminal() ? " (terminal)" : ""));
            for (JobTransition edge : JobTransition.from(state)) {
                console.print(ExplainCommand.line(edge));
            }
        }
    }

    private static void writeTo(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("states");
        for (JobState state : JobState.values()) {
            out.writeStartObject();
            out.writeStringField("name", state.name());
            out.writeStringField("wireName", state.wireName());
            out.writeNumberField("number", state.number());
            out.writeBooleanField("terminal", state.isTerminal());
            out.writeBooleanField("started", JobGraph.startedStates().contains(state));
            out.writeStringField("description", state.description());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("transitions");
        for (JobTransition edge : JobTransition.values()) {
            out.writeStartObject();
            out.writeStringField("name", edge.name());
            out.writeStringField("source", edge.source().name());
            out.writeStringField("event", edge.event().name());
            out.writeStringField("target", edge.target().name());
            writeTo(out, edge.evidence());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeTo(JsonGenerator out, Evidence evidence) throws IOException {
        out.writeObjectFieldStart("evidence");
        out.writeStringField("basis", evidence.basis().name());
        out.writeStringField("text", evidence.text());
        for (Evidence.Source source : evidence.source()) {
            out.writeStringField("file", source.file());
            out.writeStringField("element", source.element());
        }
        if (!evidence.note().isEmpty()) {
            out.writeStringField("note", evidence.note());
        }
        out.writeEndObject();
    }
}
