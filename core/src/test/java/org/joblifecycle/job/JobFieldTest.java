package org.joblifecycle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobFieldTest {
    @Test
    void theFieldsOfASnapshotAreSeven() {
        assertEquals(
                "[name, state, createTime, startTime, endTime, updateTime, error]", Arrays.toString(JobField.values()));
    }

    @ParameterizedTest
    @EnumSource
    void onlyANotebookCallsItsStateAndItsErrorByOtherNames(JobKind kind) {
        boolean notebook = kind == JobKind.NOTEBOOK_EXECUTION_JOB;
        for (JobField field : JobField.values()) {
            String expected = notebook && field == JobField.STATE
                    ? "jobState"
                    : notebook && field == JobField.ERROR ? "status" : field.wireName();
            assertEquals(expected, field.wireName(kind));
            assertEquals(field.wireName(), field.toString());
        }
    }

    @Test
    void theProtoNamesHaveUnderscores() {
        assertEquals("name", JobField.NAME.protoName(JobKind.TUNING_JOB));
        assertEquals("create_time", JobField.CREATE_TIME.protoName(JobKind.TUNING_JOB));
        assertEquals("state", JobField.STATE.protoName(JobKind.TUNING_JOB));
        assertEquals("job_state", JobField.STATE.protoName(JobKind.NOTEBOOK_EXECUTION_JOB));
        assertEquals("status", JobField.ERROR.protoName(JobKind.NOTEBOOK_EXECUTION_JOB));
    }

    @Test
    void aFieldThatTheJobDoesNotCarryIsNull() {
        JobSnapshot bare = JobSnapshot.of(null, JobState.QUEUED);
        for (JobField field : JobField.values()) {
            if (field == JobField.STATE) {
                assertEquals(JobState.QUEUED, field.of(bare));
            } else {
                assertNull(field.of(bare), field::wireName);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobDiffersFromItselfInNothing(JobField field) {
        assertFalse(field.differs(JobSnapshotTest.FULL, JobSnapshotTest.FULL));
    }
}
