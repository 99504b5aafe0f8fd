package org.joblifecycle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.control.Option;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStateTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNSPECIFIED         |  0 | JOB_STATE_UNSPECIFIED         | initial  | The job state is unspecified.
            QUEUED              |  1 | JOB_STATE_QUEUED              | active   | The job has been just created or resumed and processing has not yet begun.
            PENDING             |  2 | JOB_STATE_PENDING             | active   | The service is preparing to run the job.
            RUNNING             |  3 | JOB_STATE_RUNNING             | active   | The job is in progress.
            SUCCEEDED           |  4 | JOB_STATE_SUCCEEDED           | terminal | The job completed successfully.
            FAILED              |  5 | JOB_STATE_FAILED              | terminal | The job failed.
            CANCELLING          |  6 | JOB_STATE_CANCELLING          | active   | The job is being cancelled. From this state the job may only go to either `JOB_STATE_SUCCEEDED`, `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`.
            CANCELLED           |  7 | JOB_STATE_CANCELLED           | terminal | The job has been cancelled.
            PAUSED              |  8 | JOB_STATE_PAUSED              | active   | The job has been stopped, and can be resumed.
            EXPIRED             |  9 | JOB_STATE_EXPIRED             | terminal | The job has expired.
            UPDATING            | 10 | JOB_STATE_UPDATING            | active   | The job is being updated. Only jobs in the `RUNNING` state can be updated. After updating, the job goes back to the `RUNNING` state.
            PARTIALLY_SUCCEEDED | 11 | JOB_STATE_PARTIALLY_SUCCEEDED | terminal | The job is partially succeeded, some results may be missing due to errors.
            """)
    void everyStateIsWhatTheProtoSays(JobState state, int number, String wireName, String column, String description) {
        assertEquals(number, state.number());
        assertEquals(wireName, state.wireName());
        assertEquals(column.equals("terminal"), state.isTerminal());
        assertEquals(column.equals("active"), state.isActive());
        assertEquals(description, state.description());
        assertEquals(Option.some(state), JobState.of(wireName));
        assertEquals(Option.some(state), JobState.of(number));
    }

    @Test
    void thereAreTwelveStatesInTheOrderOfTheirNumbers() {
        assertEquals(12, JobState.values().length);
        assertEquals(
                "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]",
                Arrays.stream(JobState.values()).map(JobState::number).toList().toString());
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsNearlyAWireNameIsNoState(JobState state) {
        assertEquals(Option.none(), JobState.of(state.name()), "without prefix");
        assertEquals(Option.none(), JobState.of("job_state_" + state.name()), "prefix in lower case");
        assertEquals(Option.none(), JobState.of(state.wireName().toLowerCase(java.util.Locale.ROOT)));
        assertEquals(Option.none(), JobState.of(" " + state.wireName()));
        assertEquals(Option.none(), JobState.of(state.wireName() + " "));
        assertEquals(Option.none(), JobState.of(state.wireName() + "\n"));
        assertEquals(Option.none(), JobState.of(Integer.toString(state.number())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "JOB_STATE_", "JOB_STATE_CANCELED", "JOB_STATE_DELETED", "null"})
    void anUnknownStateIsNeverUnspecified(String name) {
        assertEquals(Option.none(), JobState.of(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 12, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberOutsideZeroToElevenIsNoState(int number) {
        assertEquals(Option.none(), JobState.of(number));
    }

    @Test
    void aNullNameIsAProgrammersError() {
        assertEquals(
                "wireName",
                assertThrows(NullPointerException.class, () -> JobState.of(null))
                        .getMessage());
    }
}
