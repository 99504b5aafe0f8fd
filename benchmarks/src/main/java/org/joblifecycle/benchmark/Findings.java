package org.joblifecycle.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.json.Unreadable;

/** The findings that {@code job-lifecycle check --format json} prints. */
final class Findings {
    private static final Set<String> UNREADABLE = Arrays.stream(Unreadable.Reason.values())
            .map(Unreadable.Reason::id)
            .collect(Collectors.toUnmodifiableSet());

    private final Tally tally = new Tally();
    private final Set<Long> unreadableLines = new HashSet<>();

    private Findings() {}

    static Findings read(Path printed) throws IOException {
        Findings findings = new Findings();
        try (JsonParser parser = new JsonFactory().createParser(printed.toFile())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                findings.readOne(parser);
            }
        }
        return findings;
    }

    private void readOne(JsonParser parser) throws IOException {
        long line = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "line" -> line = parser.getLongValue();
                case "rule" -> add(line, parser.getText());
                case "summary" -> readSummary(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void add(long line, String rule) {
        tally.add(rule, 1);
        if (UNREADABLE.contains(rule)) {
            unreadableLines.add(line);
        }
    }

    private void readSummary(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (key.equals(Tally.JOBS) || key.equals(Tally.SNAPSHOTS)) {
                tally.add(key, parser.getLongValue());
            }
        }
    }

    Tally tally() {
        return tally;
    }

    Set<Long> unreadableLines() {
        return unreadableLines;
    }
}
