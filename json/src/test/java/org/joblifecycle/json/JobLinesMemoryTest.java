package org.joblifecycle.json;

import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.repeated;
import static org.joblifecycle.json.Inputs.sequence;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobLinesMemoryTest {
    private static final long MEGABYTE = 1 << 20;
    private static final String HUNDRED = "0123456789".repeat(10);
    private static final String TAIL = job("a").substring(1);

    static Stream<Arguments> hugeLines() {
        return Stream.of(
                Arguments.of("a string that is not read", 50, "{\"x\":\"", HUNDRED, "\"," + TAIL, "1 a"),
                Arguments.of("a string in UTF-8", 16, "{\"x\":\"", "é€😀".repeat(10), "\"," + TAIL, "1 a"),
                Arguments.of("white space", 16, "{", " \t\r".repeat(30), TAIL, "1 a"),
                Arguments.of("leading white space", 16, "", " \t\r".repeat(30), "{" + TAIL, "1 a"),
                Arguments.of(
                        "an array", 16, "{\"x\":[[", HUNDRED.replace("0", "{},"), "]]," + TAIL, "1 malformed-json"),
                Arguments.of("a broken line", 16, "x", HUNDRED, "{" + TAIL, "1 malformed-json"),
                Arguments.of("a string that breaks off", 16, "{\"x\":\"", HUNDRED, "", "1 malformed-json"),
                Arguments.of("NUL bytes", 16, "", "\0".repeat(100), "{" + TAIL, "1 malformed-json"),
                Arguments.of("bytes after the object", 16, "{" + TAIL, " \t\r".repeat(30), "x", "1 malformed-json"),
                Arguments.of("a string as a line", 16, "\"", HUNDRED, "\"", "1 malformed-json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hugeLines")
    void aHugeLineIsReadInLittleMemory(
            String what, int size, String head, String filler, String tail, String expected) {
        String first = job("first") + "\n"; // the beginning of an input is kept until its layout is known
        String next = "\n" + job("b");
        InputStream input = sequence(in(utf8(first + head)), megabytes(size, filler), in(utf8(tail + next)));
        long before = allocated();
        List<String> outcomes = Inputs.outcomes(input);
        long used = allocated() - before;
        assertEquals(List.of("1 first", expected.replace('1', '2'), "3 b"), outcomes);
        assertTrue(used < size * (MEGABYTE / 4), () -> used + " bytes");
    }

    @Test
    void whatIsNoObjectIsNotKept() {
        InputStream input = sequence(
                in(utf8("[[\"")),
                megabytes(10, HUNDRED),
                in(utf8("\"],\"")),
                megabytes(10, HUNDRED),
                in(utf8("\",\n" + job("b") + "]")));
        long before = allocated();
        List<String> outcomes = Inputs.outcomes(input);
        long used = allocated() - before;
        assertEquals(List.of("1 malformed-json", "1 malformed-json", "2 b"), outcomes);
        assertTrue(used < 5 * MEGABYTE, () -> used + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":\"", "{\n\"x\":\"", "[{\"x\":\"", "{\"tuningJobs\":[{\"x\":\""})
    void ofAnObjectNoMoreThan64MiBAreKept(String head) {
        InputStream input = sequence(in(utf8(head)), megabytes(200, HUNDRED));
        long before = allocated();
        List<String> outcomes = Inputs.outcomes(input);
        long used = allocated() - before;
        assertEquals(1, outcomes.size());
        assertTrue(outcomes.get(0).endsWith(" malformed-json of the input"), outcomes::toString);
        assertTrue(used < 200 * MEGABYTE, () -> used + " bytes"); // a buffer that grows: 64 MiB and what it was before
    }

    @Test
    void objectsAreKeptOneByOne() {
        String huge = "{\"x\":\"" + HUNDRED.repeat(10_000) + "\"},\n";
        InputStream input = sequence(in(utf8("[")), repeated(huge, 50), in(utf8(job("b") + "]")));
        long before = allocated();
        List<String> outcomes = Inputs.outcomes(input);
        long used = allocated() - before;
        assertEquals(51, outcomes.size());
        assertEquals("51 b", outcomes.get(50));
        assertTrue(used < 20 * MEGABYTE, () -> used + " bytes");
    }

    @Test
    void whatIsKeptDoesNotGrowWithTheLines() {
        String good =
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_RUNNING\",\"x%d\":[1,2]}";
        assertKeepsNothing("", good + "\n{%d\n", "");
        assertKeepsNothing("[", good + ",\n%d,\n", "{}]");
    }

    @Test
    void whatIsReadAheadOfShortLinesIsLittle() throws Exception {
        JobLines jobs = new JobLines(repeated("x\n", Long.MAX_VALUE / 2), JobKind.TUNING_JOB, 4);
        try (jobs) {
            Set<Thread> others = Thread.getAllStackTraces().keySet();
            long before = kept();
            for (int i = 0; i < 100_000; i++) { // more than the first buffer has
                jobs.next();
            }
            Set<Thread> readers = new HashSet<>(Thread.getAllStackTraces().keySet());
            readers.removeAll(others);
            while (readers.stream().anyMatch(reader -> reader.getState() == Thread.State.RUNNABLE)) {
                Thread.sleep(10);
            }
            long ahead = kept() - before;
            assertTrue(ahead < 200 * MEGABYTE, () -> ahead + " bytes");
        }
    }

    private static long kept() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void assertKeepsNothing(String head, String twoJobs, String tail) {
        String block =
                IntStream.range(0, 1_000).mapToObj(i -> twoJobs.formatted(i, i)).collect(Collectors.joining());
        JobLines jobs = new JobLines(sequence(in(utf8(head)), repeated(block, 100), in(utf8(tail))));
        long early = keptAfter(jobs, 1_000);
        long late = keptAfter(jobs, 199_000);
        assertTrue(late - early < MEGABYTE, () -> early + " bytes kept, then " + late);
    }

    private static long keptAfter(JobLines jobs, int more) {
        for (int i = 0; i < more; i++) {
            assertEquals(i % 2 == 0, jobs.next().job().isValid());
        }
        return kept();
    }

    private static InputStream megabytes(int megabytes, String filler) {
        String block = filler.repeat(1_000);
        return repeated(block, megabytes * MEGABYTE / utf8(block).length + 1);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
