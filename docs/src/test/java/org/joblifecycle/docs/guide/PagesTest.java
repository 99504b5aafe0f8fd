package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joblifecycle.docs.guide.Page.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\|(?:.*\\R)(?:\\|.*\\R?)+");
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern OURS = Pattern.compile(
            "<artifactId>job-lifecycle-[a-z-]+</artifactId>\\s*<version>(\\d[^<]*)<|\\bjob-lifecycle-[a-z-]+-(\\d[0-9A-Z.-]*)[-.][a-z]");
    private static final Pattern VERSION = Pattern.compile("<version>(\\d[^<]*)</version>");

    private final Regions regions = Regions.read();

    @ParameterizedTest
    @MethodSource("org.joblifecycle.docs.guide.Page#all")
    void aPageQuotesTheCodeAndItsOutput(Page page) {
        Page expected = page.withBlocks(this::content).withGenerated(Outputs::of);
        expected.update();

        assertEquals(
                expected.text(),
                Page.read(page.file()).text(),
                page.file() + " does not say what the code says: run with -Dupdate.docs");
    }

    private String content(Block block) {
        return block.language().equals("java") ? regions.text(block.name()) : Outputs.of(block.name());
    }

    @ParameterizedTest
    @MethodSource("org.joblifecycle.docs.guide.Page#all")
    void everyJavaExampleIsCompiledAndRun(Page page) {
        for (Block block : page.blocks()) {
            if (block.language().equals("java")) {
                assertNotNull(
                        block.name(), () -> page.file() + " has an example that nothing compiles: " + block.text());
            }
        }
    }

    @Test
    void everyCompiledExampleIsOnAPage() {
        Set<String> quoted = Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("java"))
                .map(Block::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(regions.names(), quoted);
    }

    @ParameterizedTest
    @MethodSource("org.joblifecycle.docs.guide.Page#all")
    void everyLinkHasATarget(Page page) {
        LINK.matcher(page.text()).results().forEach(link -> {
            Path target = link.group(1).isEmpty()
                    ? page.file()
                    : page.file().resolveSibling(link.group(1)).normalize();
            assertTrue(Files.exists(target), page.file() + " links to " + link.group());
            if (link.group(2) != null) {
                assertTrue(anchors(target).contains(link.group(2)), page.file() + " links to " + link.group());
            }
        });
    }

    private static Set<String> anchors(Path file) {
        return HEADING.matcher(Page.read(file).prose())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("org.joblifecycle.docs.guide.Page#all")
    void theRowsOfATableHaveTheCellsOfItsHeading(Page page) {
        TABLE.matcher(page.prose()).results().map(MatchResult::group).forEach(table -> {
            List<String> rows = table.lines().toList();
            for (String row : rows) {
                assertEquals(cells(rows.get(0)), cells(row), page + ": " + row);
            }
        });
    }

    private static long cells(String row) {
        return BAR.matcher(row).results().count();
    }

    /** Only the README has the version of the BOM, and a jar has its own in its name: ./set-version finds these. */
    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        String version = property("<artifactId>job-lifecycle-parent</artifactId>\\s*<version>");
        Map<String, Set<String>> named = new TreeMap<>();
        for (Page page : Page.all()) {
            OURS.matcher(page.text())
                    .results()
                    .forEach(match -> named.computeIfAbsent(
                                    Page.ROOT.relativize(page.file()).toString(), file -> new TreeSet<>())
                            .add(match.group(1) == null ? "jar " + match.group(2) : "bom " + match.group(1)));
        }
        assertEquals(Map.of("README.md", Set.of("bom " + version), "docs/flink.md", Set.of("jar " + version)), named);
    }

    @Test
    void theOtherVersionsThatATestNeedsAreThoseOfTheBuild() throws IOException {
        Set<String> versions = VERSION.matcher(
                        Page.read(Page.ROOT.resolve("docs/test-kit.md")).text())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        property("<junit.version>"),
                        property("<artifactId>maven-surefire-plugin</artifactId>\\s*<version>")),
                versions);
    }

    /** What follows the first of these in the parent pom. */
    private static String property(String before) throws IOException {
        return Files.readString(Page.ROOT.resolve("pom.xml")).replaceAll("(?s).*?" + before + "(.*?)<.*", "$1");
    }
}
