package org.joblifecycle.text;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text from anywhere, made fit for a message: on one line, with nothing hidden in it and nothing that steers a terminal.
 * Control, format and unassigned characters, lone surrogates, and white space other than the blank are written out, such
 * as {@code \}{@code u000a} for a line end.
 */
public final class Escaped {
    private static final int LONGEST = 200;
    private static final Pattern HIDDEN = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");

    private Escaped() {}

    /** The whole text. */
    public static String line(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(hidden ->
                        hidden.group().chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining()));
    }

    /** The text in quotes, with quotes and backslashes in it escaped; of a long one the first 200 characters. */
    public static String quoted(String text) {
        return shortened(text, shown -> '"' + line(shown.replace("\\", "\\\\").replace("\"", "\\\"")) + '"');
    }

    /** The text; of a long one the first 200 characters. */
    public static String shortened(String text) {
        return shortened(text, Escaped::line);
    }

    private static String shortened(String text, UnaryOperator<String> form) {
        return text.codePointCount(0, text.length()) > LONGEST
                ? form.apply(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "..."
                : form.apply(text);
    }
}
