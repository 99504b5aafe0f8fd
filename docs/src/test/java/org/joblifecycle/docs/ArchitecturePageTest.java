package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturePageTest {
    private static final String PAGE = "docs/architecture.md";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*(?:\\.[A-Z]\\w*)*");
    private static final Pattern MEMBER = Pattern.compile("(?:\\w+\\.)*([A-Z]\\w*)\\.(\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("org\\.joblifecycle(?:\\.[a-z]+)+");
    private static final Pattern OPTION = Pattern.compile("-D[a-z.]+");

    // As Diagram draws it.
    private static final String DASHED = "stroke:#0a7bd8,stroke-width:2px,stroke-dasharray:4 3";

    private static Sources sources;

    @BeforeAll
    static void readSources() throws IOException {
        sources = Sources.read();
    }

    @Test
    void thePictureShowsTheModulesOfThePoms() throws IOException {
        Modules modules = Modules.read();
        StringBuilder picture = new StringBuilder("```mermaid\nflowchart TB\n");
        List<String> dashed = new ArrayList<>();
        int arrows = 0;
        for (String module : modules.names()) {
            for (String needed : modules.arrows(module)) {
                picture.append("    " + module + (modules.isTestOnly(module) ? " -.-> " : " --> ") + needed + "\n");
                if (modules.isTestOnly(module)) {
                    dashed.add(Integer.toString(arrows));
                }
                arrows++;
            }
        }
        picture.append("    linkStyle " + String.join(",", dashed) + " " + DASHED + "\n");
        picture.append("```\n\nDashed: from a module that has tests only.\n\n");
        picture.append(Markdown.heading("module", "what it is"));
        for (String module : modules.names()) {
            picture.append(Markdown.row("`" + module + "`", modules.description(module)));
        }
        Repository.assertHoldsBetweenMarkers(PAGE, picture.toString());
    }

    @Test
    void everyFileClassAndMethodOnThePageExists() throws IOException {
        assertEquals(List.of(), unresolved(Repository.read(PAGE)));
    }

    /** The texts in backticks that name nothing. */
    private static List<String> unresolved(String page) {
        return QUOTED.matcher(BLOCK.matcher(page).replaceAll(""))
                .results()
                .map(quoted -> quoted.group(1))
                .filter(name -> !exists(name))
                .toList();
    }

    private static boolean exists(String name) {
        if (PACKAGE.matcher(name).matches()) {
            return sources.hasPackage(name);
        }
        if (CLASS.matcher(name).matches() && sources.hasClass(name)) {
            return true;
        }
        return MEMBER.matcher(name)
                        .results()
                        .anyMatch(member ->
                                member.group().equals(name) && sources.hasMember(member.group(1), member.group(2)))
                || OPTION.matcher(name).matches()
                || Files.exists(Repository.TOP.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "docs/adr",
                "pom.xml",
                "Rule",
                "Change.Stale",
                "JobLifecycle.check",
                "Rule.TRANSITION_ILLEGAL",
                "CheckTest",
                "org.joblifecycle.tuning.rule"
            })
    void aNameThatExistsIsFound(String name) {
        assertTrue(exists(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cores",
                "docs/decisions",
                "Ruler",
                "Change.Old",
                "JobLifecycle.checks",
                "Rule.check",
                "JobLifecycle.check()",
                "org.joblifecycle.rule"
            })
    void aNameThatDoesNotExistIsReported(String name) {
        assertFalse(exists(name));
        assertEquals(List.of(name), unresolved("Call `JobLifecycle.check`, then `" + name + "`."));
    }
}
