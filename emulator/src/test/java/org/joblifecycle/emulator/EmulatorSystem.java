package org.joblifecycle.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

// An emulator as the conformance suite calls it, over HTTP.
final class EmulatorSystem implements JobSystem {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final VertexEmulator emulator;
    private final JobKind kind;
    private final String request;

    EmulatorSystem(VertexEmulator emulator, JobKind kind, String request) {
        this.emulator = emulator;
        this.kind = kind;
        this.request = request;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.EVENT_DRIVEN,
                Capability.CONCURRENT,
                Capability.NAMES_BROKEN_RULE,
                Capability.GIVEN_ERROR,
                Capability.LISTS,
                Capability.KEEPS_TUNING_JOBS,
                Capability.KEEPS_UNKNOWN_FIELDS,
                Capability.GOES_ON_BY_ITSELF);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return HTTP.send(request.uri(URI.create(emulator.restUrl() + path)).build(), BodyHandlers.ofString());
    }

    @Override
    public JobSnapshot submit(String name, Instant now) throws Exception {
        return JobJson.read(submit(request)).get();
    }

    @Override
    public TuningJob submit(String name, TuningJob request, Instant now) throws Exception {
        return TuningJobJson.read(submit(TuningJobJson.write(request))).get();
    }

    private String submit(String request) throws Exception {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(request)),
                "/v1/projects/p/locations/l/" + kind.collection());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    @Override
    public @Nullable TuningJob readTuningJob(String name) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder().GET(), "/v1/" + name);
        return answer.statusCode() == 200 ? TuningJobJson.read(answer.body()).get() : null;
    }

    @Override
    public @Nullable JobSnapshot read(String name) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder().GET(), "/v1/" + name);
        return answer.statusCode() == 200 ? JobJson.read(answer.body()).get() : null;
    }

    @Override
    public Iterable<JobSnapshot> list() throws Exception {
        List<JobSnapshot> all = new ArrayList<>();
        String token = "";
        do {
            String path = "/v1/projects/p/locations/l/" + kind.collection() + "?pageSize=100&pageToken=" + token;
            JsonNode page =
                    JSON.readTree(send(HttpRequest.newBuilder().GET(), path).body());
            page.path(kind.collection())
                    .forEach(job -> all.add(JobJson.read(job.toString()).get()));
            token = page.path("nextPageToken").asText();
        } while (!token.isEmpty());
        return all;
    }

    @Override
    public void advance(Duration time) throws Exception {
        String body = JSON.createObjectNode().put("by", time.toMillis() + "ms").toString();
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), "/_emulator/clock:advance");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) throws Exception {
        ObjectNode request = JSON.createObjectNode().put("event", event.name());
        if (error != null) {
            request.putObject("error").put("code", error.code()).put("message", error.message());
        }
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(request.toString())),
                "/_emulator/jobs/" + known.name() + ":fire");
        if (answer.statusCode() == 200) {
            return Answer.accepted();
        }
        List<Rule> rules = new ArrayList<>();
        JSON.readTree(answer.body())
                .at("/error/details/0/violations")
                .forEach(violation ->
                        rules.add(Rule.of(violation.path("type").asText()).get()));
        return Answer.refused(rules);
    }
}
