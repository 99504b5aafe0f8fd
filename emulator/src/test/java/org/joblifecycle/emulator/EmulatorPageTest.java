package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.TuningDataset;
import com.google.genai.types.TuningJob;
import com.google.rpc.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.junit.VertexEmulatorExtension;
import org.joblifecycle.emulator.scenario.Delay;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// The examples of the page on the emulator.
class EmulatorPageTest {
    // guide: emulator-test
    @RegisterExtension
    static final VertexEmulatorExtension EMULATOR =
            VertexEmulatorExtension.of(VertexEmulator.configure().manualClock(Instant.parse("2026-05-01T12:00:00Z")));

    @Test
    void aTuningJobSucceeds(VertexEmulator emulator) {
        try (Client client = client(emulator.restUrl())) {
            TuningJob job = client.tunings.tune(
                    "gemini-2.5-flash",
                    TuningDataset.builder().gcsUri("gs://bucket/train.jsonl").build(),
                    null);

            emulator.advance(Duration.ofMinutes(2));

            job = client.tunings.get(job.name().orElseThrow(), null);
            assertEquals("JOB_STATE_SUCCEEDED", job.state().orElseThrow().toString());
        }
    }

    private static Client client(String url) {
        return Client.builder()
                .vertexAI(true)
                .project("p")
                .location("us-central1")
                .credentials(GoogleCredentials.create(new AccessToken("none", null)))
                .httpOptions(HttpOptions.builder().baseUrl(url).apiVersion("v1").build())
                .build();
    }
    // end

    @Test
    void aJobOfAScenarioFailsBehindAnUnreliableService() throws IOException {
        // guide: emulator-scenario
        Scenario outOfMemory = Scenario.of(
                        "out of memory",
                        Match.ALL.kind(JobKind.TUNING_JOB).baseModel("gemini-*"),
                        Steps.first(JobEvent.ENQUEUE)
                                .after(Delay.parse("60s..90s"), JobEvent.START)
                                .choose(
                                        Steps.likely(7, Steps.none().after(Duration.ofMinutes(10), JobEvent.SUCCEED)),
                                        Steps.likely(
                                                3,
                                                Steps.none()
                                                        .failAfter(
                                                                Duration.ofSeconds(30), new JobError(8, "no memory")))))
                .onCancel(Steps.none().after(Duration.ofSeconds(90), JobEvent.CONFIRM_CANCEL));
        try (VertexEmulator emulator = VertexEmulator.configure()
                .manualClock(Instant.parse("2026-05-01T12:00:00Z"))
                .seed(42)
                .scenarios(outOfMemory)
                .start()) {
            emulator.add(Fault.on(Action.GET).answer(Code.UNAVAILABLE).times(2));
            // end
            try (Client client = client(emulator.restUrl())) {
                TuningJob job = client.tunings.tune(
                        "gemini-2.5-flash",
                        TuningDataset.builder()
                                .gcsUri("gs://bucket/train.jsonl")
                                .build(),
                        null);
                emulator.advance(Duration.ofMinutes(20));
                job = client.tunings.get(job.name().orElseThrow(), null);
                assertTrue(
                        job.state().orElseThrow().toString().matches("JOB_STATE_(SUCCEEDED|FAILED)"), job.toString());
                assertEquals(4, emulator.requests().size(), "two were answered with UNAVAILABLE");
            }
        }
    }

    @Test
    void theFileOfThePageCanBeRead() throws IOException {
        String page = Files.readString(Path.of("../docs/emulator.md"));
        Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
        assertTrue(yaml.find());
        ScenarioFile file = ScenarioFile.read(yaml.group(1)).get();
        assertEquals(2, file.scenarios().size());
        assertEquals(7, file.faults().size());
    }
}
