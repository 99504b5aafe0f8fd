package org.joblifecycle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobErrorTest {
    @Test
    void anErrorCodeIsOneToSixteen() {
        for (int code = -20; code <= 40; code++) {
            assertEquals(code >= 1 && code <= 16, JobError.of(code).isErrorCode(), "code " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aCodeFarOutIsNone(int code) {
        assertEquals(false, JobError.of(code).isErrorCode());
        assertEquals(Integer.toString(code), JobError.of(code).codeAndName());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            -1, -1
            0, 0 (OK)
            1, 1 (CANCELLED)
            2, 2 (UNKNOWN)
            3, 3 (INVALID_ARGUMENT)
            4, 4 (DEADLINE_EXCEEDED)
            5, 5 (NOT_FOUND)
            6, 6 (ALREADY_EXISTS)
            7, 7 (PERMISSION_DENIED)
            8, 8 (RESOURCE_EXHAUSTED)
            9, 9 (FAILED_PRECONDITION)
            10, 10 (ABORTED)
            11, 11 (OUT_OF_RANGE)
            12, 12 (UNIMPLEMENTED)
            13, 13 (INTERNAL)
            14, 14 (UNAVAILABLE)
            15, 15 (DATA_LOSS)
            16, 16 (UNAUTHENTICATED)
            17, 17
            """)
    void aCodeIsPrintedWithItsNameInGoogleRpcCode(int code, String text) {
        assertEquals(text, JobError.of(code).codeAndName());
    }

    @Test
    void twoErrorsDifferByCodeOrByMessage() {
        assertEquals(JobError.of(8), new JobError(8, ""));
        assertNotEquals(JobError.of(8), JobError.of(9));
        assertNotEquals(new JobError(8, "disk"), new JobError(8, "Disk"));
        assertEquals(1, JobError.CANCELLED);
        assertEquals(2, JobError.UNKNOWN);
    }

    @Test
    void aNullMessageIsAProgrammersError() {
        assertEquals(
                "message",
                assertThrows(NullPointerException.class, () -> new JobError(1, null))
                        .getMessage());
    }
}
