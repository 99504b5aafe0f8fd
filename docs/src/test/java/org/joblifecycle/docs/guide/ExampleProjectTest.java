package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.joblifecycle.docs.guide.Page.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleProjectTest {
    /** The versions that a project has other than the build: see its README. */
    private static final Map<String, Set<String>> DIFFERENT_ON_PURPOSE = Map.of(
            "junit", Set.of("junit-bom", "spring-boot-dependencies"),
            "spring-boot", Set.of("spring-boot-dependencies", "spring-boot-maven-plugin"));

    private static final String BOM = "job-lifecycle-bom";
    private static final Pattern OURS = Pattern.compile("<artifactId>(job-lifecycle-[^<]*)</artifactId>");
    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>([^<]*)</artifactId>\\s*<version>([^<]*)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.-]+)>([^<]*)</\\1>");

    @ParameterizedTest
    @ValueSource(strings = {"downstream", "scheduler", "flink", "plain", "junit", "spring-boot"})
    void itsVersionsAreThoseOfTheBuild(String project) throws IOException {
        Map<String, String> versions = versions(pom(project));
        versions.remove(project);
        DIFFERENT_ON_PURPOSE.getOrDefault(project, Set.of()).forEach(versions::remove);
        Map<String, String> expected = versions(
                Page.ROOT.resolve("pom.xml"),
                Page.ROOT.resolve("flink/pom.xml"),
                Page.ROOT.resolve("benchmarks/pom.xml"));
        expected.put(BOM, expected.get("job-lifecycle-parent"));
        expected.keySet().retainAll(versions.keySet());

        assertEquals(expected, versions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"downstream", "scheduler", "flink", "plain", "junit", "spring-boot"})
    void theArtifactsItNeedsAreInstalledFirst(String project) throws IOException {
        String build = Files.readString(Page.ROOT.resolve("docs/pom.xml"));
        List<String> used = OURS.matcher(Files.readString(pom(project)))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertTrue(used.contains(BOM) && used.size() > 1, used::toString);
        for (String artifact : used) {
            String installed = "<extraArtifact>org.joblifecycle:" + artifact + ":${project.version}"
                    + (artifact.equals(BOM) ? ":pom" : "") + "</extraArtifact>";
            assertTrue(build.contains(installed), "docs/pom.xml lacks " + installed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"downstream", "plain", "junit"})
    void itsPageQuotesItsPom(String project) throws IOException {
        Path pomFile = pom(project);
        String pom = flat(Files.readString(pomFile));
        List<String> quotes = Page.read(pomFile.resolveSibling("README.md")).blocks().stream()
                .filter(block -> block.language().equals("xml"))
                .map(Block::text)
                .toList();

        assertFalse(quotes.isEmpty());
        for (String quote : quotes) {
            assertTrue(pom.contains(flat(quote)), "the pom does not say\n" + quote);
        }
    }

    @Test
    void theNewestJUnitThatTheSampleRunsWithIsTheOneOfTheBuild() throws IOException {
        String runs = Files.readString(pom("junit").resolveSibling("invoker.properties"));
        String newest = versions(Page.ROOT.resolve("pom.xml")).get("junit-bom");

        assertTrue(runs.contains("clean verify -Djunit.version=" + newest + "\n"), runs);
    }

    private static Path pom(String project) {
        return Page.ROOT.resolve("docs/examples").resolve(project).resolve("pom.xml");
    }

    private static Map<String, String> versions(Path... poms) throws IOException {
        String text = "";
        for (Path pom : poms) {
            text += Files.readString(pom).replaceAll("(?s)<!--.*?-->", "");
        }
        Map<String, String> properties = new TreeMap<>();
        PROPERTY.matcher(text).results().forEach(match -> properties.put(match.group(1), match.group(2)));
        Map<String, String> versions = new TreeMap<>();
        ARTIFACT.matcher(text).results().forEach(match -> {
            properties.putIfAbsent("project.version", match.group(2));
            String version = match.group(2);
            versions.put(
                    match.group(1),
                    version.startsWith("${") ? properties.get(version.substring(2, version.length() - 1)) : version);
        });
        return versions;
    }

    private static String flat(String xml) {
        return xml.replaceAll("(?m)^ +", "");
    }
}
