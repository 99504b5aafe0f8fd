package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobValues.Found;
import org.joblifecycle.json.fast.Buffers;
import org.junit.jupiter.api.Test;

// Lines come to the same whether the fast reader may read them or Jackson reads all of them.
class TwoReadersTest {
    private static final byte[] CHARACTERS = utf8("{}[]\",:\\/-+.019eEntfTZz \t\r\0u");

    @Test
    void eachByteOfALineMayBeAnyOther() {
        byte[] line = utf8(Inputs.TYPICAL);
        for (int at = 0; at < line.length; at++) {
            List<byte[]> lines = new ArrayList<>();
            for (int b = 0; b < 256; b++) {
                byte[] changed = line.clone();
                changed[at] = (byte) b;
                lines.add(changed);
                lines.add(line); // so that the keys of this line are expected next
            }
            assertRead(lines);
        }
    }

    @Test
    void charactersMayBeMissingOrAddedAnywhere() {
        byte[] line = utf8(Inputs.TYPICAL);
        for (int at = 0; at <= line.length; at++) {
            byte[] head = Arrays.copyOf(line, at);
            byte[] tail = Arrays.copyOfRange(line, at, line.length);
            List<byte[]> lines = new ArrayList<>(List.of(head, tail));
            for (byte character : CHARACTERS) {
                lines.add(join(head, new byte[] {character}, tail));
                lines.add(join(head, new byte[] {character, character}, tail));
                lines.add(join(head, new byte[] {character}));
            }
            for (int missing = 1; missing <= Math.min(12, tail.length); missing++) {
                lines.add(join(head, Arrays.copyOfRange(tail, missing, tail.length)));
            }
            assertRead(lines);
        }
    }

    @Test
    void aMemberMayHaveAnyValueTwice() {
        List<String> keys = List.of(
                "name",
                "state",
                "jobState",
                "error",
                "status",
                "createTime",
                "create_time",
                "job_state",
                "startTime",
                "endTime",
                "updateTime",
                "x",
                "",
                "n\\u0061me",
                "Name",
                "nam",
                "names");
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "3",
                "-0",
                "3.0",
                "3e0",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1E-2",
                "+1",
                "123456789",
                "1234567890",
                "2147483648",
                "\"\"",
                "\"a\"",
                "\"JOB_STATE_QUEUED\"",
                "\"JOB_STATE_QUEUED \"",
                "\"a/notebookExecutionJobs/1\"",
                "\"a/customJobs/1\"",
                "\"2024-05-01T12:00:00Z\"",
                "\"2024-05-01t12:00:00.123456789+01:00\"",
                "\"2024-02-30T12:00:00Z\"",
                "\"0001-01-01T00:00:00+23:59\"",
                "\"\\n\"",
                "\"\u007f\"",
                "\"\u0001\"",
                "\"é😀\"",
                "\"\\ud800\"",
                "{}",
                "[]",
                "[,]",
                "[1,]",
                "{\"a\":1,}",
                "{\"code\":8}",
                "{\"code\":null,\"message\":null}",
                "{\"code\":8,\"code\":null}",
                "{\"message\":\"m\",\"message\":null}",
                "{\"code\":8.0}",
                "{\"code\":-2147483648}",
                "{\"code\":-0}",
                "{\"code\":2147483647}",
                "{\"code\":2147483648}",
                "{\"code\":-2147483649}",
                "{\"code\":4294967304}",
                "{\"code\":999999999}",
                "{\"code\":-999999999}",
                "{\"code\":01}",
                "{\"code\":\"8\"}",
                "{\"seconds\":1}",
                "{\"message\":7}",
                "{\"message\":\"\\\"\"}",
                "{\"details\":[{\"code\":1}]}",
                "{\"code\":{\"code\":1}}",
                "[[[[{\"x\":{}}]]]]",
                "nul",
                "nulll",
                "NaN",
                "tru",
                "'a'");
        for (String key : keys) {
            List<byte[]> lines = new ArrayList<>();
            for (String value : values) {
                String member = "\"" + key + "\":" + value;
                String rest = Inputs.job("a/tuningJobs/1").substring(1);
                String notebook = "\"jobState\":\"JOB_STATE_PAUSED\","
                        + Inputs.job("a/notebookExecutionJobs/1").substring(1);
                for (String other : List.of(rest, notebook)) {
                    lines.add(utf8("{" + member + "," + other));
                    lines.add(utf8("{" + other.substring(0, other.length() - 1) + "," + member + "}"));
                }
                for (String first : values) {
                    lines.add(utf8("{" + rest.substring(0, rest.length() - 1) + ",\"" + key + "\":" + first + ","
                            + member + "}"));
                }
            }
            assertRead(lines);
        }
    }

    @Test
    void aLineMayBeOfAnyDepth() {
        List<byte[]> lines = new ArrayList<>();
        IntStream.concat(IntStream.range(55, 75), IntStream.range(990, 1010)).forEach(depth -> {
            for (String open : List.of("[", "{\"x\":")) {
                String close = open.equals("[") ? "]" : "}";
                String deep = open.repeat(depth) + "1" + close.repeat(depth);
                lines.add(utf8("{\"x\":" + deep + "," + Inputs.job("a").substring(1)));
                lines.add(utf8(Inputs.job("a").replace("}", ",\"x\":" + deep + "}")));
                lines.add(utf8("{\"error\":{\"details\":" + deep + "},"
                        + Inputs.job("a").substring(1)));
                for (String wrong : List.of("]", "}")) {
                    lines.add(utf8("{\"x\":" + deep.substring(0, deep.length() - 1) + wrong + ","
                            + Inputs.job("a").substring(1)));
                    lines.add(utf8("{\"x\":" + open.repeat(depth) + "1" + close.repeat(depth - 1) + wrong + ","
                            + Inputs.job("a").substring(1)));
                }
            }
        });
        assertRead(lines);
    }

    @Test
    void aStringMayEndAnywhereBeforeTheEndOfTheInput() {
        List<byte[]> lines = new ArrayList<>();
        for (int length = 0; length < 80; length++) {
            lines.add(utf8(Inputs.job("a".repeat(length))));
            lines.add(utf8("{\"x\":\"" + "a".repeat(length)));
            lines.add(utf8(
                    "{\"x\":\"" + "a".repeat(length) + "\"," + Inputs.job("a").substring(1)));
            lines.add(
                    utf8("{\"" + "x".repeat(length) + "\":1," + Inputs.job("a").substring(1)));
        }
        lines.forEach(line -> assertRead(List.of(line)));
        assertRead(lines);
    }

    @Test
    void aKeyMayFollowAnyOther() {
        List<String> keys =
                List.of("name", "names", "nam", "createTime", "createTimes", "createTimf", "x", "", "k".repeat(70));
        List<byte[]> lines = new ArrayList<>();
        for (String one : keys) {
            for (String other : keys) {
                for (String third : keys) {
                    String values =
                            "{\"%s\":\"a\",\"%s\" : \"2024-05-01T12:00:00Z\",\"o\":{\"%s\":1},\"state\":\"JOB_STATE_PAUSED\"}";
                    lines.add(utf8(values.formatted(one, other, third)));
                }
            }
        }
        assertRead(lines);
    }

    // All these lines come to the same as if Jackson alone had read each. A line before them, so that none begins an
    // array.
    static void assertRead(List<byte[]> lines) {
        byte[] first = utf8("}");
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(first);
        List<ReadJob> expected = new ArrayList<>(jackson(first));
        for (byte[] line : lines) {
            input.write('\n');
            input.writeBytes(line);
            for (byte[] part : parts(line)) {
                expected.addAll(jackson(part));
            }
        }
        for (int threads = 1; threads <= 2; threads++) {
            List<ReadJob> actual = new ArrayList<>();
            try (JobLines jobs = new JobLines(in(input.toByteArray()), JobKind.TUNING_JOB, threads)) {
                jobs.forEachRemaining(line -> actual.add(new ReadJob(line.kind(), line.job())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (int i = 0; i < expected.size(); i++) {
                int line = i + 1;
                assertEquals(expected.get(i), actual.get(i), () -> "job " + line + " of " + input.toString(UTF_8));
            }
            assertEquals(expected.size(), actual.size());
        }
    }

    private static List<byte[]> parts(byte[] line) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == '\n') {
                parts.add(Arrays.copyOfRange(line, start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    // What Jackson alone makes of the line.
    private static List<ReadJob> jackson(byte[] line) {
        try (JsonParser parser = StrictJson.parser(Buffers.text(line, line.length + 100))) {
            List<Found> jobs = JobValues.readAll(parser, JobKind.TUNING_JOB);
            return jobs == null ? List.of() : jobs.stream().map(Found::job).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
