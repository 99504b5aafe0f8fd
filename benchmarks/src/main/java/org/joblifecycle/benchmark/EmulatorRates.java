package org.joblifecycle.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.joblifecycle.emulator.VertexEmulator;

/**
 * The emulator: how long it takes to start, to let jobs live by its manual clock, and to answer, beside a server of the same kind
 * that answers the same bytes without a thought; and the memory of a job that has ended.
 */
public final class EmulatorRates implements AutoCloseable {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String JOBS = "/v1/projects/p/locations/us-central1/customJobs";
    private static final String JOB = "{\"displayName\":\"job %d\",\"labels\":{\"team\":\"ml\"},"
            + "\"jobSpec\":{\"workerPoolSpecs\":[{\"machineSpec\":{\"machineType\":\"n1-standard-4\"},"
            + "\"replicaCount\":\"1\",\"containerSpec\":{\"imageUri\":\"gcr.io/p/train:1\"}}]}}";
    private static final int STARTS = 5;
    private static final int COLLECTIONS = 5;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MICROSECOND = 1e3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer constant;

    EmulatorRates() throws IOException {
        constant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        constant.setExecutor(threads);
        constant.start();
    }

    /**
     * Prints all of it.
     *
     * @param args how many jobs, how many rounds of requests, and how many requests a round, such as {@code 100000 9 1000}
     */
    public static void main(String... args) throws Exception {
        printStart("started in this process, the first time", startHere());
        printStart("started in this process, again", startHere());
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(startProcess());
        }
        printStart("as a process, to its first answer", median(starts));
        try (EmulatorRates rates = new EmulatorRates();
                VertexEmulator emulator =
                        VertexEmulator.configure().manualClock(NOON).start()) {
            rates.live(emulator, Integer.parseInt(args[0]));
            rates.answer(emulator, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        }
    }

    private static void printStart(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%7.2f s   %s%n", seconds, what);
    }

    /** What is timed. */
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_A_SECOND;
    }

    private static double median(List<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double startHere() throws IOException {
        long start = System.nanoTime();
        try (VertexEmulator emulator = VertexEmulator.start()) {
            double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
            emulator.reset();
            return seconds;
        }
    }

    private static double startProcess() throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.joblifecycle.emulator.command.EmulatorCommand",
                        "--port=0",
                        "--grpc-port=0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String first = out.readLine();
            HttpRequest request = HttpRequest.newBuilder(URI.create(first.replaceFirst("REST +", "") + JOBS))
                    .build();
            HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            return (System.nanoTime() - start) / NANOS_A_SECOND;
        } finally {
            process.destroy();
        }
    }

    private String send(String url, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!body.isEmpty()) {
            request.POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body());
        }
        return response.body();
    }

    /** Lets jobs go from their creation to their end. */
    private void live(VertexEmulator emulator, int number) throws Exception {
        send(emulator.restUrl() + JOBS, JOB.formatted(-1)); // classes are loaded
        emulator.advance(Duration.ofMinutes(1));
        long before = used();
        double created = seconds(() -> {
            for (int i = 0; i < number; i++) {
                send(emulator.restUrl() + JOBS, JOB.formatted(i));
            }
        });
        double lived = seconds(() -> emulator.advance(Duration.ofMinutes(1)));
        long bytes = (used() - before) / number;
        int events = emulator.history(emulator.jobs().last()).size() - 1;
        int json =
                send(emulator.restUrl() + "/v1/" + emulator.jobs().last(), "").length();
        System.out.printf(Locale.ROOT, "%7.2f s   %,d jobs created over REST%n", created, number);
        System.out.printf(Locale.ROOT, "%7.2f s   their %d events each, by the manual clock%n", lived, events);
        System.out.printf(
                Locale.ROOT,
                "%7d B   memory a job with its history and its call in the journal; its JSON has %d B%n",
                bytes,
                json);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void answer(VertexEmulator emulator, int rounds, int requests) throws Exception {
        String get = "/v1/" + emulator.jobs().get(emulator.jobs().size() / 2);
        answer("get", emulator.restUrl() + get, rounds, requests);
        answer("list, 100 a page", emulator.restUrl() + JOBS + "?pageSize=100", rounds, requests);
        answer(
                "list with a filter, 100 of 100",
                emulator.restUrl() + JOBS + "?pageSize=100&filter=state%3D%22JOB_STATE_SUCCEEDED%22",
                rounds,
                requests);
    }

    /** Both in turn, in rounds, so that a slow minute is slow for both. */
    private void answer(String what, String url, int rounds, int requests) throws Exception {
        byte[] bytes = send(url, "").getBytes(UTF_8);
        constant.createContext("/constant", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        String other = "http://127.0.0.1:" + constant.getAddress().getPort() + "/constant";
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double our = seconds(() -> repeat(url, requests));
            double their = seconds(() -> repeat(other, requests));
            if (round > 0) { // the first warms up
                ours.add(our);
                theirs.add(their);
            }
        }
        constant.removeContext("/constant");
        double scale = NANOS_A_SECOND / NANOS_A_MICROSECOND / requests;
        System.out.printf(
                Locale.ROOT,
                "%7.0f us  %s: %.1f times the %.0f us of a server that answers the same %d B%n",
                median(ours) * scale,
                what,
                median(ours) / median(theirs),
                median(theirs) * scale,
                bytes.length);
    }

    private void repeat(String url, int requests) throws IOException, InterruptedException {
        for (int i = 0; i < requests; i++) {
            send(url, "");
        }
    }

    @Override
    public void close() {
        constant.stop(0);
        threads.shutdown();
    }
}
