package org.joblifecycle.emulator;

import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.joblifecycle.emulator.scenario.Delay;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobError;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final int JOBS = 50;
    private static final Scenario RANDOM = Scenario.of(
            "random",
            Match.ALL,
            Steps.first(ENQUEUE)
                    .after(Delay.parse("1s..30s"), START)
                    .choose(
                            Steps.likely(2, Steps.none().after(Delay.parse("1m..2m"), SUCCEED)),
                            Steps.likely(
                                    1, Steps.none().failAfter(Duration.ofSeconds(9), new JobError(8, "no memory")))));

    private static String dump(long seed, List<Integer> order) throws Exception {
        try (VertexEmulator emulator = VertexEmulator.configure()
                .manualClock(NOON)
                .seed(seed)
                .scenarios(RANDOM)
                .start()) {
            HttpClient http = HttpClient.newHttpClient();
            for (int i : order) {
                http.send(
                        HttpRequest.newBuilder(URI.create(emulator.restUrl() + "/v1/projects/p/locations/l/customJobs"))
                                .POST(BodyPublishers.ofString("{\"displayName\":\"job " + i
                                        + "\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":\"1\"}]}}"))
                                .build(),
                        BodyHandlers.ofString());
            }
            emulator.advance(Duration.ofMinutes(10));
            return emulator.dump();
        }
    }

    @Test
    void theSameSeedGivesTheSameJobsInWhateverOrderTheyAreCreated() throws Exception {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            order.add(i);
        }
        String first = dump(7, order);
        assertEquals(first, dump(7, order));

        Collections.shuffle(order, new Random(1));
        assertEquals(
                new TreeSet<>(first.lines().toList()),
                new TreeSet<>(dump(7, order).lines().toList()));
        assertNotEquals(first, dump(8, order));
    }
}
