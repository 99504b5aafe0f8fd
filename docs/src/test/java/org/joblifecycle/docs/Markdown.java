package org.joblifecycle.docs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.joblifecycle.transition.Evidence;

/** Pieces of the generated pages. */
final class Markdown {
    private static final String DEFINITIONS =
            "https://github.com/googleapis/googleapis/blob/master/google/cloud/aiplatform/";

    private Markdown() {}

    static String heading(String... cells) {
        return row(cells) + "|" + " --- |".repeat(cells.length) + "\n";
    }

    static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    static String list(Iterable<?> items) {
        StringBuilder list = new StringBuilder();
        items.forEach(item -> list.append(list.isEmpty() ? "" : ", ").append(item));
        return list.isEmpty() ? "-" : list.toString();
    }

    /** The quoted sentence with its source, the observation, or the reason; and the note. */
    static String evidence(Evidence evidence) {
        String text = evidence.source()
                .map(source -> "“" + evidence.text() + "” `" + source.element() + "` in [" + source.file() + "]")
                .getOrElse(evidence.text());
        return evidence.note().isEmpty() ? text : text + "; " + evidence.note();
    }

    /** The targets of the links of {@link #evidence}. */
    static String links(List<Evidence> quoted) {
        return quoted.stream()
                .flatMap(evidence -> evidence.source().toJavaStream())
                .map(Evidence.Source::file)
                .distinct()
                .sorted()
                .map(file -> "[" + file + "]: " + DEFINITIONS + file + "\n")
                .collect(Collectors.joining());
    }
}
