package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

    @Test
    void theCoordinatesAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
        String version =
                pom.replaceAll("(?s).*?<artifactId>job-lifecycle-parent</artifactId>\\s*<version>(.*?)<.*", "$1");
        String junit = pom.replaceAll("(?s).*?<junit.version>(.*?)<.*", "$1");
        String surefire =
                pom.replaceAll("(?s).*?<artifactId>maven-surefire-plugin</artifactId>\\s*<version>(.*?)<.*", "$1");

        assertEquals(Set.of(version), versions("README.md"));
        assertEquals(Set.of(version, junit, surefire), versions("docs/test-kit.md"));
        assertEquals(Set.of(version), versions("docs/spring-statemachine.md"));
        assertEquals(Set.of(version), versions("docs/storing-jobs.md"));
        assertEquals(Set.of(version), versions("docs/spring-boot.md"));
    }

    private static Set<String> versions(String file) {
        return VERSION.matcher(Page.read(Page.ROOT.resolve(file)).text())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
