package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobScannerTest {
    private static final String NAME = "projects/p/locations/l/tuningJobs/7";
    private static final String TYPICAL = "{\"name\":\"" + NAME + "\",\"state\" : \"JOB_STATE_FAILED\",\"createTime\":"
            + "\"2024-05-01T12:00:00.5Z\",\"startTime\":null, \"endTime\":\"2024-05-01T12:00:01Z\",\"error\":{\"code\":13,"
            + "\"message\":\"no\",\"details\":[{}]},\"x\":[-1.5e+3,0,true,false,null,\"y\",{\"z\":{\"a\":[[9]]},\"b\":{}}],\"status\":{\"code\":-2}}";
    private static final byte[] CHARACTERS = utf8("{}[]\",:\\/-+.019eEntfTZz \t\r\0u");

    @Test
    void whatTheApiPrintsIsUsual() {
        JobSnapshot job = JobSnapshot.of(NAME, JobState.FAILED)
                .withCreateTime(Instant.parse("2024-05-01T12:00:00.5Z"))
                .withEndTime(Instant.parse("2024-05-01T12:00:01Z"))
                .withError(new JobError(13, "no"));
        assertEquals(job, scan(TYPICAL));
        assertEquals(job, scan(TYPICAL + " \t\r"));
        assertEquals(JobSnapshot.of("a", JobState.RUNNING), scan(Inputs.job("a")));
        assertEquals(
                JobSnapshot.of("a/notebookExecutionJobs/1", JobState.PAUSED).withError(new JobError(0, "")),
                scan(
                        "{\"status\":{},\"name\":\"a/notebookExecutionJobs/1\",\"state\":\"x\",\"jobState\":\"JOB_STATE_PAUSED\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9",
                "-0.90",
                "1e9",
                "1E-9",
                "109.5e+09",
                "\"\"",
                "[[],{},[{}],0]",
                "{\"a\":{\"b\":[1,{\"c\":2}],\"d\":{\"e\":3}},\"f\":[4]}"
            })
    void whatIsPassedOverMayBeAnyValueInAscii(String value) {
        JobSnapshot job = JobSnapshot.of("a", JobState.RUNNING).withError(new JobError(999_999_999, "no"));
        String error = "\"error\":{\"code\":999999999,\"x\":" + value + ",\"message\":\"no\"}";
        assertEquals(
                job,
                scan("{\"name\":\"a\",\"x\":" + value + "," + error + ",\"state\":\"JOB_STATE_RUNNING\",\"y\":" + value
                        + "}"));
    }

    @Test
    void allStatesAreUsual() {
        for (JobState state : JobState.values()) {
            assertEquals(JobSnapshot.of("a", state), scan("{\"name\":\"a\",\"state\":\"" + state.wireName() + "\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "x",
                "{\"name\":\"a\"}",
                "{\"state\":\"JOB_STATE_RUNNING\"}",
                "{\"name\":\"\",\"state\":\"JOB_STATE_RUNNING\"}",
                "{\"name\":\"a\",\"state\":3}",
                "{\"name\":\"a\",\"state\":\"RUNNING\"}",
                "{\"name\":\"\\u0061\",\"state\":\"JOB_STATE_RUNNING\"}",
                "{\"name\":\"é\",\"state\":\"JOB_STATE_RUNNING\"}",
                "{\"name\":\"a\",\"state\":\"JOB_STATE_RUNNING\",\"createTime\":\"now\"}",
                "{\"name\":\"a\",\"state\":\"JOB_STATE_RUNNING\",\"error\":[]}",
                "{\"name\":\"a\",\"state\":\"JOB_STATE_RUNNING\"} x",
                "{\"name\":\"a\",\"state\":\"JOB_STATE_RUNNING\"},"
            })
    void whatIsUnusualIsLeftToJackson(String line) {
        assertNull(scan(line));
    }

    @Test
    void eachByteOfALineMayBeAnyOther() {
        byte[] line = utf8(TYPICAL);
        for (int at = 0; at < line.length; at++) {
            List<byte[]> lines = new ArrayList<>();
            for (int b = 0; b < 256; b++) {
                byte[] changed = line.clone();
                changed[at] = (byte) b;
                lines.add(changed);
                lines.add(line); // after which the keys of this line are expected
            }
            assertRead(lines);
        }
    }

    @Test
    void aCharacterMayBeTooMuchOrMissingAnywhere() {
        byte[] line = utf8(TYPICAL);
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

    // The job, or null if the scanner leaves the line to Jackson; the same when it expects the keys of this line.
    private static JobSnapshot scan(String line) {
        byte[] bytes = join(utf8(line + "\n" + line + "\n"), new byte[JobScanner.SLACK]);
        JobScanner scanner = new JobScanner(bytes, new Names(JobKind.TUNING_JOB), new Keys(JobScanner.KEYS));
        JobSnapshot job = scanner.read(0);
        assertEquals(job, scanner.read(utf8(line).length + 1));
        return job;
    }

    // All these lines, none of which may be the first of an array, come to the same as if Jackson alone had read each.
    static void assertRead(List<byte[]> lines) {
        byte[] first = utf8("}"); // would end an object that goes on at the start of the input
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(first);
        List<Object> expected = new ArrayList<>(List.of(jackson(first).get()));
        for (byte[] line : lines) {
            input.write('\n');
            input.writeBytes(line);
            for (byte[] part : parts(line)) {
                jackson(part).forEach(expected::add);
            }
        }
        for (int threads = 1; threads <= 2; threads++) {
            List<Object> actual = new ArrayList<>();
            try (JobLines jobs = new JobLines(in(input.toByteArray()), JobKind.TUNING_JOB, threads)) {
                jobs.forEachRemaining(line -> actual.add(line.job()));
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

    static Option<Validation<Unreadable, JobSnapshot>> jackson(byte[] line) {
        try (JsonParser parser = JobJson.FACTORY.createParser(new Utf8Lines(in(line), new byte[line.length + 100]))) {
            return JobJson.readOnly(parser, JobKind.TUNING_JOB);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
