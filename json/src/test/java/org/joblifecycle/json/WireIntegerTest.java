package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireIntegerTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 0
            -0, 0
            0.0, 0
            -0.000e-5, 0
            0e99999999999999999999, 0
            0e-99999999999999999999, 0
            3, 3
            3.0, 3
            3e0, 3
            3E+0, 3
            3e-0, 3
            30e-1, 3
            0.3E+1, 3
            0.003e3, 3
            300.00e-02, 3
            3e00000000000000000000000000000000000001, 30
            -3, -3
            -3.000, -3
            10, 10
            1e1, 10
            101, 101
            1.01e2, 101
            1000000001, 1000000001
            1.000000001e9, 1000000001
            1e9, 1000000000
            0.0000000001e10, 1
            0.00000000010e19, 1000000000
            2147483647, 2147483647
            2147483647.000, 2147483647
            214748364.7e1, 2147483647
            21474836470e-1, 2147483647
            -2147483648, -2147483648
            -2.147483648e9, -2147483648
            -0.2147483648E10, -2147483648
            """)
    void aNumberWhoseValueIsAnIntegerOf32BitsIsThatInteger(String number, int expected) {
        assertEquals(OptionalInt.of(expected), WireInteger.parse(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.5",
                "0.1",
                "-0.1",
                "1e-1",
                "10e-2",
                "30.1",
                "3.0000000000000000000000000000001",
                "0.9999999999999999999999",
                "2147483647.5",
                "2147483648",
                "21474836470",
                "-2147483649",
                "4294967296",
                "4294967299",
                "9999999999",
                "1e10",
                "10000000000",
                "18446744073709551619",
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999999999",
                "1e-999999999999",
                "1e99999999999999999999",
                "1e-99999999999999999999",
                "1e18446744073709551616",
                "12345678901",
                "0.12345678901e11"
            })
    void anyOtherNumberIsNotAnInteger(String number) {
        assertEquals(OptionalInt.empty(), WireInteger.parse(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "9223372036854775807.0",
                "922337203685477580700e-2",
                "-9223372036854775808",
                "-9.223372036854775808e18",
                "2147483648"
            })
    void anIntegerMayHave64BitsWhereThatIsAskedFor(String number) {
        assertEquals(OptionalLong.of(new BigDecimal(number).longValueExact()), WireInteger.parseLong(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "9999999999999999999",
                "1e19",
                "18446744073709551616",
                "0.5"
            })
    void anIntegerHasNoMoreThan64Bits(String number) {
        assertEquals(OptionalLong.empty(), WireInteger.parseLong(number));
    }

    @Test
    void aMillionDigitsAreReadOnce() {
        String zeros = "0".repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertEquals(OptionalInt.of(3), WireInteger.parse("3." + zeros));
            assertEquals(OptionalInt.of(3), WireInteger.parse("3" + zeros + "e-1000000"));
            assertEquals(OptionalInt.of(3), WireInteger.parse("0." + zeros + "3e1000001"));
            assertEquals(OptionalInt.of(-30), WireInteger.parse("-3e" + zeros + "1"));
            assertEquals(OptionalInt.empty(), WireInteger.parse("3." + zeros + "1"));
            assertEquals(OptionalInt.empty(), WireInteger.parse("3" + zeros));
            assertEquals(OptionalInt.empty(), WireInteger.parse("7".repeat(1_000_000)));
            assertEquals(OptionalInt.empty(), WireInteger.parse("1e" + "7".repeat(1_000_000)));
            assertEquals(OptionalInt.empty(), WireInteger.parse("1e-" + "7".repeat(1_000_000)));
        });
    }
}
