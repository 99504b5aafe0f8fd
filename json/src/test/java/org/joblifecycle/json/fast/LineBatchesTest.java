package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBatchesTest {
    private static LineBatches<String> batches(String input, int firstBuffer, int buffer) {
        return new LineBatches<>(
                Buffers.lines(utf8(input), firstBuffer),
                JobKind.TUNING_JOB,
                buffer + JobScanner.SLACK,
                LineBatchesTest::text);
    }

    // A slow reader to which a line is just its text.
    static String text(Reader line) throws IOException {
        StringWriter text = new StringWriter();
        line.transferTo(text);
        return text.toString().isBlank() ? null : text.toString();
    }

    // How many lines each batch has; the batches are made when all lines were read.
    private static List<Integer> lines(LineBatches<String> reader, List<String> outcomes) throws IOException {
        List<Supplier<Batch<String>>> batches = new ArrayList<>();
        for (Supplier<Batch<String>> next = reader.next(); next != null; next = reader.next()) {
            batches.add(next);
        }
        List<Integer> lines = new ArrayList<>();
        for (Supplier<Batch<String>> next : batches) {
            for (Supplier<Batch<String>> made = next; made != null; ) {
                Batch<String> batch = made.get();
                while (batch.advance()) {
                    outcomes.add(
                            batch.job() == null
                                    ? batch.slowlyRead()
                                    : batch.kind() + " " + batch.job().name());
                }
                lines.add(batch.lines());
                made = batch.rest();
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aBufferMayEndAnywhere(String end) throws IOException {
        String a = "customJobs/" + "a".repeat(50);
        String input = job(a) + "\n" + job("b") + "\n \t\n{\n\n" + job("é") + "\n" + job("nasJobs/c") + end;
        for (int size = Integer.BYTES; size < 200; size++) {
            List<String> outcomes = new ArrayList<>();
            lines(batches(input, size, size), outcomes);
            // A line that does not fit the buffer with its end is read by the slow reader.
            List<String> expected = List.of(
                    size < job(a).length() + 1 ? job(a) : "CUSTOM_JOB " + a,
                    size < job("b").length() + 1 ? job("b") : "TUNING_JOB b",
                    "{",
                    job("é"),
                    size < job("nasJobs/c").length() + Math.max(1, end.length())
                            ? job("nasJobs/c") + end.strip()
                            : "NAS_JOB nasJobs/c");
            assertEquals(expected, outcomes.stream().map(String::strip).toList(), "a buffer of " + size);
        }
    }

    @Test
    void aLineThatIsTooLongForTheFirstBufferMayFitTheNext() throws IOException {
        String line = job("a".repeat(100)) + "\n";
        List<String> outcomes = new ArrayList<>();
        assertEquals(List.of(4), lines(batches(line.repeat(4), 50, 1000), outcomes));
        assertEquals(4, outcomes.size());
        assertEquals(List.of(1, 1), lines(batches(line.repeat(2), 50, 100), outcomes));
    }

    @Test
    void manyShortLinesAreSeveralBatches() throws IOException {
        String input = "x\n".repeat(20_000);
        List<String> outcomes = new ArrayList<>();
        List<Integer> lines = lines(batches(input, 50_000, 50_000), outcomes);
        assertEquals(List.of(8192, 8192, 20_000 - 2 * 8192), lines);
        assertEquals(20_000, outcomes.size());
    }

    @Test
    void anEmptyInputHasNoBatch() throws IOException {
        assertNull(batches("", 50, 100).next());
    }
}
