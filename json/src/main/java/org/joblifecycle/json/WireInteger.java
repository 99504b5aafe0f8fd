package org.joblifecycle.json;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads integers from JSON numbers, however they are written: {@code 3}, {@code 3.0}, {@code 30e-1}. It reads the text once, so the
 * time is linear, also for numbers of millions of digits or with huge exponents.
 */
final class WireInteger {
    private static final int MOST_DIGITS = 19;
    private static final long HUGE = Long.MAX_VALUE / 100;

    private static final Pattern NUMBER =
            Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

    private WireInteger() {}

    /** The value of any text; empty if it is not a JSON number whose value is an integer of 32 bits. */
    static OptionalInt parseIfNumber(String text) {
        return isNumber(text) ? parse(text) : OptionalInt.empty();
    }

    /** Whether a text is a JSON number. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The value of a text that is a JSON number; empty if it is not an integer of 32 bits. */
    static OptionalInt parse(String number) {
        OptionalLong value = parseLong(number);
        return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    /** The value of a text that is a JSON number; empty if it is not an integer of 64 bits. */
    static OptionalLong parseLong(String number) {
        long digits = 0; // the value of the significant digits, as long as they fit
        long significant = 0; // how many digits there are from the first to the last that is not 0
        long zeros = 0; // how many zeros follow the last digit that is not 0
        long scale = 0; // how many digits follow the point
        boolean fraction = false;
        int i = 0;
        for (; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                break;
            }
            if (c == '.') {
                fraction = true;
            } else if (c != '-') {
                scale += fraction ? 1 : 0;
                if (c == '0') {
                    zeros += significant == 0 ? 0 : 1;
                } else {
                    significant += zeros + 1;
                    digits = significant > MOST_DIGITS ? digits : digits * power10(zeros + 1) + (c - '0');
                    zeros = 0;
                }
            }
        }
        if (significant == 0) {
            return OptionalLong.of(0);
        }
        long trailing = zeros - scale + exponent(number, i + 1);
        if (trailing < 0 || significant + trailing > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        long magnitude = digits * power10(trailing); // 19 digits fit in 64 bits without a sign
        boolean isNegative = number.charAt(0) == '-';
        return Long.compareUnsigned(magnitude, isNegative ? Long.MIN_VALUE : Long.MAX_VALUE) <= 0
                ? OptionalLong.of(isNegative ? -magnitude : magnitude)
                : OptionalLong.empty();
    }

    private static long exponent(String number, int from) {
        boolean negative = false;
        long exponent = 0;
        for (int i = from; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == '-') {
                negative = true;
            } else if (c != '+') {
                exponent = Math.min(HUGE, exponent * 10 + (c - '0'));
            }
        }
        return negative ? -exponent : exponent;
    }

    private static long power10(long exponent) {
        long power = 1;
        for (long i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
