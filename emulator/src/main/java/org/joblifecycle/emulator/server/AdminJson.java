package org.joblifecycle.emulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.collection.Seq;
import java.util.function.Predicate;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.JobFields;
import org.joblifecycle.emulator.job.Emulation;
import org.joblifecycle.emulator.job.Journal;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobTransition;

/** What an emulation is like, as JSON. */
final class AdminJson {
    private final Emulation emulation;

    AdminJson(Emulation emulation) {
        this.emulation = emulation;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode clock() {
        return object().put("time", emulation.time().toString()).put("scale", emulation.clockScale());
    }

    /** The newest jobs, the newest first, and how many there are in all. */
    ObjectNode jobs(int most) {
        Seq<String> names = emulation.names();
        ObjectNode answer = object();
        answer.set("jobs", rows(names.reverse().take(most)));
        return answer.put("total", names.size());
    }

    /** What happened after some change, given by its number, and what the clock shows. */
    ObjectNode since(long change, int most) {
        Emulation.Changes changes = emulation.since(change);
        ObjectNode answer = clock();
        answer.put("change", changes.number());
        answer.put("areRemoved", changes.areRemoved());
        answer.put("requests", emulation.journal().count());
        answer.set("jobs", rows(changes.jobs().takeRight(most)));
        return answer;
    }

    private ArrayNode rows(Seq<String> names) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        // A job may have been deleted since its name was read.
        names.flatMap(name -> emulation.json(name).map(job -> row(name, job))).forEach(rows::add);
        return rows;
    }

    private static ObjectNode row(String name, JsonNode job) {
        return object().put("name", name)
                .put("kind", JobKind.of(name).map(JobKind::resource).getOrElse(""))
                .put("displayName", JobFields.displayName(job).asText())
                .put("state", JobFields.state(job).asText());
    }

    /**
     * A job, its history, and what can happen to it.
     *
     * @throws ApiException NOT_FOUND if there is no such job
     */
    ObjectNode job(String name) {
        ObjectNode answer = object();
        answer.set("job", emulation.json(name).getOrElseThrow(() -> ApiException.notFound("job", name)));
        emulation.snapshot(name).forEach(job -> {
            answer.put("state", job.state().name());
            JobError error = job.error();
            if (error != null) {
                answer.put("error", error.codeAndName() + " " + error.message());
            }
        });
        ArrayNode events = answer.putArray("permittedEvents");
        emulation.permittedEvents(name).forEach(event -> events.add(event.name()));
        ArrayNode history = answer.putArray("history");
        emulation
                .history(name)
                .forEach(happened -> history.addObject()
                        .put("time", happened.time().toString())
                        .put(
                                "event",
                                happened.event() == null
                                        ? null
                                        : happened.event().name())
                        .put("state", happened.snapshot().state().name()));
        return answer;
    }

    /** These calls of clients, the last ones. */
    ObjectNode requests(Predicate<Journal.Entry> isAsked, int most) {
        ObjectNode answer = object();
        ArrayNode all = answer.putArray("requests");
        emulation
                .journal()
                .entries()
                .filter(isAsked)
                .takeRight(most)
                .forEach(entry -> all.addObject()
                        .put("time", entry.time().toString())
                        .put("method", entry.method())
                        .put("version", entry.version())
                        .put("code", entry.code().name())
                        .set("request", entry.request()));
        return answer;
    }

    /** The states and transitions of the lifecycle. */
    static ObjectNode graph() {
        ObjectNode graph = object();
        ArrayNode states = graph.putArray("states");
        for (JobState state : JobState.values()) {
            states.addObject().put("name", state.name()).put("terminal", state.isTerminal());
        }
        ArrayNode transitions = graph.putArray("transitions");
        for (JobTransition edge : JobTransition.values()) {
            transitions
                    .addObject()
                    .put("source", edge.source().name())
                    .put("event", edge.event().name())
                    .put("target", edge.target().name());
        }
        return graph;
    }
}
