package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// The calls that tests and the page make of the emulator itself.
class AdminApiTest extends RestFixture {
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

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9020", "127.0.0.1", "[::1]:9020", "emulator:9020", "host.docker.internal"})
    void aHostThatNobodyCanHaveInTheInternetIsServed(String host) throws Exception {
        assertEquals("HTTP/1.1 200 OK", raw("GET /_emulator/clock HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:9020", "127.0.0.1.evil.example", "localhost.evil.example", ""})
    void aForeignHostIsRefused(String host) throws Exception {
        for (String path : List.of("clock", "events")) {
            assertEquals(
                    "HTTP/1.1 403 Forbidden",
                    raw("GET /_emulator/" + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        }
    }

    @Test
    void someJobsAreReset() throws Exception {
        String train = create();
        String other = ok("POST", PARENT + "customJobs", CUSTOM.replace("\"d\"", "\"other\""))
                .path("name")
                .asText();
        ok("POST", "/_emulator/reset", "{\"kind\":\"CustomJob\",\"displayName\":\"ot*\"}");
        error(404, "GET", "/v1/" + other, "");
        ok("GET", "/v1/" + train, "");
        assertTrue(emulator.requests().size() > 2, "the journal stays");

        emulator.reset(Match.ALL.displayName("d"));
        error(404, "GET", "/v1/" + train, "");
        assertTrue(error(400, "POST", "/_emulator/reset", "{\"name\":\"x\"}")
                .path("message")
                .asText()
                .startsWith("the jobs: unknown key name: expected one of kind, displayName"));
    }

    @Test
    void aResetForgetsOperationsToo() throws Exception {
        String name = create();
        emulator.advance(Duration.ofMinutes(1));
        String operation = ok("DELETE", "/v1/" + name, "").path("name").asText();
        ok("GET", "/v1/" + operation, "");
        ok("POST", "/_emulator/reset", "");
        error(404, "GET", "/v1/" + operation, "");
    }

    @Test
    void faultsAreAddedAndRemoved() throws Exception {
        ok("POST", "/_emulator/faults", "faults: [{on: list, answer: UNAVAILABLE}]");
        ok("POST", "/_emulator/faults", "{\"faults\": [{\"on\": \"get\", \"answer\": \"ABORTED\"}]}");
        String name = create();
        error(503, "GET", PARENT + "customJobs", "");
        error(409, "GET", "/v1/" + name, "");
        ok("DELETE", "/_emulator/faults", "");
        ok("GET", PARENT + "customJobs", "");

        assertTrue(error(400, "POST", "/_emulator/faults", "scenarios: [{steps: [ENQUEUE]}]")
                .path("message")
                .asText()
                .contains("PUT scenarios"));
        assertTrue(error(400, "POST", "/_emulator/faults", "faults: [{answer: OK}]")
                .path("message")
                .asText()
                .startsWith("faults[0].answer"));
    }

    @Test
    void callsAreFoundByWhatTheyWere() throws Exception {
        String name = create();
        ok("GET", "/v1/" + name, "");
        ok("GET", "/v1beta1/" + name, "");
        error(404, "GET", "/v1/" + name + "7", "");
        assertEquals(1, calls("method=JobService.CreateCustomJob"));
        assertEquals(3, calls("method=JobService.GetCustomJob"));
        assertEquals(2, calls("method=JobService.GetCustomJob&version=v1"));
        assertEquals(1, calls("code=NOT_FOUND"));
        assertEquals(2, calls("name=" + name));
        assertEquals(2, calls("limit=2"));
        JsonNode last = ok("GET", "/_emulator/requests?limit=1", "").at("/requests/0");
        assertEquals(name + "7", last.at("/request/name").asText());
        assertEquals(NOON.toString(), last.path("time").asText());
        assertEquals(
                "jobs: expected method, version, code, name or limit",
                error(400, "GET", "/_emulator/requests?jobs=1", "")
                        .path("message")
                        .asText());
        error(400, "GET", "/_emulator/requests?limit=some", "");
    }

    private int calls(String query) throws Exception {
        return ok("GET", "/_emulator/requests?" + query, "").path("requests").size();
    }

    @Test
    void jobsAreTheNewestFirst() throws Exception {
        String first = create();
        String second = create();
        JsonNode jobs = ok("GET", "/_emulator/jobs?limit=1", "");
        assertEquals(second, jobs.at("/jobs/0/name").asText());
        assertEquals(1, jobs.path("jobs").size());
        assertEquals(2, jobs.path("total").asInt());
        assertEquals(first, ok("GET", "/_emulator/jobs", "").at("/jobs/1/name").asText());
    }

    // Its JSON has jobState, and status in place of error.
    @Test
    void aNotebookJobIsShownAsAnyOther() throws Exception {
        String name = create(JobKind.NOTEBOOK_EXECUTION_JOB, "d").path("name").asText();
        assertEquals(
                "JOB_STATE_PENDING",
                ok("GET", "/_emulator/jobs", "").at("/jobs/0/state").asText());
        JsonNode failed = ok(
                "POST",
                "/_emulator/jobs/" + name + ":fire",
                "{\"event\":\"FAIL\",\"error\":{\"code\":8,\"message\":\"m\"}}");
        assertEquals("FAILED", failed.path("state").asText());
        assertEquals("8 (RESOURCE_EXHAUSTED) m", failed.path("error").asText());
        assertEquals("JOB_STATE_FAILED", failed.at("/job/jobState").asText());
        assertEquals("m", failed.at("/job/status/message").asText());
        String jobs = PARENT + "notebookExecutionJobs?filter=";
        assertEquals(
                1,
                ok("GET", jobs + "state%3DJOB_STATE_FAILED", "")
                        .path("notebookExecutionJobs")
                        .size());
        assertEquals(
                0,
                ok("GET", jobs + "job_state%3DJOB_STATE_QUEUED", "")
                        .path("notebookExecutionJobs")
                        .size());
        emulator.add(Fault.onAll().state("JOB_STATE_ARCHIVED"));
        assertEquals(
                "JOB_STATE_ARCHIVED",
                ok("GET", "/v1/" + name, "").path("jobState").asText());
    }

    @Test
    void theGraphIsThatOfTheLifecycle() throws Exception {
        JsonNode graph = ok("GET", "/_emulator/graph", "");
        assertEquals(JobState.values().length, graph.path("states").size());
        assertEquals(JobTransition.values().length, graph.path("transitions").size());
    }

    @Test
    void whatHappensIsSentAsItHappens() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.restUrl() + "/_emulator/events"))
                .build();
        try (InputStream in = HTTP.send(request, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            JsonNode before = message(lines);
            assertEquals(0, before.path("change").asLong());

            String name = create();
            JsonNode created = message(lines, "/jobs/0/state", "JOB_STATE_PENDING");
            assertEquals(name, created.at("/jobs/0/name").asText());
            assertEquals("CustomJob", created.at("/jobs/0/kind").asText());
            assertEquals("d", created.at("/jobs/0/displayName").asText());

            emulator.advance(Duration.ofMinutes(1));
            message(lines, "/jobs/0/state", "JOB_STATE_SUCCEEDED");
            assertEquals(
                    NOON.plusSeconds(60).toString(), message(lines).path("time").asText());
            emulator.reset();
            message(lines, "/areRemoved", "true");
        }
    }

    private static JsonNode message(BufferedReader lines) throws IOException {
        String data = lines.readLine();
        assertEquals("", lines.readLine());
        return JSON.readTree(data.substring("data: ".length()));
    }

    private static JsonNode message(BufferedReader lines, String path, String expected) throws IOException {
        JsonNode message = message(lines);
        while (!message.at(path).asText().equals(expected)) {
            message = message(lines);
        }
        return message;
    }

    @Test
    void thePageLoadsNothingFromElsewhere() throws Exception {
        var page = send("GET", "/", "");
        assertEquals(
                "text/html; charset=UTF-8",
                page.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
                page.headers().firstValue("Content-Security-Policy").orElseThrow());
        for (String file : List.of("/page.css", "/page.js", "/graph.js", "/icon.svg")) {
            assertEquals(200, send("GET", file, "").statusCode(), file);
        }
        error(404, "GET", "/other.js", "");
        HttpResponse<String> head = send("HEAD", "/", "");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
    }

    @Test
    void anOperationTakesTime() throws Exception {
        String name = create();
        emulator.advance(Duration.ofMinutes(1));
        emulator.add(Fault.onAll().operation(Duration.ofSeconds(30)).times(1));
        JsonNode begun = ok("DELETE", "/v1/" + name, "");
        assertEquals(false, begun.has("done") || begun.has("response"));
        String operation = begun.path("name").asText();
        emulator.advance(Duration.ofSeconds(29));
        assertEquals(begun, ok("GET", "/v1/" + operation, ""));
        emulator.advance(Duration.ofSeconds(1));
        JsonNode done = ok("GET", "/v1/" + operation, "");
        assertTrue(done.path("done").asBoolean());
        assertEquals(
                NOON.plusSeconds(60).toString(),
                done.at("/metadata/genericMetadata/createTime").asText());
        assertEquals(
                "type.googleapis.com/google.protobuf.Empty",
                done.at("/response/@type").asText());
        assertEquals(done, ok("GET", PARENT + "operations", "").at("/operations/0"));
    }

    @Test
    void aFaultHappensWithItsProbability() throws Exception {
        emulator.add(Fault.onAll().answer(Code.UNAVAILABLE).probability(0.25));
        int failed = 0;
        for (int i = 0; i < 400; i++) {
            failed += send("GET", PARENT + "customJobs", "").statusCode() == 503 ? 1 : 0;
        }
        assertTrue(failed > 60 && failed < 140, failed + " of 400"); // always the same: the seed is 0
    }
}
