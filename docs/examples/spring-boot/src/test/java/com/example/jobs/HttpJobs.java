package com.example.jobs;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Rule;

/** The application over HTTP, as the conformance suite calls it. */
class HttpJobs implements JobSystem {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String jobs;

    /** The ETag of each job as it was read. */
    private final Map<JobSnapshot, String> tags = new ConcurrentHashMap<>();

    HttpJobs(int port) {
        this.jobs = "http://localhost:" + port + "/jobs";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.UPDATE_DRIVEN,
                Capability.EVENT_DRIVEN,
                Capability.COMPARE_AND_SET,
                Capability.NAMES_BROKEN_RULE,
                Capability.CONCURRENT,
                Capability.GIVEN_ERROR,
                Capability.LISTS);
    }

    @Override
    public ChronoUnit precision() {
        return ChronoUnit.MICROS;
    }

    @Override
    public JobSnapshot submit(String name, Instant now) throws Exception {
        HttpResponse<String> answer = send("POST", "", null, "{\"name\":\"" + id(name) + "\"}");
        return answer.statusCode() == 201 ? job(answer) : null;
    }

    @Override
    public JobSnapshot read(String name) throws Exception {
        HttpResponse<String> answer = send("GET", path(name), null, null);
        return answer.statusCode() == 404 ? null : job(answer);
    }

    @Override
    public Iterable<JobSnapshot> list() throws Exception {
        List<JobSnapshot> all = new ArrayList<>();
        List<JobSnapshot> page = page("");
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page("&after=" + encoded(page.get(page.size() - 1).name()));
        }
        return all;
    }

    private List<JobSnapshot> page(String after) throws Exception {
        byte[] body = send("GET", "?limit=1000" + after, null, null).body().getBytes(StandardCharsets.UTF_8);
        List<JobSnapshot> page = new ArrayList<>();
        new JobLines(new ByteArrayInputStream(body), JobKind.CUSTOM_JOB)
                .forEachRemaining(line -> page.add(line.job().get()));
        return page;
    }

    @Override
    public Answer offer(JobSnapshot known, JobSnapshot proposed) throws Exception {
        return answer(send("PUT", path(known.name()), tag(known), JobJson.write(proposed, JobKind.CUSTOM_JOB)));
    }

    @Override
    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) throws Exception {
        String body = "{\"event\":\"" + event + "\"" + (error == null ? "" : ",\"error\":" + json(error)) + "}";
        return answer(send("POST", path(known.name()) + "/events", tag(known), body));
    }

    private static String json(JobError error) {
        String failed = JobJson.write(JobSnapshot.of("x", JobState.FAILED).withError(error));
        return failed.substring(failed.indexOf("{\"code\""), failed.length() - 1);
    }

    private Answer answer(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> Answer.accepted();
            case 404, 412 -> Answer.refused();
            // The suite proposes a job without its name, too. Such a job is not even read.
            case 400 -> Answer.refused(nameIsMissing(answer) ? List.of(Rule.NAME_CHANGED) : List.of());
            case 409 ->
                Answer.refused(JsonPath.<List<String>>read(answer.body(), "$.violations[*].rule").stream()
                        .map(id -> Arrays.stream(Rule.values())
                                .filter(rule -> rule.id().equals(id))
                                .findFirst()
                                .orElseThrow())
                        .toList());
            default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
        };
    }

    private static boolean nameIsMissing(HttpResponse<String> answer) {
        return JsonPath.read(answer.body(), "$.reason").equals("name-missing");
    }

    private String tag(JobSnapshot known) {
        return tags.getOrDefault(known, "\"0\"");
    }

    private JobSnapshot job(HttpResponse<String> answer) {
        JobSnapshot job = JobJson.read(answer.body(), JobKind.CUSTOM_JOB).get();
        tags.put(job, answer.headers().firstValue("ETag").orElseThrow());
        return job;
    }

    /** The names of the application are one segment of a path. */
    private static String id(String name) {
        return name.replace('/', '.');
    }

    private static String path(String name) {
        return "/" + encoded(id(name));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<String> send(String method, String path, String match, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jobs + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (match != null) {
            request.header("If-Match", match);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
