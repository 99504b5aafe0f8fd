package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TimeScannerProperties {
    private static final Pattern GRAMMAR =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
                    + "(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTimeIsReadAsJavaTimeReadsIt(@ForAll("texts") String text) {
        assertEquals(oracle(text), parse(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aChangedTimeIsReadAsJavaTimeReadsIt(
            @ForAll("texts") String text,
            @ForAll @IntRange(max = 34) int at,
            @ForAll("characters") String put,
            @ForAll @IntRange(max = 2) int removed) {
        int from = Math.min(at, text.length());
        String changed = text.substring(0, from) + put + text.substring(Math.min(from + removed, text.length()));
        assertEquals(oracle(changed), parse(changed));
    }

    static Instant parse(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return TimeScanner.parse(bytes, 0, bytes.length);
    }

    // What java.time reads; null if the text is not a time of RFC 3339.
    static Instant oracle(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches() || text.startsWith("0000") || text.startsWith("24", 11)) {
            return null;
        }
        try {
            Instant local = LocalDateTime.parse(parts.group(1)).toInstant(ZoneOffset.UTC);
            if (parts.group(2) == null) {
                return local;
            }
            Duration offset = Duration.parse("PT" + parts.group(3) + "H" + parts.group(4) + "M");
            return parts.group(2).equals("+") ? local.minus(offset) : local.plus(offset);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> dates = Combinators.combine(number(4, 0, 9999), number(2, 0, 13), number(2, 0, 32))
                .as((year, month, day) -> year + "-" + month + "-" + day);
        Arbitrary<String> times = Combinators.combine(number(2, 0, 24), number(2, 0, 60), number(2, 0, 60))
                .as((hour, minute, second) -> hour + ":" + minute + ":" + second);
        Arbitrary<String> fractions =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(10).map(digits -> "." + digits);
        Arbitrary<String> offsets = Combinators.combine(Arbitraries.of("+", "-"), number(2, 0, 24), number(2, 0, 60))
                .as((sign, hours, minutes) -> sign + hours + ":" + minutes);
        return Combinators.combine(
                        dates,
                        Arbitraries.of("T", "T", "t"),
                        times,
                        Arbitraries.oneOf(Arbitraries.just(""), fractions),
                        Arbitraries.oneOf(Arbitraries.of("Z", "z"), offsets))
                .as((date, t, time, fraction, offset) -> date + t + time + fraction + offset);
    }

    @Provide
    static Arbitrary<String> characters() {
        return Arbitraries.of("", "", "0", "1", "2", "9", ".", ",", ":", "-", "+", "T", "Z", "z", " ", "\0", "٣", "/");
    }

    private static Arbitrary<String> number(int digits, int least, int most) {
        return Arbitraries.integers().between(least, most).map(value -> ("%0" + digits + "d").formatted(value));
    }
}
