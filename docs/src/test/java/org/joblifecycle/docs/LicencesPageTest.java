package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joblifecycle.docs.DependencyTree.Direct;
import org.junit.jupiter.api.Test;

/** Compares the page with what two Maven plugins write in the folder of each module: its dependencies, and their licences. */
class LicencesPageTest {
    private static final Pattern LICENCES = Pattern.compile("(?m)^ +((?:\\([^()]*\\) )+).*\\(([^ ()]+) - .*\\)$");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern NOT_IN_JOB =
            Pattern.compile("<artifactSet>\\s*<excludes>(.*?)</excludes>", Pattern.DOTALL);
    private static final String OURS = "org.joblifecycle:";

    /** How a user gets an artifact. */
    private enum Way {
        REQUIRED("comes with it"),
        OPTIONAL("optional"),
        PROVIDED("provided");

        private final String text;

        Way(String text) {
            this.text = text;
        }
    }

    @Test
    void thePageListsWhatEachPublishedModuleNeedsUnderWhichLicence() throws IOException {
        Modules modules = Modules.read();
        StringBuilder text = new StringBuilder();
        for (String module : modules.names()) {
            if (!Set.of("benchmarks", "docs").contains(module)) {
                Map<String, String> licences = licences(module);
                text.append("### " + module + "\n\n").append(Markdown.heading("", "licence", "artifacts"));
                dependencies(module, modules)
                        .forEach((way, artifacts) -> byLicence(artifacts, licences)
                                .forEach((licence, cell) -> text.append(Markdown.row(way.text, licence, cell))));
                text.append('\n');
            }
        }
        text.append("### The job jar of flink\n\n").append(Markdown.heading("licence", "artifacts"));
        byLicence(inJobJar(dependencies("flink", modules)), licences("flink"))
                .forEach((licence, cell) -> text.append(Markdown.row(licence, cell)));
        Repository.assertHoldsBetweenMarkers("docs/licences.md", text.toString());
    }

    /** The names of artifacts with their versions. What comes in two ways is in the first of them. */
    private static Map<Way, SortedMap<String, String>> dependencies(String module, Modules modules) throws IOException {
        DependencyTree tree = DependencyTree.parse(written(module, "tree.txt"));
        Set<String> optional = modules.optional(module);
        SortedMap<String, String> reached = new TreeMap<>();
        Map<Way, SortedMap<String, String>> dependencies = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            SortedMap<String, String> before = new TreeMap<>(reached);
            for (Direct direct : tree.direct()) {
                if (!direct.scope().equals("test") && way == way(direct, optional)) {
                    tree.addReachable(direct.id(), reached);
                }
            }
            SortedMap<String, String> added = new TreeMap<>(reached);
            added.keySet().removeAll(before.keySet());
            added.keySet().removeIf(name -> name.startsWith(OURS));
            dependencies.put(way, added);
        }
        return dependencies;
    }

    private static Way way(Direct direct, Set<String> optional) {
        if (direct.scope().equals("provided")) {
            return Way.PROVIDED;
        }
        return optional.contains(direct.id().replaceFirst(":jar$", "")) ? Way.OPTIONAL : Way.REQUIRED;
    }

    private static SortedMap<String, String> inJobJar(Map<Way, SortedMap<String, String>> dependencies)
            throws IOException {
        List<String> excluded = NOT_IN_JOB
                .matcher(Repository.read("flink/pom.xml"))
                .results()
                .flatMap(set -> Pattern.compile(">([^<>*\\s]+)\\*?<")
                        .matcher(set.group(1))
                        .results())
                .map(match -> match.group(1))
                .toList();
        assertTrue(excluded.contains("org.jspecify:"), () -> "not found in flink/pom.xml: " + excluded);
        SortedMap<String, String> artifacts = new TreeMap<>();
        dependencies.forEach((way, some) -> artifacts.putAll(way == Way.PROVIDED ? Map.of() : some));
        artifacts.keySet().removeIf(name -> excluded.stream().anyMatch(name::startsWith));
        return artifacts;
    }

    private static SortedMap<String, String> byLicence(
            SortedMap<String, String> artifacts, Map<String, String> licences) {
        SortedMap<String, String> cells = new TreeMap<>();
        artifacts.forEach((name, version) -> cells.merge(
                licences.getOrDefault(name + ":" + version, "?"),
                "`" + name + "` " + version,
                (some, more) -> some + ", " + more));
        assertEquals(null, cells.get("?"), "without a licence");
        return cells;
    }

    /** The licences of artifacts. Who gets one under several licences selects one of them. */
    private static Map<String, String> licences(String module) throws IOException {
        Map<String, String> licences = new HashMap<>();
        LICENCES.matcher(written(module, "THIRD-PARTY.txt"))
                .results()
                .forEach(line -> licences.put(
                        line.group(2),
                        IN_BRACKETS
                                .matcher(line.group(1))
                                .results()
                                .map((MatchResult licence) -> licence.group(1))
                                .sorted()
                                .collect(Collectors.joining(" or "))));
        return licences;
    }

    private static String written(String module, String name) throws IOException {
        Path file = Repository.TOP.resolve(module).resolve("target/licences").resolve(name);
        assertTrue(Files.exists(file), file + " is missing: run ./mvnw test -pl docs -am");
        return Files.readString(file);
    }
}
