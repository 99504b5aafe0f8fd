package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.regex.Pattern;

/** How the values of an input are laid out, found from its beginning. */
enum JsonLayout {
    /** JSON Lines: one value a line. */
    LINES,

    /** Values one after another, each over as many lines as it likes. */
    STREAM,

    /**
     * {@link #LINES} if the first line, of which as much was read as may be kept, is an object by itself. Else a {@link #STREAM}
     * that begins with an object of which nobody may keep as much.
     */
    LINES_OR_TOO_LARGE;

    private static final int SAMPLE = 64 << 10;
    private static final byte[][] UTF_16_MARKS = {{(byte) 0xFE, (byte) 0xFF}, {(byte) 0xFF, (byte) 0xFE}};

    /** What a line of YAML begins with: a document, the element of a list, or a key. */
    private static final Pattern YAML = Pattern.compile("---|- |[A-Za-z_][A-Za-z0-9_.-]*+:(?=[ \t\r\n]|$)");

    private static final Pattern JSON_LINE = Pattern.compile("(?dm)^[{\\[]");

    /**
     * The layout of an input, which stands at its first value then.
     *
     * @throws NotJsonException if it is plainly no JSON
     */
    static JsonLayout of(JsonInput in) throws IOException {
        try {
            for (byte[] mark : UTF_16_MARKS) {
                if (in.startsWith(mark)) {
                    throw NotJsonException.utf16();
                }
            }
            in.skipByteOrderMark();
            int first = in.skipSpace();
            if (first == '[') {
                return STREAM;
            }
            if (first == '{') {
                return ofObject(in);
            }
            if (in.column() == 1 && isYaml(in.ahead(SAMPLE - (int) Math.min(SAMPLE, in.passed())))) {
                throw NotJsonException.yaml();
            }
            return LINES;
        } catch (BrokenJson e) {
            throw new IllegalStateException("nothing is kept", e);
        }
    }

    private static JsonLayout ofObject(JsonInput in) throws IOException {
        long firstLine = in.line();
        in.mark();
        try {
            new JsonScan(in).value(JsonInput.MOST_KEPT);
            if (in.line() != firstLine) {
                return STREAM;
            }
            int next = in.skipBlanks();
            return next == '\n' || next == JsonInput.END ? LINES : STREAM;
        } catch (BrokenJson e) {
            return switch (e.cause()) {
                case GRAMMAR -> LINES;
                case END -> STREAM;
                case LIMIT -> in.line() == firstLine ? LINES_OR_TOO_LARGE : STREAM;
            };
        } finally {
            in.reset();
        }
    }

    private static boolean isYaml(byte[] sample) {
        String text = new String(sample, UTF_8);
        return YAML.matcher(text).lookingAt() && !JSON_LINE.matcher(text).find();
    }
}
