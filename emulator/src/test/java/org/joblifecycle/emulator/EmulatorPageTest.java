package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.TuningDataset;
import com.google.genai.types.TuningJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

// The examples of the page on the emulator.
class EmulatorPageTest {
    // guide: emulator-test
    @Test
    void aTuningJobSucceeds() throws IOException {
        Instant noon = Instant.parse("2026-05-01T12:00:00Z");
        try (VertexEmulator emulator =
                        VertexEmulator.configure().manualClock(noon).start();
                Client client = client(emulator.restUrl())) {
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
    void theFileOfThePageCanBeRead() throws IOException {
        String page = Files.readString(Path.of("../docs/emulator.md"));
        Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
        assertTrue(yaml.find());
        ScenarioFile file = ScenarioFile.read(yaml.group(1)).get();
        assertEquals(2, file.scenarios().size());
        assertEquals(4, file.faults().size());
    }
}
