package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.transition.JobAuditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

// An emulator whose clock stands still at noon, and calls of it by a client that is none of Google's.
abstract class RestFixture {
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final String PARENT = "/v1/projects/p/locations/l/";
    static final String CUSTOM = "{\"displayName\":\"d\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":\"1\"}]}}";
    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient HTTP = HttpClient.newHttpClient();

    VertexEmulator emulator;

    @BeforeEach
    void start() throws IOException {
        emulator = VertexEmulator.configure().manualClock(NOON).start();
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    HttpResponse<String> send(String verb, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(emulator.restUrl() + path))
                .method(verb, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode ok(String verb, String path, String body) throws Exception {
        HttpResponse<String> response = send(verb, path, body);
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    JsonNode error(int status, String verb, String path, String body) throws Exception {
        HttpResponse<String> response = send(verb, path, body);
        assertEquals(status, response.statusCode(), response.body());
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertEquals(status, error.path("code").asInt());
        return error;
    }

    String create() throws Exception {
        return ok("POST", PARENT + "customJobs", CUSTOM).path("name").asText();
    }

    // Most kinds answer the job, and some an operation that has it. What is required of a message is added until it is.
    JsonNode create(JobKind kind, String displayName) throws Exception {
        ObjectNode request = JSON.createObjectNode().put("displayName", displayName);
        if (kind == JobKind.TUNING_JOB) {
            request = JSON.createObjectNode()
                    .put("tunedModelDisplayName", displayName)
                    .put("baseModel", "m");
            request.putObject("supervisedTuningSpec").put("trainingDatasetUri", "gs://b/t");
        }
        String parent = PARENT + kind.collection();
        Descriptor type = ApiMethods.all().stream()
                .filter(method -> method.action() == Action.CREATE && method.kind() == kind)
                .flatMap(method -> method.descriptor().getInputType().getFields().stream())
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .findFirst()
                .orElseThrow()
                .getMessageType();
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> response = send("POST", parent, request.toString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() == 200) {
                return answer.has("response") ? answer.path("response") : answer;
            }
            for (JsonNode fault : answer.at("/error/details/0/fieldViolations")) {
                String[] path =
                        fault.path("field").asText().replaceAll("\\[\\d+]", "").split("\\.", -1);
                ObjectNode into = request;
                Descriptor message = type;
                for (int j = 1; j < path.length - 1; j++) {
                    JsonNode next = into.get(path[j]);
                    into = (ObjectNode) (next.isArray() ? next.get(0) : next);
                    message = field(message, path[j]).getMessageType();
                }
                FieldDescriptor field = field(message, path[path.length - 1]);
                into.set(
                        field.getJsonName(),
                        field.isRepeated() ? JSON.createArrayNode().add(value(field)) : value(field));
            }
        }
        throw new AssertionError("cannot create one in " + parent);
    }

    private static FieldDescriptor field(Descriptor message, String jsonName) {
        return message.getFields().stream()
                .filter(field -> field.getJsonName().equals(jsonName))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE ->
                field.getMessageType().getName().equals("Duration")
                        ? JSON.getNodeFactory().textNode("3600s")
                        : JSON.createObjectNode();
            case STRING -> JSON.getNodeFactory().textNode("x");
            default -> JSON.getNodeFactory().numberNode(1);
        };
    }

    // What an authority finds in a dump.
    static int findings(String dump) throws IOException {
        JobAuditor authority = JobAuditor.authority();
        int findings = 0;
        try (JobLines lines = new JobLines(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)))) {
            while (lines.hasNext()) {
                findings +=
                        authority.observe(lines.next().job().get()).violations().size();
            }
        }
        return findings;
    }
}
