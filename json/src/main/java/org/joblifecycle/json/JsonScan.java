package org.joblifecycle.json;

import java.io.IOException;
import java.util.BitSet;

/** Passes over JSON values and checks their grammar (RFC 8259 in valid UTF-8), whatever they are and however deep. */
final class JsonScan {
    private static final String VALUE = "a value";

    private final JsonInput in;

    JsonScan(JsonInput in) {
        this.in = in;
    }

    /**
     * Passes over the value that begins with the next byte.
     *
     * @param deepest how many levels of objects and arrays it may have
     * @throws BrokenJson if it is not JSON, or too deep
     */
    void value(int deepest) throws IOException, BrokenJson {
        BitSet isObject = new BitSet(); // by level
        int depth = 0;
        while (true) {
            int next = in.peek();
            if (next == '{' || next == '[') {
                if (depth == deepest) {
                    throw BrokenJson.tooDeep(in);
                }
                isObject.set(depth, next == '{');
                depth++;
                in.pass();
                int first = in.skipSpace();
                if (first != closing(next == '{')) {
                    if (next == '{') {
                        key("a key or '}'");
                    }
                    continue;
                }
                in.pass();
                depth--;
            } else {
                scalar(next);
            }
            while (depth > 0) {
                boolean inObject = isObject.get(depth - 1);
                int end = in.skipSpace();
                if (end == ',') {
                    in.pass();
                    in.skipSpace();
                    if (inObject) {
                        key("a key");
                    }
                    break;
                }
                if (end != closing(inObject)) {
                    throw BrokenJson.unexpected(end, "',' or '" + (char) closing(inObject) + "'", in);
                }
                in.pass();
                depth--;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static int closing(boolean isObject) {
        return isObject ? '}' : ']';
    }

    /** Passes over a key, the colon and the white space behind it. */
    private void key(String expected) throws IOException, BrokenJson {
        if (in.peek() != '"') {
            throw BrokenJson.unexpected(in.peek(), expected, in);
        }
        string();
        if (in.skipSpace() != ':') {
            throw BrokenJson.unexpected(in.peek(), "':'", in);
        }
        in.pass();
        in.skipSpace();
    }

    private void scalar(int first) throws IOException, BrokenJson {
        switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String literal) throws IOException, BrokenJson {
        for (int i = 0; i < literal.length(); i++) {
            if (in.peek() != literal.charAt(i)) {
                throw BrokenJson.unexpected(in.peek(), literal, in);
            }
            in.pass();
        }
    }

    private void number() throws IOException, BrokenJson {
        boolean isNegative = in.peek() == '-';
        if (isNegative) {
            in.pass();
        }
        if (in.peek() == '0') {
            in.pass();
        } else {
            digits(isNegative ? "a digit" : VALUE);
        }
        if (in.peek() == '.') {
            in.pass();
            digits("a digit");
        }
        if (in.peek() == 'e' || in.peek() == 'E') {
            in.pass();
            if (in.peek() == '+' || in.peek() == '-') {
                in.pass();
            }
            digits("a digit");
        }
    }

    /** One digit or more. */
    private void digits(String expected) throws IOException, BrokenJson {
        if (!isDigit(in.peek())) {
            throw BrokenJson.unexpected(in.peek(), expected, in);
        }
        while (isDigit(in.peek())) {
            in.pass();
        }
    }

    private static boolean isDigit(int next) {
        return next >= '0' && next <= '9';
    }

    private void string() throws IOException, BrokenJson {
        in.pass();
        int next = in.peek();
        while (next != '"') {
            if (next < ' ') {
                throw BrokenJson.unexpected(next, "the end of a string", in);
            }
            if (next == '\\') {
                in.pass();
                escape();
            } else if (next < 0x80) {
                in.pass();
            } else {
                character(next);
            }
            next = in.peek();
        }
        in.pass();
    }

    private void escape() throws IOException, BrokenJson {
        int kind = in.peek();
        if (kind == JsonInput.END || "\"\\/bfnrtu".indexOf(kind) < 0) {
            throw BrokenJson.unexpected(kind, "one of \"\\/bfnrtu", in);
        }
        in.pass();
        for (int i = 0; kind == 'u' && i < 4; i++) {
            if (Character.digit(in.peek(), 16) < 0) {
                throw BrokenJson.unexpected(in.peek(), "a hexadecimal digit", in);
            }
            in.pass();
        }
    }

    /** Passes over a character beyond ASCII: only the shortest form of one that is no surrogate is UTF-8. */
    private void character(int lead) throws IOException, BrokenJson {
        if (lead < 0xC2 || lead > 0xF4) {
            throw BrokenJson.notUtf8(in);
        }
        in.pass();
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        continuation(low, high);
        int more = lead >= 0xF0 ? 2 : lead >= 0xE0 ? 1 : 0;
        for (int i = 0; i < more; i++) {
            continuation(0x80, 0xBF);
        }
    }

    private void continuation(int low, int high) throws IOException, BrokenJson {
        int next = in.peek();
        if (next == JsonInput.END) {
            throw BrokenJson.unexpected(next, "a character", in);
        }
        if (next < low || next > high) {
            throw BrokenJson.notUtf8(in);
        }
        in.pass();
    }
}
