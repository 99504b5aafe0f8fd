package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

// The REST API as no client of Google's calls it, and the calls of tests.
class RestTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String PARENT = "/v1/projects/p/locations/l/";
    private static final String CUSTOM =
            "{\"displayName\":\"d\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":\"1\"}]}}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private VertexEmulator emulator;

    @BeforeEach
    void start() throws IOException {
        emulator = VertexEmulator.configure().manualClock(NOON).start();
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    private HttpResponse<String> send(String verb, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(emulator.restUrl() + path))
                .method(verb, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode ok(String verb, String path, String body) throws Exception {
        HttpResponse<String> response = send(verb, path, body);
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private JsonNode error(int status, String verb, String path, String body) throws Exception {
        HttpResponse<String> response = send(verb, path, body);
        assertEquals(status, response.statusCode(), response.body());
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertEquals(status, error.path("code").asInt());
        return error;
    }

    private String create() throws Exception {
        return ok("POST", PARENT + "customJobs", CUSTOM).path("name").asText();
    }

    @Test
    void unknownFieldsAreKeptAndThoseOfTheServiceAreNot() throws Exception {
        JsonNode job = ok(
                "POST",
                PARENT + "customJobs",
                "{\"display_name\":\"d\",\"state\":\"JOB_STATE_SUCCEEDED\",\"unknownField\":{\"a\":[1]},\"labels\":{},"
                        + "\"jobSpec\":{\"worker_pool_specs\":[{\"replicaCount\":\"1\"}]},\"endTime\":null}");
        assertEquals("JOB_STATE_PENDING", job.path("state").asText());
        assertEquals("d", job.path("displayName").asText());
        assertEquals("{\"a\":[1]}", job.path("unknownField").toString());
        assertEquals("1", job.at("/jobSpec/workerPoolSpecs/0/replicaCount").asText());
        assertEquals(false, job.has("endTime") || job.has("display_name"));
    }

    @Test
    void allThatIsWrongWithAJobIsSaid() throws Exception {
        JsonNode error = error(400, "POST", PARENT + "customJobs", "{\"jobSpec\":{}}");
        assertEquals("INVALID_ARGUMENT", error.path("status").asText());
        Set<String> fields = new TreeSet<>();
        error.at("/details/0/fieldViolations")
                .forEach(fault -> fields.add(fault.path("field").asText()));
        assertEquals(Set.of("customJob.displayName", "customJob.jobSpec.workerPoolSpecs"), fields);
        assertEquals(
                "type.googleapis.com/google.rpc.BadRequest",
                error.at("/details/0/@type").asText());
    }

    @ParameterizedTest
    @EnumSource
    void aJobOfEachKindIsCreatedReadListedAndDeleted(JobKind kind) throws Exception {
        String parent = PARENT + kind.collection();
        String tuning = "{\"baseModel\":\"m\",\"supervisedTuningSpec\":{\"trainingDatasetUri\":\"gs://b/t\"}}";
        JsonNode created = create(parent, kind == JobKind.TUNING_JOB ? tuning : "{}");
        String name = created.path("name").asText();
        assertEquals(name, ok("GET", "/v1beta1/" + name, "").path("name").asText());
        assertEquals(
                name,
                ok("GET", parent, "")
                        .path(kind.collection())
                        .path(0)
                        .path("name")
                        .asText());
        emulator.advance(Duration.ofMinutes(1));
        if (kind != JobKind.TUNING_JOB) { // has no method for it
            JsonNode operation = ok("DELETE", "/v1/" + name, "{}");
            assertEquals(true, operation.path("done").asBoolean());
            assertEquals(operation, ok("GET", "/v1/" + operation.path("name").asText(), ""));
            error(404, "GET", "/v1/" + name, "");
        }
    }

    // Most kinds answer the job, and some an operation that has it. What is required of a message is added until it is.
    private JsonNode create(String parent, String first) throws Exception {
        ObjectNode request = (ObjectNode) JSON.readTree(first);
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
                for (int j = 1; j < path.length - 1; j++) {
                    JsonNode next = into.get(path[j]);
                    into = next != null && next.isArray() ? (ObjectNode) next.get(0) : into.withObject("/" + path[j]);
                }
                into.put(path[path.length - 1], "x");
            }
        }
        throw new AssertionError("cannot create one in " + parent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"x\"", "{\"a\":}", "nul", "\u0000"})
    void aBodyThatIsNoObjectIsRefused(String body) throws Exception {
        assertTrue(error(400, "POST", PARENT + "customJobs", body)
                .path("message")
                .asText()
                .startsWith("The body is no JSON"));
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() throws Exception {
        error(400, "POST", PARENT + "customJobs", "[".repeat(100_000));
        error(400, "POST", PARENT + "customJobs", "{\"a\":\"" + "x".repeat(10 << 20) + "\"}");
        create();
    }

    @Test
    void anotherPathOrVerbIsNotThere() throws Exception {
        error(404, "GET", "/v1/projects/p/locations/l/models", "");
        error(404, "GET", "/v2/projects/p/locations/l/customJobs", "");
        error(501, "PUT", PARENT + "customJobs", "{}");
        error(404, "GET", PARENT + "customJobs/7", "");
        error(400, "GET", PARENT + "customJobs?pageSize=x", "");
        error(400, "GET", PARENT + "customJobs?pageSize=-1", "");
        error(400, "GET", PARENT + "customJobs?pageToken=x", "");
        error(404, "GET", PARENT + "operations/7", "");
    }

    @Test
    void aMaskSaysWhichFieldsAreListed() throws Exception {
        String name = create();
        assertEquals(
                JSON.readTree("{\"customJobs\":[{\"name\":\"" + name + "\",\"displayName\":\"d\"}]}"),
                ok("GET", PARENT + "customJobs?readMask=name,display_name&alt=json", ""));
    }

    @Test
    void aMonitoringJobIsUpdatedPausedAndResumed() throws Exception {
        JsonNode created = create(PARENT + "modelDeploymentMonitoringJobs", "{}");
        String name = "/v1/" + created.path("name").asText();
        error(400, "POST", name + ":pause", "{}");
        emulator.advance(Duration.ofSeconds(10));
        assertEquals("JOB_STATE_RUNNING", ok("GET", name, "").path("state").asText());

        ok("POST", name + ":pause", "{}");
        assertEquals("JOB_STATE_PAUSED", ok("GET", name, "").path("state").asText());
        ok("POST", name + ":resume", "{}");
        assertEquals("JOB_STATE_RUNNING", ok("GET", name, "").path("state").asText());
        JsonNode operation = ok("PATCH", name + "?updateMask=display_name", "{\"displayName\":\"new\"}");
        assertEquals("new", operation.at("/response/displayName").asText());
        assertEquals("new", ok("GET", name, "").path("displayName").asText());
    }

    // Faults

    @Test
    void aFaultHappensAsOftenAsItSays() throws Exception {
        String name = create();
        emulator.add(Fault.on(Action.GET).answer(Code.UNAVAILABLE).times(2));
        assertEquals(
                "UNAVAILABLE",
                error(503, "GET", "/v1/" + name, "").path("status").asText());
        ok("GET", PARENT + "customJobs", "");
        error(503, "GET", "/v1/" + name, "");
        ok("GET", "/v1/" + name, "");
        assertEquals(
                List.of("OK", "UNAVAILABLE", "OK", "UNAVAILABLE", "OK"),
                emulator.requests().map(request -> request.code().name()).asJava());
    }

    @Test
    void aConnectionIsDropped() throws Exception {
        emulator.add(Fault.onAll().drop().times(1));
        assertThrows(IOException.class, () -> send("POST", PARENT + "customJobs", CUSTOM)); // a GET would be sent again
        ok("GET", PARENT + "customJobs", "");
    }

    @Test
    void anAnswerIsOld() throws Exception {
        String name = create();
        emulator.advance(Duration.ofSeconds(10));
        emulator.add(Fault.onAll().stale(Duration.ofSeconds(9)).times(2));
        assertEquals(
                "JOB_STATE_QUEUED", ok("GET", "/v1/" + name, "").path("state").asText());
        assertEquals(
                "JOB_STATE_QUEUED",
                ok("GET", PARENT + "customJobs", "").at("/customJobs/0/state").asText());
        assertEquals(
                "JOB_STATE_RUNNING", ok("GET", "/v1/" + name, "").path("state").asText());
    }

    // The calls of tests

    @Test
    void testsFireEventsAndMoveTheClock() throws Exception {
        String name = create();
        JsonNode fired = ok(
                "POST",
                "/_emulator/jobs/" + name + ":fire",
                "{\"event\":\"FAIL\",\"error\":{\"code\":8,\"message\":\"m\"}}");
        assertEquals("JOB_STATE_FAILED", fired.at("/job/state").asText());
        assertEquals("m", fired.at("/job/error/message").asText());
        assertEquals("[]", fired.path("permittedEvents").toString());
        assertTrue(error(400, "POST", "/_emulator/jobs/" + name + ":fire", "{\"event\":\"START\"}")
                .path("message")
                .asText()
                .contains("FAILED is terminal"));
        error(400, "POST", "/_emulator/jobs/" + name + ":fire", "{\"event\":\"EXPLODE\"}");
        error(404, "POST", "/_emulator/jobs/" + name + "7:fire", "{\"event\":\"START\"}");

        assertEquals(
                NOON.plusSeconds(90).toString(),
                ok("POST", "/_emulator/clock:advance", "{\"by\":\"90s\"}")
                        .path("time")
                        .asText());
        error(400, "POST", "/_emulator/clock:advance", "{\"by\":\"soon\"}");
    }

    @Test
    void aStepWaitsForAJobThatIsPausedMeanwhile() throws Exception {
        String name = create();
        emulator.advance(Duration.ofSeconds(6));
        ok("POST", "/_emulator/jobs/" + name + ":fire", "{\"event\":\"PAUSE\"}");
        emulator.advance(Duration.ofMinutes(1));
        assertEquals(
                "JOB_STATE_PAUSED", ok("GET", "/v1/" + name, "").path("state").asText());
        ok("POST", "/_emulator/jobs/" + name + ":fire", "{\"event\":\"START\"}");
        assertEquals(
                "JOB_STATE_SUCCEEDED",
                ok("GET", "/v1/" + name, "").path("state").asText());
    }

    @Test
    void aDumpIsLoaded() throws Exception {
        String name = create();
        emulator.advance(Duration.ofSeconds(10));
        String dump = send("GET", "/_emulator/dump", "").body();
        assertEquals(emulator.dump(), dump);
        ok("POST", "/_emulator/reset", "");
        error(404, "GET", "/v1/" + name, "");

        ok("POST", "/_emulator/load", dump);
        assertEquals(dump, emulator.dump());
        assertTrue(error(400, "POST", "/_emulator/load", dump + "{\"name\":\"x\"}\n")
                .path("message")
                .asText()
                .startsWith("line 5: "));
        assertEquals(dump, emulator.dump());
    }

    @Test
    void scenariosAreReplaced() throws Exception {
        ok(
                "PUT",
                "/_emulator/scenarios",
                "scenarios: [{steps: [ENQUEUE, {after: 1s, event: FAIL, error: {code: 8}}]}]");
        String name = create();
        emulator.advance(Duration.ofSeconds(1));
        assertEquals(
                "JOB_STATE_FAILED", ok("GET", "/v1/" + name, "").path("state").asText());
        assertTrue(error(400, "PUT", "/_emulator/scenarios", "scenarios: [{steps: [START]}]")
                .path("message")
                .asText()
                .contains("START cannot happen"));
    }

    @Test
    void pagesOfOthersCannotCallTheEmulator() throws Exception {
        assertEquals(
                403,
                send("POST", "/_emulator/reset", "", "Origin", "http://example.com")
                        .statusCode());
        assertEquals(
                200,
                send("POST", "/_emulator/reset", "", "Origin", emulator.restUrl())
                        .statusCode());
        assertEquals(
                "HTTP/1.1 403 Forbidden",
                raw("POST /_emulator/reset HTTP/1.1\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(
                "HTTP/1.1 200 OK",
                raw("POST /_emulator/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"));
    }

    private String raw(String request) throws IOException {
        URI url = URI.create(emulator.restUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(22), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void brokenConnectionsDoNotStopIt() throws Exception {
        URI url = URI.create(emulator.restUrl());
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket socket = new Socket(url.getHost(), url.getPort());
            socket.getOutputStream().write("POST /v1/x HTTP/1.1\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
            open.add(socket);
        }
        create();
        for (Socket socket : open) {
            socket.close();
        }
        create();
    }

    @Test
    void aJobThatIsCancelledBeforeItStartsCannotSucceed() throws Exception {
        emulator.close();
        emulator = VertexEmulator.configure()
                .manualClock(NOON)
                .scenarios(Scenario.of(
                                "late",
                                Match.ALL,
                                Steps.first(JobEvent.ENQUEUE).after(Duration.ofSeconds(5), JobEvent.START))
                        .onCancel(Steps.none().after(Duration.ofSeconds(2), JobEvent.SUCCEED)))
                .start();
        String early = create();
        ok("POST", "/v1/" + early + ":cancel", "{}");
        emulator.advance(Duration.ofSeconds(3));
        assertEquals(
                "JOB_STATE_CANCELLED",
                ok("GET", "/v1/" + early, "").path("state").asText());

        String late = create();
        emulator.advance(Duration.ofSeconds(5));
        ok("POST", "/v1/" + late + ":cancel", "{}");
        emulator.advance(Duration.ofSeconds(3));
        assertEquals(
                "JOB_STATE_SUCCEEDED",
                ok("GET", "/v1/" + late, "").path("state").asText());
    }
}
