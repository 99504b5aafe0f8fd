package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;

// Findings where a job wrote them, and where it has to write them.
public final class Findings {
    private static final Pattern PLACE = Pattern.compile("\\{\"file\":\"[^\"]*\",\"line\":(\\d+),");

    private Findings() {}

    // The lines in the complete files of a folder, which may not be there yet.
    public static List<String> inFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                lines.addAll(Files.readAllLines(each));
            }
        }
        return lines;
    }

    // The messages of a topic that a reader gets, at least so many.
    static List<String> inTopic(KafkaBroker broker, String topic, boolean committedOnly, int atLeast, Duration within) {
        return broker.read(topic, committedOnly, atLeast, within).stream()
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    // The findings in a file, as they are if each line of it was sent to one of these places.
    static List<String> moved(List<String> findings, List<RecordMetadata> places) {
        return findings.stream()
                .map(finding -> {
                    Matcher matcher = PLACE.matcher(finding);
                    if (!matcher.lookingAt()) {
                        throw new IllegalArgumentException(finding);
                    }
                    RecordMetadata place = places.get(Integer.parseInt(matcher.group(1)) - 1);
                    return "{\"topic\":\"" + place.topic() + "\",\"partition\":" + place.partition() + ",\"offset\":"
                            + place.offset() + "," + finding.substring(matcher.end());
                })
                .toList();
    }

    // The same lines, in any order, each as often.
    static void assertSame(List<String> expected, List<String> found) {
        if (!Check.sorted(expected).equals(Check.sorted(found))) {
            throw new AssertionError(found.size() + " findings, expected " + expected.size() + "; missing "
                    + without(expected, found) + "\ntoo many " + without(found, expected));
        }
    }

    private static String without(List<String> all, List<String> others) {
        Map<String, Integer> counts = new HashMap<>();
        others.forEach(line -> counts.merge(line, 1, Integer::sum));
        List<String> rest = all.stream()
                .filter(line -> counts.merge(line, -1, Integer::sum) < 0)
                .toList();
        return rest.size() + ", such as\n" + String.join("\n", rest.subList(0, Math.min(10, rest.size())));
    }
}
