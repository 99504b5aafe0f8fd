package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts to test with, such as the messages of errors: of any script and length, with line ends, quotes and characters that
 * JSON escapes. UTF-8 can encode each of them, and none contains U+0000, which not every database can keep.
 */
public final class Texts {
    private static final String SHORT = "x";
    private static final int LONGEST_WORD = 8;

    /** How many parts a text has that are removed, one at a time, to make it simpler. */
    private static final int PARTS = 16;

    /** The characters of a word: one of those from the first to the last. */
    private record Range(int first, int last) {
        int draw(Random random) {
            int drawn = first + random.nextInt(last - first + 1);
            return Character.getType(drawn) == Character.SURROGATE ? draw(random) : drawn;
        }
    }

    private static final Range ASCII = new Range(' ', '~');

    private static final Seq<Range> RANGES = List.of(
            ASCII,
            new Range(0xc0, 0x17f), // Latin letters with marks
            new Range(0x430, 0x44f), // Cyrillic
            new Range(0x5d0, 0x5ea), // Hebrew
            new Range(0x621, 0x64a), // Arabic
            new Range(0x905, 0x939), // Devanagari
            new Range(0x3041, 0x3096), // Hiragana
            new Range(0x4e00, 0x9fff), // Han
            new Range(0x20000, 0x2a6df), // more of Han, in another plane
            new Range(0x1f600, 0x1f64f), // emoji
            new Range(0x300, 0x36f), // combining marks
            new Range(0x1, 0x1f), // control characters
            new Range(0x1, Character.MAX_CODE_POINT));

    private static final Seq<String> WORDS =
            List.of("\n", "\r\n", "\t", "\"", "'", "\\", "\\u0041", "\u2028", "\u2029", "\ufeff", "\u007f");

    private Texts() {}

    /** Draws a text: of 500, about 75 are empty, 400 short, 24 have some thousand characters, and one has 20000. */
    public static String draw(Random random) {
        // A long text takes no more of the generator than a short one, so that what is drawn next does not depend on
        // it.
        Random own = new Random(requireNonNull(random, "random").nextInt());
        int length = length(own);
        boolean isAscii = own.nextInt(5) == 0;
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (!isAscii && own.nextInt(3) == 0) {
                text.append(History.pick(WORDS, own));
            } else {
                Range range = isAscii ? ASCII : History.pick(RANGES, own);
                for (int more = 1 + own.nextInt(LONGEST_WORD); more > 0; more--) {
                    text.appendCodePoint(range.draw(own));
                }
            }
        }
        return text.toString();
    }

    private static int length(Random random) {
        int dice = random.nextInt(500);
        if (dice < 75) {
            return 0;
        }
        return dice < 475 ? 1 + random.nextInt(30) : dice < 499 ? 1_000 + random.nextInt(5_000) : 20_000;
    }

    /** Shorter texts, the simplest first: the empty one, a letter, both halves, and without small parts. */
    public static Stream<String> simpler(String text) {
        int length = requireNonNull(text, "text").codePointCount(0, text.length());
        int half = text.offsetByCodePoints(0, length / 2);
        int part = Math.max(1, length / PARTS);
        return Stream.concat(
                        Stream.of("", SHORT, text.substring(0, half), text.substring(half)),
                        IntStream.iterate(0, at -> at < length, at -> at + part)
                                .mapToObj(at -> without(text, at, Math.min(part, length - at))))
                .filter(shorter -> shorter.length() < text.length());
    }

    private static String without(String text, int at, int codePoints) {
        int from = text.offsetByCodePoints(0, at);
        return text.substring(0, from) + text.substring(text.offsetByCodePoints(from, codePoints));
    }
}
