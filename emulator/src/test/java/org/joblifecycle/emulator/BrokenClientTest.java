package org.joblifecycle.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Clients that do not keep to the protocol: they get an answer in Google's form or a closed connection, and the
// emulator goes on.
class BrokenClientTest extends RestFixture {
    private Socket connect() throws IOException {
        URI url = URI.create(emulator.restUrl());
        return new Socket(url.getHost(), url.getPort());
    }

    // What comes back until the connection is closed; half an answer is an answer too.
    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (SocketException e) {
            answer.append("(reset)");
        }
        return answer.toString();
    }

    private String answer(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return answer(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "GET /v1/x",
                "POST /v1/projects/p/locations/l/customJobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"display",
                "POST /v1/projects/p/locations/l/customJobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/projects/p/locations/l/customJobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            })
    void halfARequestIsRefusedOrCutOff(String request) throws Exception {
        String answer = answer(request);
        assertFalse(answer.contains("\tat "), answer);
        assertFalse(answer.contains(" 200 "), answer);
        create();
    }

    @Test
    void aFloodOfHeadersIsCutOff() throws Exception {
        StringBuilder request = new StringBuilder("GET /v1/x HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 100_000; i++) {
            request.append("X-").append(i).append(": ").append("x".repeat(100)).append("\r\n");
        }
        String answer;
        try {
            answer = answer(request.append("\r\n").toString());
        } catch (SocketException e) {
            answer = "(reset while it was sent)";
        }
        assertFalse(answer.contains("\tat ") || answer.contains(" 200 "), answer);
        create();
    }

    @Test
    void jsonOfManyLevelsIsRefused() throws Exception {
        for (String open : List.of("[", "{\"a\":")) {
            JsonNode error = error(400, "POST", PARENT + "customJobs", open.repeat(100_000));
            assertEquals("INVALID_ARGUMENT", error.path("status").asText());
        }
        JsonNode filter = error(400, "GET", PARENT + "customJobs?filter=" + "%28".repeat(1_000), "");
        assertTrue(filter.path("message").asText().contains("levels"), filter.toString());
        error(400, "PUT", "/_emulator/scenarios", "[".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "?"})
    void theContentTypeDoesNotMatter(String type) throws Exception {
        assertEquals(
                200,
                send("POST", PARENT + "customJobs", CUSTOM, "Content-Type", type)
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/p/locations/l/tuningJobs/%s",
                "/v1/projects/other/locations/l/customJobs/%s",
                "/v1/projects/p/locations/l/customJobs/%s/x",
                "/v1/projects/p/locations/l/customJobs/..%%2F%s",
                "/v1/projects/p/locations//customJobs/%s",
                "/v2/projects/p/locations/l/customJobs/%s",
            })
    void anIdOfSomethingElseIsNotFound(String path) throws Exception {
        String name = create();
        error(404, "GET", path.formatted(name.substring(name.lastIndexOf('/') + 1)), "");
    }

    // The tests give a client ten seconds, by a property of the JDK's server.
    @Test
    void aClientThatIsTooSlowIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /v1/x HTTP/1.1\r\nHo".getBytes(US_ASCII));
            socket.setSoTimeout(60_000);
            assertEquals(-1, socket.getInputStream().read());
        }
        create();
    }

    @Test
    void tenThousandConnectionsThatAreLeftDoNotStopIt() throws Exception {
        create();
        int most = connections();
        long before = usedMemory();
        List<Socket> left = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                Socket socket = connect();
                left.add(socket);
                if (i % 50 == 0) {
                    OutputStream out = socket.getOutputStream();
                    out.write("GET /v1/x HTTP/1.1\r\nHo".getBytes(US_ASCII));
                }
            }
            create();
        } finally {
            for (Socket socket : left) {
                socket.close();
            }
        }
        create();
        long more = 0;
        for (int i = 0; i < 100; i++) {
            more = usedMemory() - before;
            if (more < 20 << 20) {
                return;
            }
            Thread.sleep(100); // the server has still to see that they are closed
        }
        throw new AssertionError(more + " bytes are still used");
    }

    // Both ends of a connection are files of this process, which may have only so many.
    private static int connections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(
                        10_000, (system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - 500) / 2)
                : 1_000;
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
