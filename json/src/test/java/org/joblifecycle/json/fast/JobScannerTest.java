package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobScannerTest {
    private static final String NAME = "projects/p/locations/l/tuningJobs/7";

    @Test
    void whatTheApiPrintsIsRead() {
        JobSnapshot job = JobSnapshot.of(NAME, JobState.FAILED)
                .withCreateTime(Instant.parse("2024-05-01T12:00:00.5Z"))
                .withEndTime(Instant.parse("2024-05-01T12:00:01Z"))
                .withError(new JobError(13, "no"));
        assertEquals(job, scan(Inputs.TYPICAL));
        assertEquals(job, scan(Inputs.TYPICAL + " \t\r"));
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
    void skippedValuesMayBeOfAnyType(String value) {
        JobSnapshot job = JobSnapshot.of("a", JobState.RUNNING).withError(new JobError(999_999_999, "no"));
        String error = "\"error\":{\"code\":999999999,\"x\":" + value + ",\"message\":\"no\"}";
        assertEquals(
                job,
                scan("{\"name\":\"a\",\"x\":" + value + "," + error + ",\"state\":\"JOB_STATE_RUNNING\",\"y\":" + value
                        + "}"));
    }

    @Test
    void everyStateIsReadByItsName() {
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
    void anythingElseIsRefused(String line) {
        assertNull(scan(line));
    }

    // The job, or null if the scanner leaves it to Jackson; the same when it expects the keys of this line, and where
    // the job
    // may have several lines.
    private static JobSnapshot scan(String line) {
        int length = utf8(line).length;
        byte[] bytes = join(utf8(line + "\n" + line + "\n"), new byte[JobScanner.SLACK]);
        JobScanner scanner = JobScanner.ofLines(bytes, new Names(JobKind.TUNING_JOB), new Keys(JobScanner.KEYS));
        JobSnapshot job = scanner.read(0);
        assertEquals(job, scanner.read(length + 1));
        if (job != null) {
            for (int indent = 0; indent < 20; indent++) {
                String lineEnd = "\r\n" + " ".repeat(indent);
                assertReadOverSeveralLines(job, line.strip().replace("\":", "\"" + lineEnd + ":" + lineEnd + "\t"));
            }
        }
        return job;
    }

    private static void assertReadOverSeveralLines(JobSnapshot job, String text) {
        byte[] once = utf8(text);
        byte[] twice = join(once, once, new byte[FastObjects.SLACK]);
        FastObjects objects = new FastObjects(JobKind.TUNING_JOB);
        for (int from : List.of(0, once.length)) {
            for (int limit = from; limit < from + once.length; limit++) {
                assertFalse(objects.read(twice, from, limit), "a part of it");
            }
            assertTrue(objects.read(twice, from, from + once.length));
            assertEquals(job, objects.job());
            assertEquals(from + once.length, objects.end());
            assertEquals(text.chars().filter(c -> c == '\n').count(), objects.lineEnds());
            assertEquals(from + text.lastIndexOf('\n'), objects.lastLineEnd());
        }
    }
}
