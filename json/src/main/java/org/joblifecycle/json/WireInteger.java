package org.joblifecycle.json;

import java.util.OptionalInt;

/**
 * A JSON number whose value is an integer of 32 bits, however it is written: {@code 3}, {@code 3.0}, {@code 30e-1}. The
 * time taken is that of reading the text once, also for numbers of millions of digits or with huge exponents.
 */
final class WireInteger {
    private static final int MOST_DIGITS = 10;
    private static final long HUGE = Long.MAX_VALUE / 100;

    private WireInteger() {}

    /** The value of a text that is a JSON number; empty if it is not an integer of 32 bits. */
    static OptionalInt parse(String number) {
        long digits = 0; // the first significant digits, as long as they fit
        long significant = 0; // how many digits there are from the first to the last that is not 0
        long zeros = 0; // how many zeros stand behind the last that is not 0
        long scale = 0; // how many digits stand behind the point
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
            return OptionalInt.of(0);
        }
        long trailing = zeros - scale + exponent(number, i + 1);
        if (trailing < 0 || significant + trailing > MOST_DIGITS) {
            return OptionalInt.empty();
        }
        long value = digits * power10(trailing) * (number.charAt(0) == '-' ? -1 : 1);
        return value == (int) value ? OptionalInt.of((int) value) : OptionalInt.empty();
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
