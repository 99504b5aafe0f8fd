package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.joblifecycle.json.Inputs.bytes;
import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.messages;
import static org.joblifecycle.json.Inputs.outcomes;
import static org.joblifecycle.json.Inputs.trickle;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobArrayTest {
    private static final String A = job("a");
    private static final String B = job("b");
    private static final String C = job("c");

    static Stream<Arguments> arrays() {
        return Stream.of(
                Arguments.of("[]", ""),
                Arguments.of(" \n [ \n ] \n\t\r\n", ""),
                Arguments.of("\ufeff[]", ""),
                Arguments.of("\ufeff\r\n[" + A + "]", "2 a"),
                Arguments.of("[" + A + "," + B + "]", "1 a, 1 b"),
                Arguments.of("[" + A + "," + B + "]\n", "1 a, 1 b"),
                Arguments.of("[\n" + A + ",\n" + B + "\n]\n", "2 a, 3 b"),
                Arguments.of("[\r\n" + A + ",\r\n" + B + "\r\n]\r\n", "2 a, 3 b"),
                Arguments.of("\n\n[\n\n" + A + "\n\n,\n\n" + B + "\n\n]\n\n", "5 a, 9 b"),
                Arguments.of(
                        "[" + A.replace(",", ",\n") + ",\n" + B.replace(":", "\n:\n") + ",\n" + C + "\n]",
                        "1 a, 3 b, 8 c"),
                Arguments.of("[\r\r" + A + ",\r\r" + B + "\r\n," + C + "\r]\r", "1 a, 1 b, 2 c"),
                Arguments.of("\r\r[" + A + "]", "1 a"),
                Arguments.of(
                        "[1,\n\"x\",\nnull,\ntrue,\n[" + A + "],\n[[\n]]," + A + ",\n-1.5e3,false,{}]",
                        "1 malformed-json, 2 malformed-json, 3 malformed-json, 4 malformed-json, 5 malformed-json,"
                                + " 6 malformed-json, 7 a, 8 malformed-json, 8 malformed-json, 8 name-missing"),
                Arguments.of("[{},\n{\"name\":\"a\"},\n" + A + "]", "1 name-missing, 2 state-missing, 3 a"),
                Arguments.of("[\"]\\\"}\",{\"x\":\"]}\\\"[{\"}," + A + "]", "1 malformed-json, 1 name-missing, 1 a"),
                // broken
                Arguments.of("[", "1 malformed-json of the input"),
                Arguments.of("\n [\n\n", "4 malformed-json of the input"),
                Arguments.of("[" + A, "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + ",\n", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + ",\n]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[\n," + A + "]", "2 malformed-json of the input"),
                Arguments.of("[" + A + ",\"", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + ",\n\"x\n\"]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + ",\"x\"\n\"y\"]", "1 a, 1 malformed-json, 2 malformed-json of the input"),
                Arguments.of("[" + A + "\n" + B + "]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "}\n," + B + "]", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + ",\n{\"name\":\nx},\n" + B + "]", "1 a, 3 malformed-json of the input"),
                Arguments.of("[" + A + ",\n{\"name\":\"b\n\"},\n" + B + "]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + ",\n[1,\n2\n3],\n" + B + "]", "1 a, 4 malformed-json of the input"),
                Arguments.of("[" + A + ",\nx,\n" + B + "]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + ",\n\0,\n" + B + "]", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "//\n," + B + "]", "1 a, 1 malformed-json of the input"),
                Arguments.of("[\ufeff" + A + "]", "1 malformed-json of the input"),
                // something after it
                Arguments.of("[]\n\n" + A, "3 malformed-json of the input"),
                Arguments.of("[" + A + "]\n" + B + "\n" + C, "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "]\n[" + B + "]\n", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "]]\n", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + "],\n", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + "]\n\0", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "]\n \nx y z\n", "1 a, 3 malformed-json of the input"));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void theElementsOfAnArrayAreReadWithTheLinesOnWhichTheyStart(String input, String expected) {
        assertEquals(expected, String.join(", ", outcomes(input)));
        assertEquals(expected, String.join(", ", outcomes(trickle(in(utf8(input))))));
    }

    @Test
    void whatIsWrongWithAnArrayIsSaid() {
        assertEquals(
                List.of(
                        "1 malformed-json: expected a JSON object, found a number",
                        "1 malformed-json: expected a JSON object, found a number",
                        "2 malformed-json: expected a JSON object, found a string",
                        "2 malformed-json: expected a JSON object, found an array",
                        "2 malformed-json: expected a JSON object, found null",
                        "2 malformed-json: expected a JSON object, found true",
                        "2 malformed-json: expected a JSON object, found false",
                        "3 name-missing: name is missing: expected the resource name of the job, such as"
                                + " projects/p/locations/l/tuningJobs/7",
                        "3 malformed-json: expected nothing after the array"),
                messages(utf8("[1,1.5,\n\"x\",[],null,true,false,\n{}]{}")));
        assertEquals(
                List.of("2 malformed-json: the array cannot be read on: the JSON breaks off at column 3"),
                messages(utf8("[\n {")));
        assertEquals(
                List.of("2 malformed-json: the array cannot be read on: not JSON at column 4: Unexpected close marker"
                        + " ']': expected '}'"),
                messages(utf8("[\n {]")));
        assertEquals(
                List.of("1 malformed-json: the array cannot be read on: not UTF-8 at column 2"),
                messages(join(utf8("["), bytes(0xFF))));
        assertEquals(
                List.of(
                        "2 malformed-json: the array cannot be read on: nested more than 1000 levels deep at column 1001"),
                messages(utf8("[\n" + "[".repeat(5_000))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n", "", " ", "\r"})
    void anArrayMayBreakOffAnywhere(String separator) {
        String array = separator + "[" + separator + A + separator + "," + separator + "{\"x\":[{\"y\":" + separator
                + "\"é]}\\\"\",\"z\":-1.5e-4}],\"name\":\"b\",\"state\":" + separator + "3}" + separator + "," + C
                + separator + "]";
        byte[] whole = utf8(array);
        List<String> elements = outcomes(whole);
        assertEquals(3, elements.size());
        int start = array.indexOf('[') + 1;
        for (int length = 0; length < array.lastIndexOf(']'); length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String text = new String(cut, ISO_8859_1);
            List<String> expected = new ArrayList<>();
            if (length >= start) {
                expected.addAll(elements.subList(0, count("RUNNING\"}|3}", text)));
                expected.add((count("\n", text) + 1) + " malformed-json of the input");
            }
            assertEquals(expected, outcomes(cut), text);
        }
    }

    @Test
    void elementsBeforeAnInvalidByteCount() {
        String array = "[" + A + ",\n" + B + ",\n" + C + "]";
        for (int at = 1; at < array.length(); at++) {
            String before = array.substring(0, at);
            byte[] input = join(utf8(before), bytes(0xC3), utf8(array.substring(at)));
            List<String> expected = new ArrayList<>(List.of("1 a", "2 b", "3 c").subList(0, count("}", before)));
            expected.add((count("\n", before) + 1) + " malformed-json of the input");
            assertEquals(expected, outcomes(input), before);
        }
    }

    private static int count(String what, String text) {
        return (int) Pattern.compile(what).matcher(text).results().count();
    }

    @Test
    void anElementIsReadAsSoonAsItsBytesAreThere() {
        ByteArrayInputStream input = new ByteArrayInputStream(utf8("[" + A + ",\n" + B + ",\n" + C + "\n]"));
        JobLines lines = new JobLines(trickle(input));
        assertEquals("1 a", Inputs.outcome(lines.next()));
        assertEquals(B.length() + C.length() + 6, input.available());
        assertEquals("2 b", Inputs.outcome(lines.next()));
        assertEquals(C.length() + 4, input.available());
    }

    @ParameterizedTest
    @ValueSource(ints = {3998, 3999, 4000, 4001, 65_533, 65_534, 65_535, 65_536, 65_537, 200_000})
    void anElementMayHaveAnyLength(int length) {
        String filled = "{\"x\":\"" + "é".repeat(length) + "\"," + A.substring(1);
        String spaces = " ".repeat(length);
        assertEquals(List.of("1 a", "2 b"), outcomes("[" + filled + ",\n" + B + "]"));
        assertEquals(
                List.of("1 a", "2 b"), outcomes(spaces + "[" + spaces + A + spaces + "\n" + spaces + "," + B + "]"));
        assertEquals(
                List.of("1 malformed-json", "2 b"),
                outcomes("[\"" + "é".repeat(length) + "\"" + spaces + "\n," + B + "]"));
        assertEquals(List.of("1 a", (length + 1) + " b"), outcomes("[" + A + "\n".repeat(length) + "," + B + "]"));
    }

    @Test
    void anArrayIsAsDeepAsALine() {
        int depth = StrictJson.DEEPEST - 2;
        String deep = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "," + A.substring(1);
        assertEquals(List.of("1 a", "2 b"), outcomes("[" + deep + ",\n" + B + "]"));
        assertTrue(depth >= 512);
        String deeper = "{\"x\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "," + A.substring(1);
        assertEquals(
                List.of("1 b", "2 malformed-json of the input"), outcomes("[" + B + ",\n" + deeper + ",\n" + B + "]"));
    }

    @Test
    void aStringThatBreaksOffIsNoElement() {
        assertEquals(List.of("1 malformed-json of the input"), outcomes("[\""));
        assertEquals(List.of("1 a", "2 malformed-json of the input"), outcomes("[" + A + ",\n\"x"));
    }
}
