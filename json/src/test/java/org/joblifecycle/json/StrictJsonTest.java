package org.joblifecycle.json;

import static org.joblifecycle.json.Inputs.bytes;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.outcomes;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static final String A = job("a");
    private static final String B = job("b");

    // formatter:off
    static final List<String> NO_VALUES = List.of(
            "", "NaN", "Infinity", "-Infinity", "-NaN", "undefined", "nul", "nulll", "True", "TRUE", "'x'", "x", "`x`",
            // numbers
            "01", "00", "-01", "-00", "+1", "+0", ".5", "-.5", "+.5", "1.", "-1.", "1.e5", "1e", "1e+", "1e-", "1e1.5", "-", "--1",
            "0x10", "0b1", "1_000", "1,5", "1f", "1e5e5", "1 2", "１", "1\u00a0",
            // strings
            "\"", "\"x", "\"\\\"", "\"\t\"", "\"\b\"", "\"\0\"", "\"\u001f\"", "\"\r\"", "\"\\x41\"", "\"\\'\"", "\"\\0\"",
            "\"\\U0041\"", "\"\\u\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\u+123\"", "\"\\ u0041\"", "\"\\\r\"", "\"x\" \"y\"",
            // structure
            "[", "]", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[}", "{]", "{", "{,}", "{\"x\":1,}", "{,\"x\":1}", "{\"x\" 1}",
            "{\"x\":}", "{\"x\"}", "{x:1}", "{'x':1}", "{1:1}", "{null:1}", "{\"x\"::1}", "{\"x\":1 \"y\":2}", "{\"x\":1;\"y\":2}",
            "[[]", "{\"x\":{}", "[1}", ":", ",",
            // comments, and characters between tokens
            "1 // c", "/* c */ 1", "1 /* c */", "# c", "1 # c", "\0", "1\0", "\u001e1", "\u000b1", "\f1", "\u00a01", "\ufeff1",
            "\u20281", "<!-- -->", "\u009b");
    // formatter:on

    @ParameterizedTest
    @FieldSource("NO_VALUES")
    void invalidJsonIsMalformedAndHarmsNoOtherLine(String value) {
        for (String before :
                List.of("{\"name\":\"a\",\"state\":3,\"x\":", "{\"name\":", "{\"error\":{\"x\":", "{\"x\":[{\"y\":")) {
            String after = before.contains("[") ? "}]}" : before.contains("error") ? "}}" : "}";
            String line = before + value + after;
            Unreadable fault = JobJson.read(line).getError();
            assertEquals(Reason.MALFORMED_JSON, fault.reason(), fault::message);
            assertClear(fault.message());
            assertEquals(List.of("1 a", "2 malformed-json", "3 b"), outcomes(A + "\n" + line + "\n" + B));
            List<String> elements = outcomes("[" + A + ",\n" + line + ",\n" + B + "]");
            assertEquals(2, elements.size());
            assertEquals("1 a", elements.get(0));
            assertTrue(elements.get(1).matches("[23] malformed-json of the input"), elements.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0e-0",
                "1E400",
                "1e-400",
                "123456789012345678901234567890.5",
                "\"\"",
                "\"/\"",
                "\"\\/\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uABCD\\uabcd\"",
                "\"\u007f\u0080\u2028\ufeff\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\ude00\"",
                "[]",
                "[ ]",
                "{}",
                "{ }",
                "[[],{},\"\",null,true,false,0]",
                "{\"\":{\"\":{}},\"\":0}",
                "  1\t\r"
            })
    void validJsonIsRead(String value) {
        String line = "\t {\"x\" : " + value + " ,\"name\":\"b\",\r\"state\":3}\r ";
        assertTrue(JobJson.read(line).isValid());
        assertEquals(List.of("1 a", "2 b", "3 b"), outcomes(A + "\n" + line + "\n" + B));
        assertEquals(List.of("1 a", "2 b", "3 b"), outcomes("[" + A + ",\n" + line + ",\n" + B + "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{}{}",
                "{}{",
                "{}}",
                "{}]",
                "{}[",
                "{},",
                "{} x",
                "{}1",
                "{}\"x\"",
                "{} null",
                "{}//",
                "{} \0",
                "{}\ufeff",
                "{} NaN",
                "}",
                "]",
                "\"",
                "nul",
                ",{}",
                ":",
                "\ufeff{}",
                "\0",
                "\u001b[31m",
                "--",
                "===",
                "name: a",
                "<html>",
                "é"
            })
    void aLineThatIsNotOneObjectIsMalformed(String line) {
        assertEquals(List.of("1 a", "2 malformed-json", "3 b"), outcomes(A + "\n" + line + "\n" + B));
        assertClear(JobJson.read(line).getError().message());
    }

    static final List<byte[]> NO_UTF_8 = List.of(
            bytes(0x80), // a continuation without a start
            bytes(0xBF),
            bytes('x', 0xA9),
            bytes(0xC3), // cut short
            bytes(0xC3, 'x'),
            bytes(0xE2, 0x82),
            bytes(0xE2, 0x82, 'x'),
            bytes(0xE2, 'x', 0x82),
            bytes(0xF0, 0x9F, 0x98),
            bytes(0xF0, 0x9F, 0x98, 'x'),
            bytes(0xF0, 0x9F),
            bytes(0xF0),
            bytes(0xC0, 0x80), // longer than needed
            bytes(0xC1, 0xBF),
            bytes(0xE0, 0x80, 0x80),
            bytes(0xE0, 0x9F, 0xBF),
            bytes(0xF0, 0x80, 0x80, 0x80),
            bytes(0xF0, 0x8F, 0xBF, 0xBF),
            bytes(0xED, 0xA0, 0x80), // surrogates
            bytes(0xED, 0xBF, 0xBF),
            bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80),
            bytes(0xF4, 0x90, 0x80, 0x80), // above U+10FFFF
            bytes(0xF5, 0x80, 0x80, 0x80),
            bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
            bytes(0xFE),
            bytes(0xFF),
            bytes('f', 0xFC, 'r')); // another encoding

    @ParameterizedTest
    @FieldSource("NO_UTF_8")
    void invalidUtf8IsMalformedAndHarmsNoOtherLine(byte[] invalid) {
        int column = 1;
        while (invalid[column - 1] > 0) {
            column++;
        }
        for (String before : List.of("{\"x\":\"é", "{\"name\":\"", "{\"x", "{ ", "", "é", " \t")) {
            byte[] line = join(utf8(before), invalid, utf8("\"}"));
            byte[] open = join(utf8(before), invalid);
            String message = "not UTF-8 at column " + (before.length() + column);
            if (before.length() > 1 && column == 1) {
                assertEquals(List.of("2 malformed-json: " + message), Inputs.messages(join(utf8(A + "\n"), line)));
            }
            for (byte[] bad : List.of(line, open)) {
                assertEquals(
                        List.of("1 a", "2 malformed-json", "3 b"), outcomes(join(utf8(A + "\n"), bad, utf8("\n" + B))));
                assertEquals(List.of("1 a", "2 malformed-json"), outcomes(join(utf8(A + "\n"), bad)));
                assertEquals(List.of("1 malformed-json", "2 b"), outcomes(join(bad, utf8("\n" + B))));
                assertEquals(
                        List.of("1 a", "2 malformed-json of the input"),
                        outcomes(join(utf8("[" + A + ",\n"), bad, utf8("," + B + "]"))));
                assertEquals(
                        List.of("1 a", "2 malformed-json of the input"), outcomes(join(utf8("[" + A + ",\n"), bad)));
            }
        }
    }

    @Test
    void theColumnOfAnInvalidByteIsCountedInCharactersOfItsLine() {
        byte[] bad = bytes(0xFF);
        assertEquals(List.of("1 malformed-json: not UTF-8 at column 1"), Inputs.messages(bad));
        assertEquals(
                List.of("3 malformed-json: not UTF-8 at column 9"),
                Inputs.messages(join(utf8("\ufeff\n" + A + "\n  {\"é€\":"), bad)));
        assertEquals(
                List.of("3 malformed-json: not UTF-8 at column 5"), Inputs.messages(join(utf8(" \n \n\t  {"), bad)));
        assertEquals(
                List.of("2 malformed-json: the input cannot be read on: not UTF-8 at column 8"),
                Inputs.messages(join(utf8("  [" + A + "\n , {\"😀"), bad)));
        assertEquals(
                List.of("2 malformed-json: the input cannot be read on: not UTF-8 at column 10001"),
                Inputs.messages(join(utf8("\n  [\"" + " ".repeat(9_996)), bad)));
    }

    @Test
    void aSequenceThatTheLineCutsShortIsKnownWithoutReadingOn() {
        ByteArrayInputStream input = new ByteArrayInputStream(join(utf8("{\""), bytes(0xF0, 0x9F), utf8("\n" + B)));
        assertEquals("1 malformed-json", Inputs.outcome(new JobLines(Inputs.trickle(input)).next()));
        assertEquals(B.length(), input.available());
    }

    @Test
    void validUtf8IsReadWhateverItsLength() {
        String text = "\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";
        String line = "{\"state\":3,\"name\":\"" + text.replace("\0", "\\u0000") + "\"}";
        assertEquals(List.of("1 " + text, "2 b"), outcomes(line + "\n" + B));
    }

    static IntStream offsets() {
        int buffer = 65_536;
        return IntStream.rangeClosed(buffer - 5, buffer + 2);
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void aSequenceMayStandAcrossAnyBoundaryOfABuffer(int offset) {
        for (String character : List.of("é", "€", "😀")) {
            String head = "{\"state\":3,\"name\":\"a\",\"x\":\"";
            String filler = "f".repeat(offset - head.length());
            String good = head + filler + character + "\"}";
            assertEquals(List.of("1 a", "2 b"), outcomes(good + "\n" + B));
            assertEquals(List.of("1 a", "2 b"), outcomes(Inputs.trickle(Inputs.in(utf8(good + "\n" + B)))));
            assertEquals(List.of("1 a", "2 b"), outcomes("[" + good.replace("ff", "f") + ",\n" + B + "]"));

            byte[] whole = utf8(head + filler + character);
            byte[] cut = Arrays.copyOf(whole, whole.length - 1);
            String message = "1 malformed-json: not UTF-8 at column " + (offset + 1);
            assertEquals(
                    List.of("1 malformed-json: the input cannot be read on: the JSON breaks off at column "
                            + (offset + 1 + Character.charCount(character.codePointAt(0)))),
                    Inputs.messages(cut));
            assertEquals(List.of(message), Inputs.messages(join(cut, utf8("\n" + B))));
            assertEquals(List.of("1 malformed-json", "2 b"), outcomes(join(cut, utf8("\n" + B))));
            assertEquals(List.of("1 malformed-json", "2 b"), outcomes(join(cut, utf8("\"}\n" + B))));
        }
    }

    private static void assertClear(String message) {
        assertEquals(1, message.lines().count(), message);
        for (String internal : List.of("Feature", "[Source", "REDACTED", "StreamRead", "enable", "Exception")) {
            assertFalse(message.contains(internal), message);
        }
    }
}
