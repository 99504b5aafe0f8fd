package org.joblifecycle.json.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100})
    void linesKeepTheirNumbersAndWhatTheyCameTo(int expected) {
        JobSnapshot job = JobSnapshot.of("a", JobState.RUNNING);
        Batch<String> batch = new Batch<>(expected);
        batch.addBlank();
        batch.add(job, JobKind.NAS_JOB);
        batch.addBlank();
        batch.addBlank();
        batch.addSlowlyRead("slow");
        batch.addSlowlyRead(null);

        assertEquals(6, batch.lines());
        assertTrue(batch.advance());
        assertEquals(2, batch.number());
        assertSame(job, batch.job());
        assertEquals(JobKind.NAS_JOB, batch.kind());
        assertTrue(batch.advance());
        assertEquals(5, batch.number());
        assertNull(batch.job());
        assertEquals("slow", batch.slowlyRead());
        assertFalse(batch.advance());
    }

    @Test
    void theRestIsWhatMakesAnotherBatch() {
        Batch<String> batch = new Batch<>(1);
        assertNull(batch.rest());
        Supplier<Batch<String>> rest = () -> new Batch<>(1);
        batch.setRest(rest);
        assertSame(rest, batch.rest());
        assertFalse(batch.advance());
    }
}
