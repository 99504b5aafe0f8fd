package org.joblifecycle.json;

import org.joblifecycle.text.Escaped;

/** Where an input stops being JSON, and why. */
final class BrokenJson extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened at the place. */
    enum Cause {
        /** A character that the grammar does not allow there. */
        GRAMMAR,
        /** The input ends too soon. */
        END,
        /** It is JSON, but more than is read. */
        LIMIT
    }

    private final Cause cause;
    private final long line;

    private BrokenJson(Cause cause, long line, String message) {
        super(message, null, false, false); // a value, whose stack nobody looks at
        this.cause = cause;
        this.line = line;
    }

    static BrokenJson unexpected(int found, String expected, JsonInput at) {
        if (found == JsonInput.END) {
            return new BrokenJson(Cause.END, at.line(), "the JSON breaks off at column " + at.column());
        }
        String what =
                found < 0x80 ? "'" + Escaped.line(Character.toString(found)) + "'" : "a character that is not ASCII";
        return new BrokenJson(
                Cause.GRAMMAR,
                at.line(),
                "not JSON at column " + at.column() + ": found " + what + ", expected " + expected);
    }

    static BrokenJson notUtf8(JsonInput at) {
        return new BrokenJson(Cause.GRAMMAR, at.line(), "not UTF-8 at column " + at.column());
    }

    static BrokenJson tooDeep(JsonInput at) {
        return new BrokenJson(
                Cause.LIMIT,
                at.line(),
                "nested more than " + StrictJson.DEEPEST + " levels deep at column " + at.column());
    }

    static BrokenJson tooLarge(long line) {
        return new BrokenJson(Cause.LIMIT, line, "an object is larger than " + (JsonInput.MOST_KEPT >> 20) + " MiB");
    }

    Cause cause() {
        return cause;
    }

    /** The number of the line on which it happened, from 1. */
    long line() {
        return line;
    }
}
