package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobDestination;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.CancelBatchJobConfig;
import com.google.genai.types.CancelTuningJobConfig;
import com.google.genai.types.CreateBatchJobConfig;
import com.google.genai.types.CreateTuningJobConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListBatchJobsConfig;
import com.google.genai.types.ListTuningJobsConfig;
import com.google.genai.types.TuningDataset;
import com.google.genai.types.TuningJob;
import com.google.rpc.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.scenario.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

// com.google.genai:google-genai as its users call it.
@ParameterizedClass
@ValueSource(strings = {"v1", "v1beta1"})
class GenAiClientTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Parameter
    String version;

    private VertexEmulator emulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        emulator = VertexEmulator.configure().manualClock(NOON).start();
        client = Client.builder()
                .vertexAI(true)
                .project("p")
                .location("us-central1")
                .credentials(GoogleCredentials.create(new AccessToken("none", null)))
                .httpOptions(HttpOptions.builder()
                        .baseUrl(emulator.restUrl())
                        .apiVersion(version)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    private TuningJob tune(String displayName) {
        return client.tunings.tune(
                "gemini-2.5-flash",
                TuningDataset.builder().gcsUri("gs://bucket/train.jsonl").build(),
                CreateTuningJobConfig.builder()
                        .tunedModelDisplayName(displayName)
                        .epochCount(1)
                        .labels(Map.of("team", "ml"))
                        .build());
    }

    private String state(TuningJob job) {
        return client.tunings
                .get(job.name().orElseThrow(), null)
                .state()
                .orElseThrow()
                .toString();
    }

    @Test
    void aTuningJobRunsToItsEnd() {
        TuningJob created = tune("flash");
        assertEquals("JOB_STATE_PENDING", created.state().orElseThrow().toString());

        emulator.advance(Duration.ofMillis(200));
        assertEquals("JOB_STATE_QUEUED", state(created));
        emulator.advance(Duration.ofSeconds(1));
        assertEquals("JOB_STATE_PENDING", state(created));
        emulator.advance(Duration.ofSeconds(4));
        assertEquals("JOB_STATE_RUNNING", state(created));
        emulator.advance(Duration.ofSeconds(25));

        TuningJob succeeded = client.tunings.get(created.name().orElseThrow(), null);
        assertEquals("JOB_STATE_SUCCEEDED", succeeded.state().orElseThrow().toString());
        assertEquals(NOON, succeeded.createTime().orElseThrow());
        assertEquals(NOON.plusMillis(5200), succeeded.startTime().orElseThrow());
        assertEquals(NOON.plusMillis(30200), succeeded.endTime().orElseThrow());
        assertTrue(succeeded.tunedModel().orElseThrow().model().isPresent());
    }

    @Test
    void aTuningJobIsCancelled() {
        TuningJob created = tune("flash");
        client.tunings.cancel(
                created.name().orElseThrow(), CancelTuningJobConfig.builder().build());
        assertEquals("JOB_STATE_CANCELLING", state(created));
        client.tunings.cancel(
                created.name().orElseThrow(), CancelTuningJobConfig.builder().build());

        emulator.advance(Duration.ofSeconds(2));
        assertEquals("JOB_STATE_CANCELLED", state(created));
        ClientException refused = assertThrows(
                ClientException.class,
                () -> client.tunings.cancel(
                        created.name().orElseThrow(),
                        CancelTuningJobConfig.builder().build()));
        assertTrue(refused.getMessage().contains("FAILED_PRECONDITION"), refused.getMessage());
    }

    @Test
    void tuningJobsAreListedPageByPage() {
        for (String name : List.of("a", "b", "c")) {
            tune(name);
        }
        List<String> names = new ArrayList<>();
        for (TuningJob job : client.tunings.list(ListTuningJobsConfig.builder()
                .pageSize(1)
                .filter("state=\"JOB_STATE_PENDING\"")
                .build())) {
            names.add(job.tunedModelDisplayName().orElseThrow());
        }
        assertEquals(List.of("c", "b", "a"), names);
        assertEquals(
                0,
                client.tunings
                        .list(ListTuningJobsConfig.builder()
                                .filter("state=\"JOB_STATE_RUNNING\"")
                                .build())
                        .size());
    }

    @Test
    void whatIsWrongIsSaid() {
        ClientException missing = assertThrows(
                ClientException.class, () -> client.tunings.get("projects/p/locations/us-central1/tuningJobs/7", null));
        assertEquals(404, missing.code());
        ClientException filter = assertThrows(
                ClientException.class,
                () -> client.tunings.list(
                        ListTuningJobsConfig.builder().filter("colour=blue").build()));
        assertTrue(filter.getMessage().contains("colour"), filter.getMessage());
    }

    @Test
    void aStateThatTheClientDoesNotKnowIsPassedOn() {
        TuningJob created = tune("flash");
        BatchJob batch = createBatch("batch");
        emulator.add(Fault.onAll().state("JOB_STATE_ARCHIVED"));
        assertEquals("JOB_STATE_ARCHIVED", state(created));
        assertEquals(
                "JOB_STATE_ARCHIVED",
                client.batches
                        .get(batch.name().orElseThrow(), null)
                        .state()
                        .orElseThrow()
                        .toString());
        assertEquals(
                "JOB_STATE_ARCHIVED",
                client.tunings
                        .list(ListTuningJobsConfig.builder().build())
                        .iterator()
                        .next()
                        .state()
                        .orElseThrow()
                        .toString());
    }

    @Test
    void theClientTriesAgainWhenTheServiceIsUnavailable() {
        TuningJob created = tune("flash");
        emulator.add(Fault.on(Action.GET).answer(Code.UNAVAILABLE).times(2));
        assertEquals("JOB_STATE_PENDING", state(created));
        assertEquals(3, emulator.requests().count(call -> call.method().endsWith("GetTuningJob")));
    }

    @Test
    void batchJobsAreListedPageByPageAndCancelled() {
        BatchJob first = createBatch("first");
        BatchJob second = createBatch("second");
        List<String> names = new ArrayList<>();
        for (BatchJob job :
                client.batches.list(ListBatchJobsConfig.builder().pageSize(1).build())) {
            names.add(job.displayName().orElseThrow());
        }
        assertEquals(List.of("second", "first"), names);

        client.batches.cancel(
                first.name().orElseThrow(), CancelBatchJobConfig.builder().build());
        emulator.advance(Duration.ofSeconds(2));
        assertEquals(
                "JOB_STATE_CANCELLED",
                client.batches
                        .get(first.name().orElseThrow(), null)
                        .state()
                        .orElseThrow()
                        .toString());
        assertEquals(
                "JOB_STATE_PENDING",
                client.batches
                        .get(second.name().orElseThrow(), null)
                        .state()
                        .orElseThrow()
                        .toString());
    }

    private BatchJob createBatch(String displayName) {
        return client.batches.create(
                "gemini-2.5-flash",
                BatchJobSource.builder()
                        .format("jsonl")
                        .gcsUri(List.of("gs://bucket/in.jsonl"))
                        .build(),
                CreateBatchJobConfig.builder()
                        .displayName(displayName)
                        .dest(BatchJobDestination.builder()
                                .format("jsonl")
                                .gcsUri("gs://bucket/out")
                                .build())
                        .build());
    }

    @Test
    void aBatchJobRunsAndIsDeleted() {
        String name = createBatch("batch").name().orElseThrow();
        assertThrows(ClientException.class, () -> client.batches.delete(name, null));

        emulator.advance(Duration.ofMinutes(1));
        assertEquals(
                "JOB_STATE_SUCCEEDED",
                client.batches.get(name, null).state().orElseThrow().toString());
        client.batches.delete(name, null);
        assertThrows(ClientException.class, () -> client.batches.get(name, null));
    }
}
