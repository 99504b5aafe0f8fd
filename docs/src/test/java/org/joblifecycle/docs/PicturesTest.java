package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.transition.Diagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Mermaid pictures, which GitHub draws on a light page or on a dark one. */
class PicturesTest {
    private static final Pattern PICTURE = Pattern.compile("(?ms)^```mermaid\n(.*?)^```$");
    private static final Pattern EDGE = Pattern.compile("(?m)^ +[\\w-]+ (-->|==>|-\\.->).*");
    private static final Pattern STYLE = Pattern.compile("(?m)^ +linkStyle ([\\d,]+) (.+)$");
    private static final String LIGHT = "#ffffff";
    private static final String DARK = "#0d1117";

    @Test
    void theEdgesOfEveryPictureAreSeenOnLightAndOnDarkPages() throws IOException {
        int pictures = 0;
        for (Path page : pages()) {
            for (String picture : PICTURE.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                assertEquals(List.of(), faults(picture), page.toString());
                pictures++;
            }
        }
        assertEquals(3, pictures);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Repository.TOP);
                Stream<Path> docs = Files.list(Repository.TOP.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void markedEdgesAreSeenToo() {
        assertEquals(List.of(), faults(Diagram.mermaid(edge -> true, edge -> true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A -.-> B |                                                      | A -.-> B has no colour of its own",
                "A -.-> B | stroke-width:2px,stroke-dasharray:4 3                | A -.-> B has no colour of its own",
                "A -.-> B | stroke:#888,stroke-dasharray:4 3                     | A -.-> B is thinner than 2px",
                "A -.-> B | stroke:#888,stroke-width:1px,stroke-dasharray:4 3    | A -.-> B is thinner than 2px",
                "A -.-> B | stroke:#888,stroke-width:2px                         | A -.-> B has no dashes of its own",
                "A -.-> B | stroke:#333,stroke-width:2px,stroke-dasharray:4 3    | A -.-> B is faint on #0d1117",
                "A -.-> B | stroke:#c0c0c0,stroke-width:2px,stroke-dasharray:4 3 | A -.-> B is faint on #ffffff",
                "A --> B  | stroke:#ff0                                          | A --> B is faint on #ffffff",
                "A --> B  | stroke-dasharray:4 3                                 | A --> B looks like another kind",
                "A ==> B  | stroke-width:2px                                     | A ==> B looks like another kind",
                "A --> B  | stroke:#f00,color:#f00                               | A --> B has a label of one colour",
            })
    void anEdgeThatIsHardToSeeIsReported(String edge, String style, String fault) {
        String picture = "    " + edge + "\n" + (style == null ? "" : "    linkStyle 0 " + style + "\n");
        assertEquals(List.of(fault), faults(picture));
    }

    @Test
    void contrastIsThatOfTheAccessibilityGuidelines() {
        assertEquals(21.0, contrast("#fff", "#000"), 1e-9);
        assertEquals(1.0, contrast("#0d1117", "#0d1117"), 1e-9);
        assertEquals(4.48, contrast("#777777", "#ffffff"), 0.005); // just below the 4.5 that a text needs
    }

    /** What makes the edges of a picture hard to see, or one kind look like another. Edges without a style are of the theme. */
    private static List<String> faults(String picture) {
        Map<Integer, Map<String, String>> styles = styles(picture);
        List<String> edges = EDGE.matcher(picture)
                .results()
                .map(found -> found.group().strip())
                .toList();
        assertFalse(edges.isEmpty(), picture);
        List<String> faults = new ArrayList<>();
        for (int number = 0; number < edges.size(); number++) {
            Map<String, String> style = styles.getOrDefault(number, Map.of());
            for (String fault : faults(edges.get(number).contains(" -.->"), style)) {
                faults.add(edges.get(number) + " " + fault);
            }
        }
        return faults;
    }

    /** The last style of an edge replaces those before. */
    private static Map<Integer, Map<String, String>> styles(String picture) {
        Map<Integer, Map<String, String>> styles = new HashMap<>();
        STYLE.matcher(picture).results().forEach(found -> {
            Map<String, String> style = Stream.of(found.group(2).split(",", -1))
                    .map(each -> each.split(":", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]));
            for (String number : found.group(1).split(",", -1)) {
                styles.put(Integer.valueOf(number), style);
            }
        });
        return styles;
    }

    private static List<String> faults(boolean isDashed, Map<String, String> style) {
        String colour = style.get("stroke");
        String width = style.get("stroke-width");
        List<String> faults = new ArrayList<>();
        if (isDashed && colour == null) {
            return List.of("has no colour of its own");
        }
        if (isDashed && (width == null || Integer.parseInt(width.replace("px", "")) < 2)) {
            faults.add("is thinner than 2px");
        }
        if (isDashed && !style.containsKey("stroke-dasharray")) {
            faults.add("has no dashes of its own");
        }
        if (!isDashed && (width != null || style.containsKey("stroke-dasharray"))) {
            faults.add("looks like another kind");
        }
        if (style.containsKey("color")) {
            faults.add("has a label of one colour"); // whose background is of the theme
        }
        for (String page : List.of(LIGHT, DARK)) {
            if (colour != null && contrast(colour, page) < 3) {
                faults.add("is faint on " + page);
            }
        }
        return faults;
    }

    /** As WCAG defines it: from 1 to 21; what is no text needs 3. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        String six = colour.length() == 4 ? colour.replaceAll("[0-9a-f]", "$0$0") : colour;
        return 0.2126 * linear(six.substring(1, 3))
                + 0.7152 * linear(six.substring(3, 5))
                + 0.0722 * linear(six.substring(5, 7));
    }

    private static double linear(String hex) {
        double value = Integer.parseInt(hex, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
