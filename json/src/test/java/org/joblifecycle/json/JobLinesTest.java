package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.joblifecycle.json.Inputs.failing;
import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.outcomes;
import static org.joblifecycle.json.Inputs.trickle;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Validation;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobLinesTest {
    private static final String A = job("a");
    private static final String B = job("b");
    private static final String C = job("c");

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("\n", ""),
                Arguments.of("\r\n", ""),
                Arguments.of("\r", ""),
                Arguments.of(" \t\r", ""),
                Arguments.of("\n \n\t\n\r\r\n\n", ""),
                Arguments.of("\ufeff", ""),
                Arguments.of("\ufeff\n", ""),
                Arguments.of("\ufeff \r\n ", ""),
                Arguments.of(A, "1 a"),
                Arguments.of(A + "\n", "1 a"),
                Arguments.of(A + "\r\n", "1 a"),
                Arguments.of(A + "\r", "1 a"),
                Arguments.of(A + "\n" + B + "\n" + C, "1 a, 2 b, 3 c"),
                Arguments.of(A + "\r\n" + B + "\r\n" + C + "\r\n", "1 a, 2 b, 3 c"),
                Arguments.of("\n\n" + A + "\n\n \n" + B + "\n\t\r\n\n", "3 a, 6 b"),
                Arguments.of("\r\n \r\n" + A + "\r\n\r\n" + B + "\r\n\r\n", "3 a, 5 b"),
                Arguments.of(" \t\r " + A + " \t\r \n\t" + B + " ", "1 a, 2 b"),
                Arguments.of("\n \r\t" + A + "\n" + B, "2 a, 3 b"),
                Arguments.of("\ufeff" + A + "\n" + B, "1 a, 2 b"),
                Arguments.of("\ufeff\r\n " + A + "\n" + B, "2 a, 3 b"),
                Arguments.of(A + "\n\ufeff" + B + "\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of("\ufeff\ufeff" + A + "\n" + B, "1 malformed-json, 2 b"),
                Arguments.of(" \ufeff" + A + "\n" + B, "1 malformed-json, 2 b"),
                Arguments.of(A + "\n\ufeff\n" + B, "1 a, 2 malformed-json, 3 b"),
                Arguments.of(A + "\n" + B + "\r" + C + "\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of(A + "\n" + B + B + "\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of(A + "\n" + B + ",\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of("{\n" + A + "\n}\n" + B, "1 malformed-json, 2 a, 3 malformed-json, 4 b"),
                Arguments.of(A + "\n[" + B + ",1,{}]\n" + C, "1 a, 2 b, 2 malformed-json, 2 name-missing, 3 c"),
                Arguments.of(A + "\n[" + B + ",1,{}\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of(A + "\n[" + B + "][]\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of(A + "\n[]\n" + C, "1 a, 3 c"),
                Arguments.of(
                        A + "\n{\"tuningJobs\":[" + B + "," + B + "],\"nextPageToken\":\"\"}\n" + C,
                        "1 a, 2 b, 2 b, 3 c"),
                Arguments.of("{\"custom_jobs\":[" + B + "]}\n" + C, "1 b, 2 c"),
                Arguments.of("{}\n{}\n" + C, "3 c"),
                Arguments.of(A + "\n{\"error\":{\"code\":404}}\n" + C, "1 a, 2 error-answer, 3 c"),
                Arguments.of(A + "\n3\n\"x\"\nnull", "1 a, 2 malformed-json, 3 malformed-json, 4 malformed-json"),
                Arguments.of(A + "\n\0\n" + C, "1 a, 2 malformed-json, 3 c"),
                Arguments.of(A + "\n" + B + "\0\n\0" + C + "\n" + C, "1 a, 2 malformed-json, 3 malformed-json, 4 c"),
                Arguments.of("\0\n" + B, "1 malformed-json, 2 b"),
                Arguments.of("é\n" + B, "1 malformed-json, 2 b"),
                Arguments.of("\u00a0" + A + "\n" + B, "1 malformed-json, 2 b"),
                Arguments.of("\u2028\n" + B, "1 malformed-json, 2 b"),
                Arguments.of(A + "\n\f\n\u000b\n" + B, "1 a, 2 malformed-json, 3 malformed-json, 4 b"),
                Arguments.of(A + "\n{\"name\":\"b\"", "1 a, 2 malformed-json"),
                Arguments.of("{\"name\":\"b\nc\"}\n" + B, "1 malformed-json, 2 malformed-json, 3 b"),
                Arguments.of(
                        "{\"x\":1}\n{\"name\":\"b\"}\n{\"name\":\"c\",\"state\":-1}",
                        "1 name-missing, 2 state-missing, 3 state-unknown"),
                Arguments.of("{\"name\":\"c\",\"state\":1,\"endTime\":\"\"}\n" + B, "1 timestamp-malformed, 2 b"),
                Arguments.of(A + "\n" + A + "\n" + A, "1 a, 2 a, 3 a"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void linesAreReadOneByOneWithTheirNumbers(String input, String expected) {
        assertEquals(expected, String.join(", ", outcomes(input)));
        assertEquals(expected, String.join(", ", outcomes(trickle(in(utf8(input))))));
    }

    @Test
    void utf16IsNotRead() {
        String message =
                "it looks like UTF-16, as Windows PowerShell writes files: write it in UTF-8, such as with | Out-File"
                        + " -Encoding utf8";
        byte[] little = join(Inputs.bytes(0xFF, 0xFE), (A + "\n" + B).getBytes(UTF_16LE));
        byte[] big = join(Inputs.bytes(0xFE, 0xFF), (A + "\n" + B).getBytes(UTF_16BE));
        for (byte[] input : List.of(little, big, Inputs.bytes(0xFF, 0xFE))) {
            assertEquals(message, refusal(in(input)));
            assertEquals(message, refusal(trickle(in(input))));
        }
        byte[] unmarked = (A + "\n" + B).getBytes(UTF_16BE);
        assertEquals(List.of("1 malformed-json", "2 malformed-json"), outcomes(unmarked));
        assertEquals(List.of("1 malformed-json"), outcomes(Inputs.bytes(0xFF)));
        assertEquals(List.of("1 malformed-json"), outcomes(Inputs.bytes(0xFE, 0xFE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nname: a\n",
                "---",
                "- name: a\n  state: JOB_STATE_RUNNING\n",
                "createTime: '2024-05-01T12:00:00Z'\nname: a\n",
                "createTime:\n  seconds: 1\n",
                "\ufeff\n \n\nname: a\r\nlabels: {}\r\n",
                "name: a\n  {\"an\": \"indented line\"}\n",
                "a:",
                "job-spec.x_1:\t1"
            })
    void yamlIsNotRead(String input) {
        String message = "it looks like YAML, which gcloud prints by default: ask for JSON with --format=json";
        assertEquals(message, refusal(in(utf8(input))));
        assertEquals(message, refusal(trickle(in(utf8(input)))));
        assertEquals(message, refusal(in(utf8(input + "\n" + "x".repeat(70_000) + "\n{}\n"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: a\n{\"an object\":1}\n",
                "name: a\n[\n",
                "--\n",
                "-name: a\n",
                "name a:\n",
                "name:a\n",
                "https://x\n",
                "\"name\": \"a\"\n",
                "1: a\n",
                " name: a\n",
                "é: a\n",
                "x\n---\n"
            })
    void whatDoesNotLookLikeYamlIsReadAsLines(String input) {
        List<String> outcomes = outcomes(input);
        assertEquals("1 malformed-json", outcomes.get(0));
        assertEquals(outcomes, outcomes(trickle(in(utf8(input)))));
    }

    @Test
    void onlyTheFirst64KiBTellWhetherItLooksLikeYaml() {
        String head = "name: a\n";
        int sample = 64 << 10;
        for (int length : List.of(sample - 1, sample)) {
            String input = head + "x".repeat(length - head.length() - 1) + "\n{\n";
            assertEquals(length < sample, "none".equals(refusal(in(utf8(input)))), input);
        }
        String blank = "\n".repeat(sample - 4);
        assertEquals("none", refusal(in(utf8(blank + "a:\n{\n"))));
        assertTrue(refusal(in(utf8(blank + "\na:\n{\n"))).contains("YAML"));
        assertEquals(List.of((sample + 1) + " malformed-json"), outcomes(blank + "\n\n\n\na:"));
    }

    private static String refusal(InputStream input) {
        JobLines lines = new JobLines(input);
        try {
            lines.forEachRemaining(line -> assertTrue(line.job().isInvalid()));
            return "none";
        } catch (UncheckedIOException e) {
            assertFalse(lines.hasNext());
            return assertInstanceOf(NotJsonException.class, e.getCause()).getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3998, 3999, 4000, 4001, 65_533, 65_534, 65_535, 65_536, 65_537, 131_072, 200_000})
    void aLineMayHaveAnyLength(int length) {
        String spaces = " ".repeat(length);
        String filled = "{\"x\":\"" + "é".repeat(length) + "\"," + A.substring(1);
        assertEquals(List.of("1 a", "2 b"), outcomes(spaces + A + "\n" + B));
        assertEquals(List.of("1 a", "2 b"), outcomes(A + spaces + "\r\n" + B));
        assertEquals(List.of("1 a", "3 b"), outcomes(A + "\n" + spaces + "\n" + B));
        assertEquals(List.of("1 a", "2 b"), outcomes(filled + "\n" + B));
        assertEquals(List.of("2 a", "3 b"), outcomes(spaces + "\n" + filled + "\n" + spaces + B));
        assertEquals(List.of("1 malformed-json", "2 b"), outcomes("x" + filled + "\n" + B));
        assertEquals(List.of("1 malformed-json", "2 b"), outcomes(filled.substring(0, filled.length() - 1) + "\n" + B));
        assertEquals(List.of("1 c", "2 malformed-json", "3 b"), outcomes(C + "\n" + filled + "x" + spaces + "\n" + B));
        assertEquals(
                List.of("1 c", "2 malformed-json", "3 b"),
                outcomes(C + "\n" + filled.substring(0, filled.length() - 1) + "\n" + B));
    }

    @Test
    void theColumnOfAFaultCountsLeadingWhiteSpace() {
        String message = "malformed-json: not JSON at column 6: Unexpected character (',' (code 44)): was expecting"
                + " double-quote to start field name";
        assertEquals(List.of("1 " + message, "3 " + message), Inputs.messages(utf8("\ufeff \t {,}\n\n \t {,}")));
        String breaksOff = " malformed-json: the input cannot be read on: the JSON breaks off at column ";
        assertEquals(List.of("2" + breaksOff + 4), Inputs.messages(utf8("   \n  {")));
        assertEquals(List.of("1" + breaksOff + 10_002), Inputs.messages(utf8(" ".repeat(10_000) + "{")));
    }

    @Test
    void nothingIsReadBeforeItIsAskedForNorBeyondTheLine() {
        ByteArrayInputStream input = new ByteArrayInputStream(utf8(A + "\n" + B + "\n \n" + C));
        int length = input.available();
        JobLines lines = new JobLines(trickle(input));
        Stream<JobLine> stream = lines.stream();
        assertEquals(length, input.available());
        assertEquals("1 a", Inputs.outcome(lines.next()));
        assertEquals(length - A.length() - 1, input.available());
        assertTrue(lines.hasNext());
        assertEquals("2 b", Inputs.outcome(lines.next()));
        assertEquals(2 + C.length(), input.available());
        assertEquals(List.of("4 c"), stream.map(Inputs::outcome).toList());
    }

    @Test
    void aStreamReadsNoMoreThanItsBufferBeyondWhatIsTaken() {
        ByteArrayInputStream input = new ByteArrayInputStream(utf8((A + "\n").repeat(100_000)));
        int length = input.available();
        assertEquals(
                List.of("1 a", "2 a", "3 a"),
                new JobLines(input).stream().map(Inputs::outcome).limit(3).toList());
        assertTrue(length - input.available() <= 65_536);
    }

    @Test
    void theIteratorEndsAsIteratorsDo() {
        JobLines lines = new JobLines(in(utf8(A + "\n{\n")));
        assertTrue(lines.hasNext());
        assertTrue(lines.hasNext());
        assertEquals("1 a", Inputs.outcome(lines.next()));
        assertEquals("2 malformed-json", Inputs.outcome(lines.next()));
        assertFalse(lines.hasNext());
        assertFalse(lines.hasNext());
        assertEquals(
                "the input has no more snapshots",
                assertThrows(NoSuchElementException.class, lines::next).getMessage());
        assertThrows(NoSuchElementException.class, () -> new JobLines(in(utf8("\n"))).next());
    }

    private static InputStream changing(AtomicReference<InputStream> current) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return current.get().read(target, offset, length);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{}\n", "[{}]"})
    void theEndStaysTheEndThoughTheInputGoesOn(String text) {
        AtomicReference<InputStream> current = new AtomicReference<>(in(utf8(text)));
        JobLines lines = new JobLines(changing(current));
        lines.forEachRemaining(line -> assertTrue(line.number() <= 2));
        current.set(in(utf8("\n{}\n")));
        assertFalse(lines.hasNext());
    }

    @Test
    void anEndWithinALineIsTheEndOfAll() {
        AtomicReference<InputStream> current = new AtomicReference<>(in(utf8(A + "\n{\"na")));
        JobLines lines = new JobLines(changing(current));
        assertEquals(1, lines.next().number());
        assertEquals(2, lines.next().number());
        current.set(in(utf8("\n{}\n")));
        assertFalse(lines.hasNext());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n ", "{\"name\":\"b\",", "{\"name\":\"b", "{} ", "[", "[{}, ", "[{\"name\":"})
    void aFailingInputIsAnUncheckedIoExceptionAndTheEnd(String after) {
        IOException failure = new EOFException("Unexpected end of ZLIB input stream");
        boolean array = after.startsWith("[");
        JobLines lines = new JobLines(failing(utf8((array ? "" : A + "\n") + after), failure));
        List<String> before = new ArrayList<>();
        UncheckedIOException thrown = assertThrows(
                UncheckedIOException.class, () -> lines.forEachRemaining(line -> before.add(Inputs.outcome(line))));
        assertSame(failure, thrown.getCause());
        assertEquals(array && !after.contains("}") ? 0 : 1, before.size());
        assertFalse(lines.hasNext());
        assertThrows(NoSuchElementException.class, lines::next);
        assertThrows(
                UncheckedIOException.class,
                () -> new JobLines(failing(utf8(after), failure)).stream().forEach(line -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"x\":1}\n{}", "[{},{}]", "{\n\"x\":1}{}"})
    void closingClosesTheInputAndEndsTheReading(String text) throws IOException {
        int[] closed = {0};
        InputStream input = new ByteArrayInputStream(utf8(text)) {
            @Override
            public void close() {
                closed[0]++;
            }
        };
        JobLines lines = new JobLines(input);
        try (Stream<JobLine> stream = lines.stream()) {
            assertEquals(text.isEmpty() ? 0 : 1, stream.limit(1).count());
            assertEquals(0, closed[0]);
        }
        assertEquals(1, closed[0]);
        assertFalse(lines.hasNext());
        new JobLines(input).close();
        assertEquals(2, closed[0]);
    }

    @Test
    void readingToTheEndDoesNotCloseTheInput() {
        for (String text : List.of("{}\n{}\n", "[{},{}]", "[", "{")) {
            JobLines lines = new JobLines(new ByteArrayInputStream(utf8(text)) {
                @Override
                public void close() {
                    throw new AssertionError("closed");
                }
            });
            lines.forEachRemaining(line -> assertTrue(line.job().isInvalid()));
        }
    }

    @Test
    void anInputThatCannotBeClosedIsAnUncheckedIoExceptionOfTheStream() {
        IOException failure = new IOException("disk");
        Stream<JobLine> stream = new JobLines(new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public void close() throws IOException {
                        throw failure;
                    }
                })
                .stream();
        assertSame(
                failure, assertThrows(UncheckedIOException.class, stream::close).getCause());
    }

    @Test
    void theFallbackIsForNamesThatTellNoKind() {
        for (String line : List.of(
                "{\"name\":\"%s\",\"state\":3,\"jobState\":8}",
                "{\"name\":\"%s\",\"state\":\"JOB_STATE_RUNNING\",\"jobState\":\"JOB_STATE_PAUSED\"}")) {
            for (String form : List.of("%s\n%s\n%s", "[%s,\n%s,\n%s]")) {
                byte[] input = utf8(form.formatted(
                        line.formatted("a"),
                        line.formatted("customJobs/1"),
                        line.formatted("notebookExecutionJobs/1")));
                assertEquals(
                        List.of(JobState.RUNNING, JobState.RUNNING, JobState.PAUSED), states(new JobLines(in(input))));
                assertEquals(
                        List.of(JobState.PAUSED, JobState.RUNNING, JobState.PAUSED),
                        states(new JobLines(in(input), JobKind.NOTEBOOK_EXECUTION_JOB)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"name":"customJobs/1","state":"JOB_STATE_RUNNING"} | CUSTOM_JOB
            {"name":"customJobs/1","state":3}                   | CUSTOM_JOB
            {"name":"customJobs/1"}                             | CUSTOM_JOB
            {"name":"customJobs/1","state":"LOST"}              | CUSTOM_JOB
            {"name":"a","state":"JOB_STATE_RUNNING"}            | NAS_JOB
            {"name":"a","state":3}                              | NAS_JOB
            {"name":"a"}                                        | NAS_JOB
            {"name":"","state":3}                               | NAS_JOB
            {"state":3}                                         | NAS_JOB
            {"name":3,"state":3}                                | NAS_JOB
            null                                                | NAS_JOB
            {"name":"customJobs/1",                             | NAS_JOB
            """)
    void theKindIsThatOfTheNameElseTheFallback(String line, JobKind kind) {
        for (String form : List.of("%s\n", "[%s]", "[%s,", " ".repeat(100_000) + "%s")) {
            new JobLines(in(utf8(form.formatted(line))), JobKind.NAS_JOB)
                    .forEachRemaining(each -> assertEquals(each.isElement() ? kind : JobKind.NAS_JOB, each.kind()));
        }
    }

    @Test
    void aLineCarriesTheJob() {
        assertEquals(
                new JobLine(2, JobKind.TUNING_JOB, Validation.valid(JobSnapshot.of("a", JobState.RUNNING)), true),
                new JobLines(in(utf8("\n" + A))).next());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void manyThreadsReadWhatOneReads(int threads) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(i % 7 == 0 ? "\r\n" : i % 11 == 0 ? "{\n" : job("job-" + i) + "\n");
            if (i % 20_000 == 19_999) { // longer than any buffer
                text.append("{\"x\":\"")
                        .append("x".repeat(1 << 21))
                        .append("\",")
                        .append(A.substring(1))
                        .append('\n');
            }
        }
        byte[] input = utf8(text + C);
        List<JobLine> expected = new ArrayList<>();
        new JobLines(in(input)).forEachRemaining(expected::add);
        assertEquals(60_004, expected.get(expected.size() - 1).number());
        List<JobLine> actual = new ArrayList<>();
        try (JobLines lines = new JobLines(in(input), JobKind.TUNING_JOB, threads)) {
            lines.forEachRemaining(actual::add);
        }
        assertEquals(expected, actual);
    }

    @Test
    void theColumnOfAFaultDoesNotDependOnTheThreads() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int length = (1 << 16) - 60; length < (1 << 16) + 10; length++) {
            text.append("{\"x\":[\"").append("x".repeat(length)).append("\",1.]}\n");
        }
        byte[] input = utf8(A + "\n" + text);
        List<List<String>> messages = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            List<String> all = new ArrayList<>();
            try (JobLines lines = new JobLines(in(input), JobKind.TUNING_JOB, threads)) {
                lines.forEachRemaining(line -> all.add(line.job().toString()));
            }
            messages.add(all);
        }
        assertEquals(71, messages.get(0).size());
        assertEquals(messages.get(0), messages.get(1));
    }

    @Test
    void aSnapshotNotYetTakenIsGoneAfterClosing() throws IOException {
        JobLines lines = new JobLines(in(utf8(A + "\n" + B)));
        assertTrue(lines.hasNext());
        lines.close();
        assertFalse(lines.hasNext());
        assertThrows(NoSuchElementException.class, lines::next);
    }

    @Test
    void linesBeforeAFailureAreReadByManyThreadsToo() {
        IOException failure = new IOException("the disk is gone");
        JobLines lines = new JobLines(
                failing(utf8((A + "\n").repeat(100_000) + B.substring(1)), failure), JobKind.TUNING_JOB, 2);
        int[] read = {0};
        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> lines.forEachRemaining(line -> read[0]++));
        assertSame(failure, thrown.getCause());
        assertEquals(100_000, read[0]);
        assertFalse(lines.hasNext());
    }

    @Test
    void anErrorOfTheInputIsThrownToTheCaller() {
        for (Throwable defect : List.of(new IllegalStateException("broken"), new OutOfMemoryError("too big"))) {
            InputStream input = new SequenceInputStream(in(utf8((A + "\n").repeat(100_000))), new InputStream() {
                @Override
                public int read() {
                    if (defect instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) defect;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return read();
                }
            });
            JobLines lines = new JobLines(input, JobKind.TUNING_JOB, 2);
            assertSame(defect, assertThrows(defect.getClass(), () -> lines.forEachRemaining(line -> {})));
            assertFalse(lines.hasNext());
        }
    }

    @Test
    void closingEndsTheThreads() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        JobLines lines = new JobLines(Inputs.repeated(A + "\n", Long.MAX_VALUE / 100), JobKind.TUNING_JOB, 3);
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i + 1, lines.next().number());
        }
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        assertEquals(
                3,
                threads.stream()
                        .filter(thread -> thread.getName().startsWith("job-lines-"))
                        .count());
        lines.close();
        for (Thread thread : threads) {
            if (thread.getName().startsWith("job-lines-")) {
                assertTrue(thread.isDaemon());
                thread.join(60_000);
                assertFalse(thread.isAlive());
            }
        }
        assertFalse(lines.hasNext());
    }

    @Test
    void withOneThreadTheCallerReads() {
        Set<Thread> readers = new HashSet<>();
        InputStream input = new FilterInputStream(Inputs.repeated(A + "\n", 10_000)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                readers.add(Thread.currentThread());
                return super.read(target, offset, length);
            }
        };
        JobLines lines = new JobLines(input, JobKind.TUNING_JOB, 1);
        assertEquals(10_000, lines.stream().count());
        assertEquals(Set.of(Thread.currentThread()), readers);
    }

    @Test
    void anInterruptWhileWaitingIsReportedAndKept() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        InputStream input = new SequenceInputStream(in(utf8(A + "\n")), new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    forever.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("stopped");
                }
            }
        });
        try (JobLines lines = new JobLines(input, JobKind.TUNING_JOB, 2)) {
            assertEquals(1, lines.next().number());
            Thread.currentThread().interrupt();
            UncheckedIOException thrown = assertThrows(UncheckedIOException.class, lines::hasNext);
            assertTrue(Thread.interrupted());
            assertEquals("interrupted while reading", thrown.getCause().getMessage());
            assertFalse(lines.hasNext());
        }
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertEquals(
                "threads is 0: expected 1 or more",
                assertThrows(IllegalArgumentException.class, () -> new JobLines(in(utf8("")), JobKind.TUNING_JOB, 0))
                        .getMessage());
    }

    @Test
    void aNullArgumentIsNamed() {
        assertEquals(
                "in",
                assertThrows(NullPointerException.class, () -> new JobLines(null))
                        .getMessage());
        assertEquals(
                "fallback",
                assertThrows(NullPointerException.class, () -> new JobLines(in(utf8("")), null))
                        .getMessage());
        assertEquals(
                "job",
                assertThrows(NullPointerException.class, () -> new JobLine(1, JobKind.NAS_JOB, null, true))
                        .getMessage());
        assertEquals(
                "kind",
                assertThrows(
                                NullPointerException.class,
                                () -> new JobLine(
                                        1, null, Validation.valid(JobSnapshot.of("a", JobState.RUNNING)), true))
                        .getMessage());
    }

    private static List<JobState> states(JobLines lines) {
        return lines.stream().map(line -> line.job().get().state()).toList();
    }
}
