package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WireIntegerProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aNumberIsReadAsBigDecimalReadsIt(@ForAll("numbers") String number) {
        assertEquals(oracle(number), WireInteger.parse(number));
    }

    @Property
    void anIntegerIsTheSameWhereverItsPointStands(
            @ForAll int value,
            @ForAll @IntRange(min = -30, max = 30) int shift,
            @ForAll @IntRange(max = 20) int zeros) {
        BigDecimal digits = BigDecimal.valueOf(value).movePointLeft(shift);
        digits = digits.setScale(Math.max(digits.scale(), 0) + zeros);
        assertEquals(OptionalInt.of(value), WireInteger.parse(digits.toPlainString() + "e" + shift));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aNumberIsReadAsBigDecimalReadsItIn64BitsToo(@ForAll("numbers") String number) {
        assertEquals(oracle64(number), WireInteger.parseLong(number));
    }

    private static OptionalLong oracle64(String number) {
        try {
            return OptionalLong.of(new BigDecimal(number).longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalInt oracle(String number) {
        try {
            return OptionalInt.of(new BigDecimal(number).intValueExact());
        } catch (ArithmeticException e) {
            return OptionalInt.empty();
        }
    }

    @Provide
    static Arbitrary<String> numbers() {
        Arbitrary<String> digits = Arbitraries.oneOf(
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25),
                Arbitraries.strings().withChars("0001").ofMinLength(1).ofMaxLength(25),
                Arbitraries.longs().between(0, 1L << 33).map(String::valueOf),
                Arbitraries.bigIntegers()
                        .between(BigInteger.ONE.shiftLeft(62), BigInteger.ONE.shiftLeft(65))
                        .map(String::valueOf));
        Arbitrary<String> fractions = digits.map(tail -> "." + tail);
        Arbitrary<String> exponents = Combinators.combine(
                        Arbitraries.of("e", "E"),
                        Arbitraries.of("", "+", "-"),
                        Arbitraries.of("", "0", "000"),
                        Arbitraries.integers().between(0, 40))
                .as((e, sign, zeros, exponent) -> e + sign + zeros + exponent);
        Arbitrary<String> nothing = Arbitraries.just("");
        return Combinators.combine(
                        Arbitraries.of("", "-"),
                        digits.map(text -> text.replaceFirst("^0+(?=.)", "")),
                        Arbitraries.oneOf(nothing, fractions),
                        Arbitraries.oneOf(nothing, exponents))
                .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    }
}
