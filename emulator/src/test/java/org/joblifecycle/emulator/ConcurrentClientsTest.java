package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentClientsTest extends RestFixture {
    private static final int THREADS = 8;
    private static final int ROUNDS = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private void concurrently(Work work) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            all.add(threads.submit(() -> {
                work.run(thread);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(2, TimeUnit.MINUTES);
        }
    }

    @Test
    void noUpdateIsLost() throws Exception {
        String name = create(JobKind.MODEL_DEPLOYMENT_MONITORING_JOB, "d")
                .path("name")
                .asText();
        emulator.advance(Duration.ofSeconds(10));
        concurrently(thread -> {
            for (int i = 0; i < 50; i++) {
                String key = "t" + thread + "-" + i;
                ok("PATCH", "/v1/" + name + "?updateMask=labels." + key, "{\"labels\":{\"" + key + "\":\"x\"}}");
            }
        });
        assertEquals(THREADS * 50, ok("GET", "/v1/" + name, "").path("labels").size());
        assertEquals(0, findings(emulator.dump()));
    }

    @Test
    void oneOfManyCancellationsCountsAndOneDeletionToo() throws Exception {
        for (int i = 0; i < 50; i++) {
            String name = create();
            List<Integer> cancelled = new ArrayList<>();
            concurrently(thread -> {
                int status = send("POST", "/v1/" + name + ":cancel", "{}").statusCode();
                synchronized (cancelled) {
                    cancelled.add(status);
                }
            });
            assertEquals(List.of(200), cancelled.stream().distinct().toList());
            assertEquals(
                    1, emulator.history(name).count(job -> job.state().name().equals("CANCELLING")));
            emulator.advance(Duration.ofSeconds(2));
            List<Integer> deleted = new ArrayList<>();
            concurrently(thread -> {
                int status = send("DELETE", "/v1/" + name, "").statusCode();
                synchronized (deleted) {
                    deleted.add(status);
                }
            });
            assertEquals(1, deleted.stream().filter(status -> status == 200).count());
            assertEquals(
                    THREADS - 1,
                    deleted.stream().filter(status -> status == 404).count());
        }
    }

    @Test
    void whateverManyDoAtOnceTheLifecycleHolds() throws Exception {
        concurrently(thread -> {
            Random random = new Random(thread);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                names.add(create(List.of(JobKind.values()).get(random.nextInt(8)), "thread " + thread)
                        .path("name")
                        .asText());
                String name = names.get(random.nextInt(names.size()));
                HttpResponse<String> answer = switch (random.nextInt(8)) {
                    case 0 -> send("POST", "/v1/" + name + ":cancel", "{}");
                    case 1 -> send("DELETE", "/v1/" + name, "");
                    case 2 -> send("POST", "/v1/" + name + ":pause", "{}");
                    case 3 -> send("POST", "/_emulator/clock:advance", "{\"by\":\"1s\"}");
                    case 4 -> send("GET", PARENT + "customJobs?pageSize=5&filter=state!%3DJOB_STATE_FAILED", "");
                    case 5 -> send("GET", "/_emulator/jobs?limit=20", "");
                    case 6 ->
                        send(
                                "POST",
                                "/_emulator/jobs/" + name + ":fire",
                                "{\"event\":\""
                                        + List.of(JobEvent.values()).get(random.nextInt(JobEvent.values().length))
                                        + "\"}");
                    default -> send("GET", "/v1/" + name, "");
                };
                assertTrue(answer.statusCode() < 500 || answer.statusCode() == 501, answer::body);
                if (i % 100 == 99) {
                    emulator.reset(Match.ALL.displayName("thread " + (thread + 1) % THREADS));
                }
            }
        });
        assertEquals(0, findings(emulator.dump()));
        long listed = 0;
        for (JobKind kind : JobKind.values()) {
            String token = "";
            do {
                JsonNode page = ok("GET", PARENT + kind.collection() + "?pageSize=50&pageToken=" + token, "");
                listed += page.path(kind.collection()).size();
                token = page.path("nextPageToken").asText();
            } while (!token.isEmpty());
        }
        assertEquals(emulator.jobs().size(), listed);
    }
}
