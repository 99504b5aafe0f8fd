package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;

class JobLinesPartsTest {
    private static final String JOB =
            "{\"name\": \"projects/p/locations/l/tuningJobs/7\", \"state\": \"JOB_STATE_RUNNING\"}";

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static boolean isInLines(String text) throws IOException {
        return JobLines.isInLines(input(text));
    }

    @Test
    void linesAreTold() throws IOException {
        assertTrue(isInLines(JOB + "\n" + JOB));
        assertTrue(isInLines("\uFEFF\n\n  " + JOB + "\n"));
        assertTrue(isInLines("no JSON\n" + JOB));
        assertTrue(isInLines(""));
    }

    @Test
    void valuesOverSeveralLinesAreNotLines() throws IOException {
        assertFalse(isInLines("[" + JOB + "]"));
        assertFalse(isInLines(JOB.replace(", ", ",\n") + "\n" + JOB));
        assertFalse(isInLines(JOB + " " + JOB));
    }

    @Test
    void anObjectThatIsTooLargeToTellIsNotCalledLines() throws IOException {
        assertFalse(isInLines("{\"x\": \"" + "x".repeat(64 << 20) + "\"}\n"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThrows(NotJsonException.class, () -> isInLines("---\nname: x\n"));
    }

    @Test
    void askingReadsLittleAndClosesNothing() throws IOException {
        InputStream in = new ByteArrayInputStream((JOB + "\n").repeat(10_000).getBytes(UTF_8)) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        int all = in.available();
        assertTrue(JobLines.isInLines(in));
        assertTrue(all - in.available() <= 1 << 16, all + " to " + in.available());
    }

    @Test
    void aPartIsLinesWhateverItBeginsWith() throws IOException {
        List<String> beginnings = List.of("[", "{\"name\":", "---", "- x", "key: value", "");
        for (String beginning : beginnings) {
            try (JobLines lines = JobLines.ofPart(input(beginning + "\n" + JOB + "\n"), JobKind.TUNING_JOB)) {
                List<JobLine> all = lines.stream().toList();
                JobLine last = all.get(all.size() - 1);
                assertEquals(beginning.isEmpty() ? 1 : 2, all.size(), beginning);
                assertEquals(2, last.number());
                assertTrue(last.job().isValid());
                assertTrue(last.isElement());
            }
        }
    }

    @Test
    void aPartHasNoByteOrderMark() throws IOException {
        try (JobLines lines = JobLines.ofPart(input("\uFEFF" + JOB), JobKind.TUNING_JOB)) {
            assertTrue(lines.next().job().isInvalid());
        }
    }
}
