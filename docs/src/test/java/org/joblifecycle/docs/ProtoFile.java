package org.joblifecycle.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One of Google's API definitions: its declarations, and their comments. */
final class ProtoFile {
    private static final Pattern BLOCK = Pattern.compile("(?:message|enum|service|rpc) (\\w+).*");
    private static final Pattern ONEOF = Pattern.compile("oneof (\\w+) \\{");
    private static final Pattern FIELD = Pattern.compile("(?:.* )?(\\w+) = \\d+.*");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\[[^\\]]*\\]");

    private final String text;
    private final Map<String, String> declarations = new HashMap<>();
    private final Map<String, String> comments = new HashMap<>();
    private final Map<String, Set<String>> oneofs = new HashMap<>();

    /** The blocks around the current line; one that is not part of a path has an empty name, a {@code oneof} too. */
    private final Deque<String> around = new ArrayDeque<>();

    /** The path of the {@code oneof} around the current line; empty if there is none. */
    private String oneof = "";

    private ProtoFile(String text) {
        this.text = text;
        String comment = "";
        String statement = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("//")) {
                comment += line.substring(2) + " ";
                continue;
            }
            statement += STRING.matcher(line).replaceAll("\"\"") + " ";
            if (line.isEmpty() || line.endsWith(";") || line.endsWith("{") || line.endsWith("}")) {
                read(statement.strip(), comment);
                comment = "";
                statement = "";
            }
        }
    }

    private void read(String statement, String comment) {
        Matcher block = BLOCK.matcher(statement);
        Matcher union = ONEOF.matcher(statement);
        Matcher field = FIELD.matcher(statement);
        String name = block.matches() ? block.group(1) : "";
        if (!name.isEmpty()) {
            document(path(name), statement, comment);
        } else if (union.matches()) {
            oneof = path(union.group(1));
            oneofs.put(oneof, new LinkedHashSet<>());
            document(oneof, statement, comment);
        } else if (field.matches()) {
            document(path(field.group(1)), statement, comment);
            oneofs.computeIfPresent(oneof, (path, fields) -> {
                fields.add(field.group(1));
                return fields;
            });
        } else if (statement.equals("}")) {
            oneof = "";
        }
        statement.chars().forEach(c -> {
            if (c == '{') {
                around.addLast(name);
            } else if (c == '}') {
                around.removeLast();
            }
        });
    }

    private void document(String path, String declaration, String comment) {
        declarations.put(path, declaration);
        comments.put(
                path,
                LINK.matcher(comment).replaceAll("$1").replaceAll("\\s+", " ").strip());
    }

    private String path(String name) {
        return around.stream()
                        .filter(block -> !block.isEmpty())
                        .map(block -> block + ".")
                        .collect(Collectors.joining())
                + name;
    }

    /**
     * Reads a definition from the class path.
     *
     * @param file below {@code google/cloud/aiplatform}, such as {@code v1/job_state.proto}
     */
    static ProtoFile of(String file) throws IOException {
        try (InputStream in = ProtoFile.class.getResourceAsStream("/google/cloud/aiplatform/" + file)) {
            assertNotNull(in, file);
            return new ProtoFile(new String(in.readAllBytes(), UTF_8));
        }
    }

    String text() {
        return text;
    }

    /** The declaration of an element, such as {@code JobState state = 6} for {@code TuningJob.state}; empty if none. */
    String declaration(String element) {
        return declarations.getOrDefault(element, "");
    }

    /** The names of the fields of a oneof, such as {@code TuningJob.tuning_spec}; empty if there is none. */
    Set<String> oneof(String element) {
        return oneofs.getOrDefault(element, Set.of());
    }

    /** The names of the fields that a message declares, wherever in the file it is. */
    Set<String> fields(String message) {
        Pattern field = Pattern.compile("(?:\\w+\\.)*" + message + "\\.(\\w+)");
        return declarations.entrySet().stream()
                .filter(declaration -> FIELD.matcher(declaration.getValue()).matches())
                .map(declaration -> field.matcher(declaration.getKey()))
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
    }

    /** The comment of an element, on one line and without links; empty if there is none. */
    String comment(String element) {
        return comments.getOrDefault(element, "");
    }
}
