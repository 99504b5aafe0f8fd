package org.joblifecycle.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.job.Emulation;
import org.joblifecycle.emulator.scenario.Delay;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.joblifecycle.job.JobError;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What tests do with the emulator itself, over HTTP, below {@code /_emulator/}. A web page of somebody else's that is open on
 * this machine cannot call it: requests with a foreign Origin or for a foreign Host are refused.
 */
final class AdminApi {
    static final String PREFIX = "/_emulator/";
    private static final Pattern OWN_HOST =
            Pattern.compile("(localhost|\\[[0-9a-fA-F:.]+]|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+)(:[0-9]+)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Emulation emulation;

    AdminApi(Emulation emulation) {
        this.emulation = emulation;
    }

    /**
     * The answer to a request.
     *
     * @param path what follows the prefix
     * @return JSON, or a text
     * @throws ApiException if the answer is an error
     */
    Object answer(HttpExchange exchange, String path, byte[] body) {
        checkSender(exchange);
        String call = exchange.getRequestMethod() + " " + path;
        if (path.startsWith("jobs/")) {
            return job(exchange.getRequestMethod(), path.substring("jobs/".length()), body);
        }
        return switch (call) {
            case "GET jobs" -> jobs();
            case "GET dump" -> emulation.dump();
            case "POST load" -> {
                emulation.load(new String(body, UTF_8));
                yield done();
            }
            case "GET clock" -> clock();
            case "POST clock:advance" -> {
                advance(json(body).path("by").asText());
                yield clock();
            }
            case "PUT scenarios" -> {
                ScenarioFile file = ScenarioFile.read(new String(body, UTF_8))
                        .toEither()
                        .getOrElseThrow(faults -> ApiException.of(Code.INVALID_ARGUMENT, faults.mkString("\n")));
                emulation.use(file);
                yield done();
            }
            case "POST reset" -> {
                emulation.reset();
                yield done();
            }
            case "GET requests" -> requests(exchange);
            default ->
                throw ApiException.of(
                        Code.NOT_FOUND,
                        call
                                + " is not there: expected GET jobs, GET jobs/NAME, POST jobs/NAME:fire, GET dump, POST load,"
                                + " GET clock, POST clock:advance, PUT scenarios, POST reset or GET requests");
        };
    }

    private static void checkSender(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (host == null || !OWN_HOST.matcher(host).matches()) {
            throw ApiException.of(
                    Code.PERMISSION_DENIED, "The host is not this machine: expected localhost or an address.");
        }
        if (origin != null && !origin.equals("http://" + host)) {
            throw ApiException.of(Code.PERMISSION_DENIED, "The request comes from a page of another origin.");
        }
    }

    private static ObjectNode done() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw ApiException.of(Code.INVALID_ARGUMENT, "The body is no JSON.");
        }
    }

    private ObjectNode clock() {
        return done().put("time", emulation.time().toString());
    }

    private void advance(String by) {
        try {
            emulation.advance(Delay.parse(by).most());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("by", String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode jobs() {
        ObjectNode answer = done();
        ArrayNode all = answer.putArray("jobs");
        emulation
                .names()
                .forEach(name -> emulation
                        .json(name)
                        .forEach(job -> all.addObject()
                                .put("name", name)
                                .put("state", job.path("state").asText())
                                .put(
                                        "displayName",
                                        job.path("displayName")
                                                .asText(job.path("tunedModelDisplayName")
                                                        .asText()))
                                .set("permittedEvents", permitted(name))));
        return answer;
    }

    private ArrayNode permitted(String name) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        emulation.permittedEvents(name).forEach(event -> events.add(event.name()));
        return events;
    }

    private ObjectNode job(String verb, String path, byte[] body) {
        if (verb.equals("GET")) {
            return job(path);
        }
        if (verb.equals("POST") && path.endsWith(":fire")) {
            String name = path.substring(0, path.length() - ":fire".length());
            fire(name, json(body));
            return job(name);
        }
        throw ApiException.of(Code.NOT_FOUND, "expected GET of a job, or POST of its name and :fire");
    }

    private ObjectNode job(String name) {
        ObjectNode answer = done();
        answer.set("job", emulation.json(name).getOrElseThrow(() -> ApiException.notFound("job", name)));
        answer.set("permittedEvents", permitted(name));
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

    private void fire(String name, JsonNode request) {
        try {
            emulation
                    .fire(name, event(request.path("event").asText()), error(request.path("error")))
                    .toEither()
                    .getOrElseThrow(violations -> ApiException.of(
                            Code.FAILED_PRECONDITION,
                            violations.map(Violation::toString).mkString("; ")));
        } catch (NoSuchElementException e) {
            throw ApiException.notFound("job", name);
        }
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

    /** All calls, or those of one method: {@code ?method=JobService.GetCustomJob}. */
    private ObjectNode requests(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        String method = query == null || !query.startsWith("method=") ? "" : query.substring("method=".length());
        ObjectNode answer = done();
        ArrayNode all = answer.putArray("requests");
        emulation
                .journal()
                .entries()
                .filter(entry -> method.isEmpty() || entry.method().equals(method))
                .forEach(entry -> all.addObject()
                        .put("time", entry.time().toString())
                        .put("method", entry.method())
                        .put("version", entry.version())
                        .put("code", entry.code().name())
                        .set("request", entry.request()));
        return answer;
    }
}
