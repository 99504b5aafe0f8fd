package com.example.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Sends the requests of the README, in their order, and compares the answers. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:readme",
            "spring.test.observability.auto-configure=true",
            "spring.test.metrics.export=true"
        })
class ReadmeTest {
    private static final Pattern CALL = Pattern.compile("(?ms)^```console\n\\$ (curl .*?)\n(.*?)^```$");
    private static final String STORED_AT = "(?<=\"recordedAt\":)\"[^\"]*\"";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** Noon, and a minute later each time it is asked. */
    @TestConfiguration(proxyBeanMethods = false)
    static class MinuteByMinute {
        private final AtomicInteger minutes = new AtomicInteger();

        @Bean
        @Primary
        InstantSource steps() {
            return () -> Instant.parse("2026-05-01T12:00:00Z").plusSeconds(60L * minutes.getAndIncrement());
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @Test
    void eachRequestIsAnsweredAsThePageSays() throws Exception {
        List<MatchResult> calls =
                CALL.matcher(Files.readString(Path.of("README.md"))).results().toList();
        for (MatchResult call : calls) {
            HttpResponse<String> answer = client.send(request(call.group(1)), HttpResponse.BodyHandlers.ofString());
            if (call.group(1).contains(" | grep ")) {
                assertTrue(answer.body().contains(call.group(2)), answer.body());
            } else {
                assertAnswer(call.group(1), call.group(2), answer);
            }
        }
        assertEquals(16, calls.size());
    }

    private HttpRequest request(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.replaceFirst(" \\| .*", ""));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder();
        String method = null;
        String body = null;
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-i" -> {}
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    request.header(header[0], header[1]);
                }
                default -> request.uri(URI.create("http://" + words.get(i).replace("8080", "" + port)));
            }
        }
        return request.method(
                        method != null ? method : body == null ? "GET" : "POST",
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void assertAnswer(String command, String expected, HttpResponse<String> answer) throws Exception {
        String[] parts = expected.split("\n\n", 2);
        String[] head = parts[0].strip().split("\n");
        assertEquals("HTTP/1.1 " + answer.statusCode(), head[0], command + "\n" + answer.body());
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ", 2);
            assertEquals(header[1], answer.headers().firstValue(header[0]).orElse(null), command);
        }
        if (parts.length > 1) {
            JSONAssert.assertEquals(command, parts[1], answer.body().replaceAll(STORED_AT, "\"...\""), true);
        }
    }
}
