package org.joblifecycle.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

// An emulator as the conformance suite calls it: jobs are created and read over HTTP.
final class EmulatorSystem implements JobSystem {
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
                Capability.EVENT_DRIVEN, Capability.CONCURRENT, Capability.NAMES_BROKEN_RULE, Capability.GIVEN_ERROR);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return HTTP.send(
                request.uri(URI.create(emulator.restUrl() + "/v1/" + path)).build(), BodyHandlers.ofString());
    }

    @Override
    public JobSnapshot submit(String name, Instant now) throws Exception {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(request)),
                "projects/p/locations/l/" + kind.collection());
        return JobJson.read(answer.body()).get();
    }

    @Override
    public @Nullable JobSnapshot read(String name) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder().GET(), name);
        return answer.statusCode() == 200 ? JobJson.read(answer.body()).get() : null;
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
        try {
            return Answer.of(emulator.fire(known.name(), event, error));
        } catch (NoSuchElementException e) {
            return Answer.refused();
        }
    }
}
