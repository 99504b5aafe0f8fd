package org.joblifecycle.json;

import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.LineReader.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static LineReader reader(String input, int firstBuffer, int buffer) {
        Utf8Lines text = new Utf8Lines(in(utf8(input)), new byte[firstBuffer + JobScanner.SLACK]);
        return new LineReader(text, JobKind.TUNING_JOB, buffer + JobScanner.SLACK);
    }

    // How many lines each batch has, made when all were read.
    private static List<Long> lines(LineReader reader, List<String> outcomes) throws IOException {
        List<Supplier<Batch>> batches = new ArrayList<>();
        for (Supplier<Batch> next = reader.next(); next != null; next = reader.next()) {
            batches.add(next);
        }
        List<Long> lines = new ArrayList<>();
        for (Supplier<Batch> next : batches) {
            for (Supplier<Batch> made = next; made != null; ) {
                Batch batch = made.get();
                batch.jobs().forEach(line -> outcomes.add(Inputs.outcome(line)));
                lines.add(batch.lines());
                made = batch.rest();
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aBufferMayEndAnywhere(String end) throws IOException {
        String input = job("a") + "\n" + job("b") + "\n\n{\n" + job("é") + "\n" + job("c") + end;
        List<String> expected = Inputs.outcomes(input).stream()
                .map(outcome -> outcome.replaceFirst("\\d+ ", ""))
                .toList();
        for (int size = Integer.BYTES; size < 200; size++) {
            List<String> outcomes = new ArrayList<>();
            lines(reader(input, size, size), outcomes);
            assertEquals(
                    expected,
                    outcomes.stream()
                            .map(outcome -> outcome.replaceFirst("\\d+ ", ""))
                            .toList(),
                    "a buffer of " + size);
        }
    }

    @Test
    void aLineThatIsTooLongForTheFirstBufferMayFitTheNext() throws IOException {
        String line = job("a".repeat(100)) + "\n";
        List<String> outcomes = new ArrayList<>();
        assertEquals(List.of(4L), lines(reader(line.repeat(4), 50, 1000), outcomes));
        assertEquals(4, outcomes.size());
        assertEquals(List.of(1L, 1L), lines(reader(line.repeat(2), 50, 100), outcomes));
    }

    @Test
    void ofManyShortLinesSomeAreMadeAtATime() throws IOException {
        String input = "x\n".repeat(20_000);
        List<String> outcomes = new ArrayList<>();
        List<Long> lines = lines(reader(input, 50_000, 50_000), outcomes);
        assertEquals(List.of(8192L, 8192L, 20_000L - 2 * 8192), lines);
        assertEquals(20_000, outcomes.size());
        assertEquals("3616 malformed-json", outcomes.get(outcomes.size() - 1));
    }

    @Test
    void anEmptyInputHasNoBatch() throws IOException {
        assertNull(reader("", 50, 100).next());
    }
}
