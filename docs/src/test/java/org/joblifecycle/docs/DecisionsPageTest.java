package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionsPageTest {
    private static final String FOLDER = "docs/adr";
    private static final String INDEX = "README.md";
    private static final int A_SCREEN = 45;

    private record Decision(String file, List<String> lines) {
        String number() {
            return file.replaceAll("^0*(\\d+)-[a-z0-9.-]+\\.md$", "$1");
        }

        String title() {
            return lines.get(0).replaceFirst("^# " + number() + "\\. ", "");
        }

        LocalDate date() {
            return LocalDate.parse(lines.get(2));
        }
    }

    private static List<Decision> decisions() throws IOException {
        List<Decision> decisions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Repository.TOP.resolve(FOLDER))) {
            for (Path path : files.sorted().toList()) {
                String file = path.getFileName().toString();
                if (!file.equals(INDEX)) {
                    decisions.add(new Decision(file, Files.readAllLines(path)));
                }
            }
        }
        return decisions;
    }

    @Test
    void theIndexListsTheDecisionsOfTheFolder() throws IOException {
        StringBuilder index = new StringBuilder(Markdown.heading("number", "date", "decision"));
        for (Decision decision : decisions()) {
            index.append(Markdown.row(
                    decision.number(),
                    decision.date().toString(),
                    "[" + decision.title() + "](" + decision.file() + ")"));
        }
        Repository.assertHoldsBetweenMarkers(FOLDER + "/" + INDEX, index.toString());
    }

    @Test
    void theDecisionsAreNumberedWithoutAGapInTheOrderOfTheirDates() throws IOException {
        int number = 0;
        LocalDate date = LocalDate.MIN;
        for (Decision decision : decisions()) {
            number++;
            assertTrue(decision.file().startsWith("%04d-".formatted(number)), decision.file());
            assertTrue(decision.lines().get(0).startsWith("# " + number + ". "), decision.file());
            assertFalse(decision.date().isBefore(date), decision.file());
            date = decision.date();
        }
    }

    @Test
    void aDecisionHasItsThreeSectionsOnOneScreen() throws IOException {
        for (Decision decision : decisions()) {
            assertEquals(
                    List.of("## Context", "## Choice", "## Consequence"),
                    decision.lines().stream()
                            .filter(line -> line.startsWith("##"))
                            .toList(),
                    decision.file());
            assertTrue(decision.lines().size() <= A_SCREEN, decision.file());
        }
    }
}
