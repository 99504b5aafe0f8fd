package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
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

class Rfc3339Properties {
    private static final Pattern GRAMMAR =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
                    + "(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");

    @Property
    void aTimeThatIsWrittenIsReadBack(@ForAll("times") Instant time) {
        String text = Rfc3339.format(time).get();
        assertTrue(text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.([0-9]{3}){1,3})?Z"), text);
        assertEquals(Option.some(time), Rfc3339.parse(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTimeIsReadAsJavaTimeReadsIt(@ForAll("texts") String text) {
        assertEquals(oracle(text), Rfc3339.parse(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTimeWithOneCharacterChangedIsReadAsJavaTimeReadsIt(
            @ForAll("texts") String text,
            @ForAll @IntRange(max = 34) int at,
            @ForAll("characters") String put,
            @ForAll @IntRange(max = 2) int removed) {
        int from = Math.min(at, text.length());
        String changed = text.substring(0, from) + put + text.substring(Math.min(from + removed, text.length()));
        assertEquals(oracle(changed), Rfc3339.parse(changed));
    }

    static Option<Instant> oracle(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches() || text.startsWith("0000") || text.startsWith("24", 11)) {
            return Option.none();
        }
        try {
            Instant local = LocalDateTime.parse(parts.group(1)).toInstant(ZoneOffset.UTC);
            if (parts.group(2) == null) {
                return Option.some(local);
            }
            Duration offset = Duration.parse("PT" + parts.group(3) + "H" + parts.group(4) + "M");
            return Option.some(parts.group(2).equals("+") ? local.minus(offset) : local.plus(offset));
        } catch (DateTimeException e) {
            return Option.none();
        }
    }

    @Provide
    static Arbitrary<Instant> times() {
        return JobSnapshots.times();
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
