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
import java.io.InputStream;
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

class JobStreamTest {
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
                // more values after it
                Arguments.of("[]\n\n" + A, "3 a"),
                Arguments.of("[" + A + "]\n" + B + "\n" + C, "1 a, 2 b, 3 c"),
                Arguments.of("[" + A + "]\n[" + B + "]\n[]\n[" + C + "]", "1 a, 2 b, 4 c"),
                Arguments.of("[" + A + "][" + B + "]" + C, "1 a, 1 b, 1 c"),
                Arguments.of("[" + A + "]1\n\"x\"true", "1 a, 1 malformed-json, 2 malformed-json, 2 malformed-json"),
                Arguments.of("[]0123-4", "1 malformed-json, 1 malformed-json, 1 malformed-json"),
                // something else after it
                Arguments.of("[" + A + "]]\n", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + "],\n", "1 a, 1 malformed-json of the input"),
                Arguments.of("[" + A + "]\n,[" + B + "]\n", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "]\n\0", "1 a, 2 malformed-json of the input"),
                Arguments.of("[" + A + "]\n \nx y z\n", "1 a, 3 malformed-json of the input"));
    }

    static Stream<Arguments> objects() {
        String pretty = pretty(A);
        String list = "{\n\"tuningJobs\": [\n" + A + ",\n" + pretty(B) + "\n],\n\"nextPageToken\": \"x\"\n}";
        return Stream.of(
                Arguments.of(pretty, "1 a"),
                Arguments.of("\n\n  " + pretty + "\n\n", "3 a"),
                Arguments.of("\ufeff" + pretty, "1 a"),
                Arguments.of(pretty + "\n" + pretty(B) + C + "\n" + A, "1 a, 5 b, 8 c, 9 a"),
                Arguments.of(A + B, "1 a, 1 b"),
                Arguments.of(A + " \t\r" + B + "\n" + C, "1 a, 1 b, 2 c"),
                Arguments.of(A + "[" + B + ",\n" + C + "]", "1 a, 1 b, 2 c"),
                Arguments.of(pretty.replace("\n", "\r\n") + "\r\n" + B, "1 a, 5 b"),
                Arguments.of("{\n}", ""),
                Arguments.of("{\n}" + A, "2 a"),
                // the answers of list calls
                Arguments.of(list, "3 a, 4 b"),
                Arguments.of(list + list, "3 a, 4 b, 12 a, 13 b"),
                Arguments.of(
                        list.replace("tuningJobs", "tuning_jobs").replace("nextPageToken", "next_page_token"),
                        "3 a, 4 b"),
                Arguments.of("{\n\"customJobs\":[],\"unreachable\":[" + A + "]}", ""),
                Arguments.of("{\"nextPageToken\":\n\"\"}", ""),
                Arguments.of(
                        "{\n\"nasJobs\":[" + A + "],\n\"customJobs\":[" + B + "],\n\"nas_jobs\":[" + C + "]}",
                        "3 b, 4 c"),
                Arguments.of(
                        "{\"nasJobs\":[\n1,\n[" + A + "],\n{\"tuningJobs\":[" + A + "]},\n{},\n{\"error\":{}}," + A
                                + "]}",
                        "2 malformed-json, 3 malformed-json, 4 name-missing, 5 name-missing, 6 name-missing, 6 a"),
                Arguments.of("{\"nasJobs\":\n5,\"nas_jobs\":[" + A + "]}", "2 a"),
                Arguments.of("{\"nasJobs\":[" + A + "],\n\"nas_jobs\":null}", "1 name-missing"),
                Arguments.of("{\"nasJobs\":[" + A + "],\n\"x\":1}", "1 name-missing"),
                Arguments.of("{\"nasJobs\":[" + A + "],\n" + B.substring(1), "1 b"),
                Arguments.of("{\"nasJobs\":\n5,\"error\":{}}", "1 name-missing"),
                Arguments.of("{\"NasJobs\":\n[" + A + "]}", "1 name-missing"),
                Arguments.of("{\"x\":\"é😀\n", "1 malformed-json"),
                Arguments.of("{\"unreachable\":\"é😀\",\"nasJobs\":\n[" + A + ",\n" + B + "]}", "2 a, 3 b"),
                // answers that are errors
                Arguments.of("{\n\"error\": {\"code\": 404}\n}\n" + A, "1 error-answer, 4 a"),
                Arguments.of("{\n\"error\": {},\n\"error\": {}}", "1 error-answer"),
                Arguments.of("{\n\"error\": {},\n\"error\": null}", "1 name-missing"),
                Arguments.of("{\n\"error\": 404}", "1 malformed-json"),
                Arguments.of("{\n\"error\": {}, \"x\": null}", "1 name-missing"),
                Arguments.of("[{\"error\": {\"code\": 404}}]", "1 name-missing"),
                // an object counts whole or not at all
                Arguments.of("{", "1 malformed-json of the input"),
                Arguments.of("{\n\n", "3 malformed-json of the input"),
                Arguments.of(
                        A + "\n" + pretty.substring(0, pretty.length() - 1),
                        "1 a, 2 malformed-json, 3 malformed-json, 4 malformed-json"),
                Arguments.of(
                        pretty + "\n" + list.substring(0, list.length() - 1), "1 a, 14 malformed-json of the input"),
                Arguments.of(pretty + "\n{\n\"name\": x", "1 a, 6 malformed-json of the input"),
                Arguments.of(pretty + "\n]\n" + B, "1 a, 5 malformed-json of the input"),
                Arguments.of(pretty + ",\n" + B, "1 a, 4 malformed-json of the input"),
                // a first line that was cut off costs that line alone
                Arguments.of(A.substring(0, A.length() - 1) + "\n" + B + "\n" + C, "1 malformed-json, 2 b, 3 c"),
                Arguments.of(A.substring(0, 15) + "\n" + B + "\n" + C, "1 malformed-json, 2 b, 3 c"),
                Arguments.of("{\"name\":\n" + B + "\n" + C, "1 malformed-json, 2 b, 3 c"),
                Arguments.of("{\"name\":\n" + B + "\n", "3 malformed-json of the input"));
    }

    private static String pretty(String job) {
        return job.replace("{", "{\n  ").replace(",", ",\n  ").replace("}", "\n}");
    }

    @ParameterizedTest
    @MethodSource("objects")
    void objectsMayHaveSeveralLines(String input, String expected) {
        assertEquals(expected, String.join(", ", outcomes(input)));
        assertEquals(expected, String.join(", ", outcomes(trickle(in(utf8(input))))));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void theElementsOfAnArrayAreReadWithTheLinesOnWhichTheyStart(String input, String expected) {
        assertEquals(expected, String.join(", ", outcomes(input)));
        assertEquals(expected, String.join(", ", outcomes(trickle(in(utf8(input))))));
    }

    @Test
    void whatIsWrongWithAValueIsSaid() {
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
                        "3 malformed-json: expected a job, an array of jobs or the answer of a list call, found a string",
                        "3 malformed-json: the input cannot be read on: not JSON at column 9: found ',', expected a value"),
                messages(utf8("[1,1.5,\n\"x\",[],null,true,false,\n{}]{}\"x\",")));
        assertEquals(
                List.of(
                        "1 error-answer: the answer is an error and no job: code 404, status \"NOT_FOUND\", message \"no job\""),
                messages(
                        utf8(
                                "{\"error\":\n{\"status\":\"NOT_FOUND\",\"code\":404,\"message\":\"no job\",\"details\":[]}}")));
        assertEquals(
                List.of("1 error-answer: the answer is an error and no job: it tells no code, status, message"),
                messages(utf8("{\"error\":{}}")));
    }

    @Test
    void aByteThatBeginsNoCharacterIsNotAscii() {
        byte[] json = utf8("[{\"a\":~}]");
        json[6] = (byte) 0x80;
        assertEquals(
                List.of(
                        "1 malformed-json: the input cannot be read on: not JSON at column 7: found a character that is not ASCII,"
                                + " expected a value"),
                messages(json));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("[\n {", 2, "the JSON breaks off at column 3"),
                Arguments.of("[\n {]", 2, "not JSON at column 3: found ']', expected a key or '}'"),
                Arguments.of("[\n {\"a\" 1}]", 2, "not JSON at column 7: found '1', expected ':'"),
                Arguments.of("[\n {\"a\":1 \"b\":1}]", 2, "not JSON at column 9: found '\"', expected ',' or '}'"),
                Arguments.of("[\n {\"a\":1,}]", 2, "not JSON at column 9: found '}', expected a key"),
                Arguments.of(
                        "[\n {\"a\":é}]",
                        2,
                        "not JSON at column 7: found a character that is not ASCII, expected a value"),
                Arguments.of("[\n {\"a\":-x}]", 2, "not JSON at column 8: found 'x', expected a digit"),
                Arguments.of("[\n {\"a\":1.}]", 2, "not JSON at column 9: found '}', expected a digit"),
                Arguments.of("[\n {\"a\":nul}]", 2, "not JSON at column 10: found '}', expected null"),
                Arguments.of(
                        "[\n {\"a\":\"é\\x\"}]", 2, "not JSON at column 10: found 'x', expected one of \"\\/bfnrtu"),
                Arguments.of(
                        "[\n {\"a\":\"\ud83d\ude00\\x\"}]",
                        2,
                        "not JSON at column 11: found 'x', expected one of \"\\/bfnrtu"),
                Arguments.of(
                        "[\n {\"a\":\u0080}]",
                        2,
                        "not JSON at column 7: found a character that is not ASCII, expected a value"),
                Arguments.of(
                        "[\n {\"a\":\"\\u00g\"}]", 2, "not JSON at column 12: found 'g', expected a hexadecimal digit"),
                Arguments.of(
                        "[\n {\"a\":\"x\n\"}]",
                        2,
                        "not JSON at column 9: found '\\u000a', expected the end of a string"),
                Arguments.of("[1 2]", 1, "not JSON at column 4: found '2', expected ',' or ']'"),
                Arguments.of("[1,]", 1, "not JSON at column 4: found ']', expected a value"));
    }

    // Behind jobs that are read without counting their characters one by one.
    @Test
    void theColumnBehindAJobIsKnown() {
        String pretty = A.replace(",", ",\n ").replace("}", "\n}");
        String column = " malformed-json: the input cannot be read on: not JSON at column ";
        assertEquals(
                List.of("2" + column + (A.length() + 3) + ": found 'x', expected ',' or ']'"),
                messages(utf8("[\n" + A + "  x]")));
        assertEquals(
                List.of("2" + column + (A.length() + B.length() + 5) + ": found 'x', expected ',' or ']'"),
                messages(utf8("[\n" + A + " , " + B + " x]")));
        assertEquals(
                List.of(1 + pretty.lines().count() + column + "4: found 'x', expected ',' or ']'"),
                messages(utf8("[\n" + pretty + "  x]")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whereTheInputBreaksIsSaid(String input, int line, String expected) {
        List<String> messages = messages(utf8(input));
        assertEquals(
                line + " malformed-json: the input cannot be read on: " + expected, messages.get(messages.size() - 1));
    }

    @Test
    void whatIsNoUtf8IsSaid() {
        for (byte[] invalid : List.of(
                bytes(0xFF),
                bytes(0x80),
                bytes(0xC1, 0x80),
                bytes(0xE0, 0x9F, 0x80),
                bytes(0xED, 0xA0, 0x80),
                bytes(0xF0, 0x8F, 0x80, 0x80),
                bytes(0xF4, 0x90, 0x80, 0x80),
                bytes(0xF5),
                bytes(0xC3, '"'),
                bytes(0xE2, 0x82, '"'))) {
            List<String> messages = messages(join(utf8("[{},\n{\"a\":\""), invalid, utf8("\"}]")));
            assertTrue(
                    messages.get(1).startsWith("2 malformed-json: the input cannot be read on: not UTF-8 at column "),
                    messages::toString);
        }
        for (String valid :
                List.of("\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff")) {
            assertEquals(List.of("2 a"), outcomes("[\n{\"x\":\"" + valid + "\"," + A.substring(1) + "]"));
        }
    }

    @Test
    void anObjectIsReadUpTo64MiB() {
        int most = 64 << 20;
        String head = "{\n\"x\":\"";
        String tail = "\"," + A.substring(1);
        int filler = most - head.length() - tail.length();
        assertEquals(List.of("1 a", "3 b"), outcomes(large(head, filler, tail + "\n" + B)));
        assertEquals(List.of("2 malformed-json of the input"), outcomes(large(head, filler + 1, tail + "\n" + B)));
        assertEquals(
                List.of("1 b", "3 malformed-json of the input"),
                outcomes(large("[" + B + ",\n" + head, filler + 1, tail)));
        assertEquals(
                List.of("2 malformed-json: the input cannot be read on: an object is larger than 64 MiB"),
                new JobLines(large(head, most, ""))
                        .stream()
                                .map(line -> line.number() + " " + line.job().getError())
                                .toList());
        assertEquals(List.of("2 malformed-json", "3 b"), outcomes(large("[\n\"", most + 1, "\",\n" + B + "]")));
    }

    @Test
    void aFirstLineOfMoreThan64MiBIsALineOrTooLarge() {
        int most = 64 << 20;
        String head = "{\"x\":\"";
        String tail = "\"," + A.substring(1);
        assertEquals(List.of("1 a", "2 b", "3 malformed-json"), outcomes(large(head, most, tail + "\n" + B + "\n{")));
        assertEquals(List.of("1 malformed-json of the input"), outcomes(large(head, most, tail + B + "\n" + B)));
        assertEquals(List.of("1 malformed-json of the input"), outcomes(large(head, most, "\",\n\"y\":1}\n" + B)));
        assertEquals(List.of("1 malformed-json of the input"), outcomes(large(head, most, "")));
        assertEquals(List.of("1 malformed-json", "2 b"), outcomes(large("{x", most, "\n" + B)));
    }

    private static InputStream large(String head, long filler, String tail) {
        int block = 1 << 16;
        return Inputs.sequence(
                in(utf8(head)),
                Inputs.repeated("x".repeat(block), filler / block),
                in(utf8("x".repeat((int) (filler % block)) + tail)));
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
    void anObjectIsAsDeepAsALine() {
        int depth = StrictJson.DEEPEST - 1;
        assertTrue(depth >= 512);
        String deep = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "," + A.substring(1);
        String deeper = "{\"x\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "," + A.substring(1);
        assertEquals(List.of("1 a", "2 b"), outcomes("[" + deep + ",\n" + B + "]"));
        assertEquals(List.of("1 a", "2 b"), outcomes(deep + "\n" + B));
        assertEquals(
                List.of("1 b", "2 malformed-json of the input"), outcomes("[" + B + ",\n" + deeper + ",\n" + B + "]"));
        assertEquals(List.of("1 malformed-json", "2 b"), outcomes(deeper + "\n" + B));
        assertEquals(List.of("2 malformed-json of the input"), outcomes("{\n" + deeper.substring(1) + "\n" + B));
        assertEquals(
                List.of(
                        "2 malformed-json: the input cannot be read on: nested more than 1000 levels deep at column 1004"),
                messages(utf8("{\n" + deeper.substring(1))));
        assertEquals(
                List.of("2 malformed-json", "3 a"),
                outcomes("[\n" + "[".repeat(5_000) + "]".repeat(5_000) + ",\n" + A + "]"));
    }

    @Test
    void aStringThatBreaksOffIsNoElement() {
        assertEquals(List.of("1 malformed-json of the input"), outcomes("[\""));
        assertEquals(List.of("1 a", "2 malformed-json of the input"), outcomes("[" + A + ",\n\"x"));
    }
}
