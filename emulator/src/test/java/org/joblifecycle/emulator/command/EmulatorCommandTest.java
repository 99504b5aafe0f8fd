package org.joblifecycle.emulator.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// The command as a process, as people start it.
class EmulatorCommandTest {
    private static final String CUSTOM =
            "{\"displayName\":\"d\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":\"1\"}]}}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorCommand.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }

    private static String send(String verb, String url, String body) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(verb, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    // Creates a job with an emulator of these options, and answers the dump after a minute.
    private String dump(String... options) throws Exception {
        Process process = start(options);
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String url = out.readLine().replaceFirst("REST +", "");
            assertTrue(out.readLine().startsWith("gRPC  127.0.0.1:"));
            send("POST", url + "/v1/projects/p/locations/l/customJobs", CUSTOM);
            send("POST", url + "/_emulator/clock:advance", "{\"by\":\"1m\"}");
            return send("GET", url + "/_emulator/dump", "");
        } finally {
            process.destroy();
        }
    }

    @Test
    void whatTheOptionsSayIsDone() throws Exception {
        Files.writeString(
                folder.resolve("scenarios.yaml"),
                "scenarios: [{steps: [ENQUEUE, {after: 1s..30s, event: FAIL, error: {code: 8}}]}]");
        Files.writeString(
                folder.resolve("jobs.jsonl"),
                "{\"name\":\"projects/p/locations/l/customJobs/7\",\"state\":\"JOB_STATE_QUEUED\"}\n");
        String[] options = {
            "--port=0", "--grpc-port=0", "--scenarios=scenarios.yaml", "--load=jobs.jsonl", "--seed=5", "--clock=manual"
        };
        String dump = dump(options);
        List<String> lines = dump.lines().toList();
        assertEquals(3, lines.size(), dump);
        assertTrue(lines.get(0).contains("customJobs/7\""), dump);
        assertTrue(lines.get(2).contains("JOB_STATE_FAILED") && lines.get(2).contains("\"code\":8"), dump);

        options[4] = "--seed=6";
        assertFalse(
                name(lines.get(1)).equals(name(dump(options).lines().toList().get(1))), "another seed");
    }

    private static String name(String line) {
        return line.replaceFirst(".*(customJobs/[0-9]+).*", "$1");
    }

    @Test
    void aClockIsSixtyTimesAsFast() throws Exception {
        Process process = start("--port=0", "--grpc-port=0", "--clock=60x");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String url = out.readLine().replaceFirst("REST +", "");
            send("POST", url + "/v1/projects/p/locations/l/customJobs", CUSTOM);
            String jobs = "";
            for (int i = 0; i < 200 && !jobs.contains("JOB_STATE_SUCCEEDED"); i++) {
                Thread.sleep(100);
                jobs = send("GET", url + "/_emulator/jobs", "");
            }
            assertTrue(
                    jobs.contains("JOB_STATE_SUCCEEDED"), jobs); // in half a second, where the default is half a minute
        } finally {
            process.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--clock=soon | --clock soon: expected real, manual, or a multiple such as 60x",
                "--clock=0x | --clock 0x: expected",
                "--seed=x | Invalid value for option '--seed'",
                "--scenarios=none.yaml | job-lifecycle emulator: none.yaml: there is no such file",
                "--load=none.jsonl | job-lifecycle emulator: none.jsonl: there is no such file",
                "--scenarios=bad.yaml | scenario scenarios[0]: step 1: START cannot happen",
                "--load=bad.yaml | job-lifecycle emulator: bad.yaml: line 1: ",
                "--load=binary | job-lifecycle emulator: binary: not UTF-8",
                "--host=none.invalid | job-lifecycle emulator: none.invalid",
                "--what | Unknown option: '--what'",
            })
    void whatIsWrongIsSaid(String option, String expected) throws Exception {
        Files.writeString(folder.resolve("bad.yaml"), "scenarios: [{steps: [START]}]");
        Files.write(folder.resolve("binary"), new byte[] {'{', (byte) 0xFF});
        assertRefused(expected, "--port=0", "--grpc-port=0", option);
    }

    private void assertRefused(String expected, String... options) throws Exception {
        Process process = start(options);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(2, process.waitFor(), err);
        assertTrue(err.contains(expected), err);
        assertFalse(err.contains("\tat "), err);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(
                    "cannot listen on port %d for REST: Address already in use".formatted(port),
                    "--grpc-port=0",
                    "--port=" + port);
            assertRefused("cannot listen on port %d for gRPC: ".formatted(port), "--port=0", "--grpc-port=" + port);
        }
    }
}
