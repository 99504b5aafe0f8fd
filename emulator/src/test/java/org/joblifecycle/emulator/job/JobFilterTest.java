package org.joblifecycle.emulator.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.joblifecycle.emulator.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFilterTest {
    private static final ObjectNode JOB = job();

    private static ObjectNode job() {
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("state", "JOB_STATE_RUNNING")
                .put("displayName", "say \"hi\"");
        job.putObject("labels").put("presistent_resource_job", "true");
        return job;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "state!=JOB_STATE_CANCELLED | true",
                "(state!=\"JOB_STATE_SUCCEEDED\" AND state!=\"JOB_STATE_FAILED\") AND labels.presistent_resource_job=true | true",
                "display_name=\"say \\\"hi\\\"\" | true",
                "display_name='say \"hi\"' | true",
                "labels.presistent_resource_job:* | true",
                "labels.other:* | false",
                "NOT state=JOB_STATE_RUNNING | false",
                "state=x AND state=x OR state=JOB_STATE_RUNNING | false", // OR first
                "state=JOB_STATE_RUNNING state=x | false", // AND
                "end_time<\"2026-01-01T00:00:00Z\" | false",
            })
    void meansWhatUsersMean(String filter, boolean expected) {
        assertEquals(expected, JobFilter.of(filter).test(JOB));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "colour=blue | colour (0)",
                "state | its end (5)",
                "state= | its end (6)",
                "state=a AND | its end (11)",
                "(state=a | its end (8)",
                "state=a) | ) (7)",
                "state=\"a | \"a (6)",
                "state<a | < (5)",
                "create_time>yesterday | yesterday (12)",
                "labels.=x | labels. (0)",
            })
    void whatIsNotUnderstoodIsNamed(String filter, String place) {
        String message =
                assertThrows(ApiException.class, () -> JobFilter.of(filter)).getMessage();
        assertEquals(
                "filter: \"" + filter + "\" is not understood at " + place, message.replaceAll(": expected .*", ""));
    }

    @Test
    void manyParenthesesAreRefused() {
        assertThrows(ApiException.class, () -> JobFilter.of("(".repeat(100_000)));
        assertThrows(ApiException.class, () -> JobFilter.of("NOT ".repeat(100_000)));
    }
}
