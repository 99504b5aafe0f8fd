package org.joblifecycle.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.job.Emulation;
import org.joblifecycle.emulator.job.Journal;
import org.joblifecycle.emulator.scenario.Delay;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.joblifecycle.job.JobError;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** What tests do with the emulator itself, over HTTP, below {@code /_emulator/}. */
final class AdminApi {
    private static final String JOBS = "jobs/";
    private static final String FIRE = ":fire";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Emulation emulation;
    private final AdminJson json;

    AdminApi(Emulation emulation, AdminJson json) {
        this.emulation = emulation;
        this.json = json;
    }

    /**
     * The answer to a request.
     *
     * @param path what follows {@code /_emulator/}
     * @param query its parameters
     * @throws ApiException if the answer is an error
     */
    Answer answer(String verb, String path, Map<String, String> query, byte[] body) {
        String call = verb + " " + path;
        String text = new String(body, UTF_8);
        if (call.equals("GET dump")) {
            return Answer.text("application/jsonl", emulation.dump());
        }
        if (call.startsWith("GET " + JOBS)) {
            return Answer.json(json.job(path.substring(JOBS.length())));
        }
        if (call.startsWith("POST " + JOBS) && path.endsWith(FIRE)) {
            return Answer.json(fire(path.substring(JOBS.length(), path.length() - FIRE.length()), body));
        }
        return Answer.json(
                switch (call) {
                    case "GET jobs" -> json.jobs(limit(query));
                    case "GET clock" -> json.clock();
                    case "GET graph" -> AdminJson.graph();
                    case "GET requests" -> json.requests(entry -> isAsked(entry, query), limit(query));
                    case "POST clock:advance" -> {
                        advance(tree(body).path("by").asText());
                        yield json.clock();
                    }
                    case "POST load" -> done(() -> emulation.load(text));
                    case "PUT scenarios" -> done(() -> emulation.use(read(ScenarioFile.read(text))));
                    case "POST faults" -> done(() -> addFaults(text));
                    case "DELETE faults" -> done(emulation::clearFaults);
                    case "POST reset" -> done(() -> reset(text));
                    default ->
                        throw ApiException.of(
                                Code.NOT_FOUND,
                                call
                                        + " is not there: expected GET jobs, GET jobs/NAME, POST jobs/NAME:fire, GET dump, POST load,"
                                        + " GET clock, POST clock:advance, PUT scenarios, POST faults, DELETE faults, POST reset,"
                                        + " GET requests, GET graph or GET events");
                });
    }

    private static ObjectNode done(Runnable call) {
        call.run();
        return JsonNodeFactory.instance.objectNode();
    }

    private static <T> T read(Validation<Seq<String>, T> read) {
        return read.toEither().getOrElseThrow(faults -> ApiException.of(Code.INVALID_ARGUMENT, faults.mkString("\n")));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw ApiException.of(Code.INVALID_ARGUMENT, "The body is no JSON.");
        }
    }

    private static int limit(Map<String, String> query) {
        String limit = query.getOrDefault("limit", String.valueOf(Integer.MAX_VALUE));
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("limit", "\"" + limit + "\": expected an integer");
        }
    }

    private static boolean isAsked(Journal.Entry entry, Map<String, String> query) {
        return query.entrySet().stream().allMatch(each -> switch (each.getKey()) {
            case "method" -> each.getValue().equals(entry.method());
            case "version" -> each.getValue().equals(entry.version());
            case "code" -> each.getValue().equals(entry.code().name());
            case "name" -> each.getValue().equals(entry.request().path("name").asText());
            case "limit" -> true;
            default -> throw ApiException.invalid(each.getKey(), "expected method, version, code, name or limit");
        });
    }

    private void advance(String by) {
        try {
            emulation.advance(Delay.parse(by).most());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("by", String.valueOf(e.getMessage()));
        }
    }

    private void addFaults(String text) {
        ScenarioFile file = read(ScenarioFile.read(text));
        if (!file.scenarios().isEmpty()) {
            throw ApiException.invalid("scenarios", "expected faults only: scenarios are replaced, by PUT scenarios");
        }
        file.faults().forEach(emulation::add);
    }

    private void reset(String text) {
        if (text.isBlank()) {
            emulation.reset();
        } else {
            emulation.reset(read(ScenarioFile.readMatch(text)));
        }
    }

    private ObjectNode fire(String name, byte[] body) {
        JsonNode request = tree(body);
        try {
            emulation
                    .fire(name, event(request.path("event").asText()), error(request.path("error")))
                    .toEither()
                    .getOrElseThrow(violations -> Emulation.refused(name, violations));
        } catch (NoSuchElementException e) {
            throw ApiException.notFound("job", name);
        }
        return json.job(name);
    }

    private static JobEvent event(String name) {
        return Arrays.stream(JobEvent.values())
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        "event", "\"" + name + "\": expected one of " + List.of(JobEvent.values())));
    }

    private static @Nullable JobError error(JsonNode error) {
        return error.isObject()
                ? new JobError(error.path("code").asInt(), error.path("message").asText())
                : null;
    }
}
