package org.joblifecycle.json;

import static org.joblifecycle.json.Unreadable.Reason.MALFORMED_JSON;
import static org.joblifecycle.json.Unreadable.Reason.NAME_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_UNKNOWN;
import static org.joblifecycle.json.Unreadable.Reason.TIMESTAMP_MALFORMED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableTest {
    private static final String UNKNOWN =
            " is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11";
    private static final String NOTEBOOK = "projects/p/locations/l/notebookExecutionJobs/1";

    @Test
    void theReasonsAreThoseOfTheSpecificationInItsOrder() {
        assertEquals(
                List.of(
                        "malformed-json",
                        "error-answer",
                        "name-missing",
                        "state-missing",
                        "state-unknown",
                        "timestamp-malformed"),
                Arrays.stream(Reason.values()).map(Reason::id).toList());
        for (Reason reason : Reason.values()) {
            assertEquals(reason.id(), reason.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {}                                                     => name-missing: name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7
            {"name":"","state":3}                                  => name-missing: name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7
            {"name":null,"state":3}                                => name-missing: name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7
            {"name":"a"}                                           => state-missing: state is missing: expected a state such as JOB_STATE_RUNNING
            {"name":"a","state":null}                              => state-missing: state is missing: expected a state such as JOB_STATE_RUNNING
            {"name":"a","jobState":3}                              => state-missing: state is missing: expected a state such as JOB_STATE_RUNNING
            {"name":"notebookExecutionJobs/1","state":3}           => state-missing: jobState is missing: expected a state such as JOB_STATE_RUNNING
            {"name":"a","state":"LOST"}                            => state-unknown: state "LOST" is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11
            {"name":"a","state":"RUNNING"}                         => state-unknown: state "RUNNING" is unknown: expected JOB_STATE_RUNNING, its name in the API
            {"error":{"code":404,"message":"no","status":"NOT_FOUND","details":[]}} => error-answer: the answer is an error and no job: code 404, status "NOT_FOUND", message "no"
            {"error":{"status":["x"]}}                             => error-answer: the answer is an error and no job: status an array
            {"error":{"message":null}}                             => error-answer: the answer is an error and no job: it tells no code, status, message
            {"error":null}                                         => name-missing: name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7
            {"name":"a","state":3,"create_time":{"seconds":"1767225600"}} => timestamp-malformed: createTime is an object: expected the string "2026-01-01T00:00:00Z", which is that time in RFC 3339
            {"name":"a","state":3,"endTime":{"seconds":1767225600,"nanos":5e8}} => timestamp-malformed: endTime is an object: expected the string "2026-01-01T00:00:00.500Z", which is that time in RFC 3339
            {"name":"a","state":3,"endTime":{"seconds":"x"}}       => timestamp-malformed: endTime is an object: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":{"seconds":1,"nanos":"x"}} => timestamp-malformed: endTime is an object: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":{"seconds":9223372036854775807,"nanos":9223372036854775807}} => timestamp-malformed: endTime is an object: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":{"seconds":99999999999999}} => timestamp-malformed: endTime is an object: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":{}}                    => timestamp-malformed: endTime is an object: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":[1]}                   => timestamp-malformed: endTime is an array: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"endTime":false}                 => timestamp-malformed: endTime is false: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":12}                                => state-unknown: state 12 is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11
            {"name":"notebookExecutionJobs/1","jobState":""}       => state-unknown: jobState "" is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11
            {"name":"a","state":3,"endTime":"2023-02-29T00:00:00Z"} => timestamp-malformed: endTime "2023-02-29T00:00:00Z" is not RFC 3339: expected a time such as 2024-05-01T12:00:00.5Z
            {"name":3}                                             => malformed-json: name is 3: expected a string
            {"name":"a","state":true}                              => malformed-json: state is true: expected a string or a number
            {"name":"a","state":{}}                                => malformed-json: state is an object: expected a string or a number
            {"name":"notebookExecutionJobs/1","jobState":[[]]}     => malformed-json: jobState is an array: expected a string or a number
            {"name":"a","state":3,"updateTime":1714564800}         => timestamp-malformed: updateTime is 1714564800: expected a string such as 2024-05-01T12:00:00.5Z
            {"name":"a","state":3,"error":"boom"}                  => malformed-json: error is "boom": expected an object
            {"name":"notebookExecutionJobs/1","status":false}      => malformed-json: status is false: expected an object
            {"name":"a","state":3,"error":{"code":"x"}}            => malformed-json: error.code is "x": expected a 32-bit integer
            {"name":"a","state":3,"error":{"code":"+5"}}           => malformed-json: error.code is "+5": expected a 32-bit integer
            {"name":"a","state":3,"error":{"code":""}}             => malformed-json: error.code is "": expected a 32-bit integer
            {"name":"a","state":3,"error":{"code":"5.5"}}          => malformed-json: error.code is "5.5": expected a 32-bit integer
            {"name":"a","state":3,"error":{"code":"2147483648"}}   => malformed-json: error.code is "2147483648": expected a 32-bit integer
            {"name":"a","state":3,"error":{"code":2147483648}}     => malformed-json: error.code is 2147483648: expected a 32-bit integer
            {"name":"a","state":3,"error":{"message":{"a":1}}}     => malformed-json: error.message is an object: expected a string
            {"name":"a","error":{"message":1,"code":1.5}}          => malformed-json: error.code is 1.5: expected a 32-bit integer
            {"name":"notebookExecutionJobs/1","status":{"code":[]}} => malformed-json: status.code is an array: expected a 32-bit integer
            3                                                      => malformed-json: expected one JSON object, found a number
            3.5                                                    => malformed-json: expected one JSON object, found a number
            "{}"                                                   => malformed-json: expected one JSON object, found a string
            [{}]                                                   => malformed-json: expected one JSON object, found an array
            true                                                   => malformed-json: expected one JSON object, found true
            null                                                   => malformed-json: expected one JSON object, found null
            `  `                                                   => malformed-json: expected one JSON object, found nothing
            {} {}                                                  => malformed-json: expected one JSON object, found something after it
            {"name":"a","state":3                                  => malformed-json: the JSON breaks off at column 22
            {"name":"a",                                           => malformed-json: the JSON breaks off at column 13
            {"name":"a                                             => malformed-json: the JSON breaks off at column 11
            {"name":a}                                             => malformed-json: not JSON at column 10: Unrecognized token 'a': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {"name":NaN}                                           => malformed-json: not JSON at column 12: Non-standard token 'NaN'
            {"name":+1}                                            => malformed-json: not JSON at column 11: Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs
            {"name":[}                                             => malformed-json: not JSON at column 11: Unexpected close marker '}': expected ']'
            {} // done                                             => malformed-json: not JSON at column 5: Unexpected character ('/' (code 47))
            """)
    void eachFaultIsOneClearLine(String json, String expected) {
        assertEquals(expected, fault(json).toString());
    }

    @Test
    void invisibleCharactersAreEscapedInMessages() {
        assertEquals(
                "state \"LOST\\u200b\\u00a0\\u0085\\u2028\\u009b\\u000a\\ud800\\udb40\\udc01\\\" é😀\"" + UNKNOWN,
                unknownState("\"LOST\u200b\u00a0\u0085\u2028\u009b\\n\\ud800\udb40\udc01\\\" é😀\""));
        assertEquals(
                "not JSON at column 2: Unexpected character ('\\ufeff' (code 65279 / 0xfeff)): expected a valid value"
                        + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                fault("\ufeff{}").message());
    }

    @Test
    void aLongValueIsCutInAMessage() {
        String number = "1".repeat(100);
        assertEquals("state " + number + UNKNOWN, unknownState(number));
        assertEquals("state " + number + "..." + UNKNOWN, unknownState(number + "1"));
        String text = "é".repeat(199) + "😀";
        assertEquals("state \"" + text + "\"" + UNKNOWN, unknownState("\"" + text + "\""));
        assertEquals("state \"" + text + "\"..." + UNKNOWN, unknownState("\"" + text + "é\""));
        assertEquals(
                "state \"" + "\\u0000".repeat(200) + "\"..." + UNKNOWN,
                unknownState("\"" + "\\u0000".repeat(100_000) + "\""));
    }

    private static String unknownState(String state) {
        return fault("{\"name\":\"a\",\"state\":" + state + "}").message();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void onlyTheFirstFaultInTheOrderOfReasonsIsReported(
            Reason expected, String error, String name, String state, String time) {
        assertEquals(
                expected,
                fault("{" + time + state + name + error + "\"labels\":{}}").reason());
    }

    static Stream<Arguments> combinations() {
        List<Arguments> combinations = new ArrayList<>();
        for (String error : List.of("", "\"error\":{\"code\":\"x\"},")) {
            for (String name : List.of("\"name\":\"a\",", "")) {
                for (String state : List.of("\"state\":3,", "", "\"state\":12,")) {
                    for (String time : List.of(
                            "\"createTime\":\"2024-05-01T12:00:00Z\",", "\"endTime\":\"now\",", "\"end_time\":3,")) {
                        Reason expected = !error.isEmpty()
                                ? MALFORMED_JSON
                                : name.isEmpty()
                                        ? NAME_MISSING
                                        : state.isEmpty()
                                                ? STATE_MISSING
                                                : state.contains("12")
                                                        ? STATE_UNKNOWN
                                                        : time.contains("end") ? TIMESTAMP_MALFORMED : null;
                        if (expected != null) {
                            combinations.add(Arguments.of(expected, error, name, state, time));
                        }
                    }
                }
            }
        }
        assertEquals(35, combinations.size());
        return combinations.stream();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            {"state":[],"name":3,"error":3,"createTime":3}                 => NAME
            {"error":3,"createTime":3,"state":[],"name":"a"}               => STATE
            {"updateTime":3,"createTime":3,"name":"a","state":3}           => CREATE_TIME
            {"error":3,"endTime":3,"name":"a","state":3}                   => ERROR
            {"error":{"code":[]},"endTime":"x","name":"a","state":3}       => ERROR
            {"updateTime":"x","startTime":"x","name":"a","state":3}        => START_TIME
            """)
    void ofSeveralFaultsOfOneReasonTheFirstFieldIsReported(String json, JobField field) {
        assertEquals(field, fault(json).field());
    }

    @ParameterizedTest
    @EnumSource(names = {"NAME", "STATE", "ERROR"})
    void aFieldOfTheWrongTypeIsMalformedJson(JobField field) {
        Map<String, List<String>> values = Map.of(
                "string", List.of("\"x\"", "\"\"", "\"3\""),
                "number", List.of("3", "-3.5e1"),
                "object", List.of("{}", "{\"code\":3,\"details\":[{}]}"),
                "array", List.of("[]", "[\"x\",{}]"),
                "boolean", List.of("true", "false"));
        Set<String> fitting = switch (field) {
            case STATE -> Set.of("string", "number");
            case ERROR -> Set.of("object");
            default -> Set.of("string");
        };
        for (String name : List.of("tuningJobs/1", NOTEBOOK)) {
            String key = field.wireName(JobKind.of(name).get());
            values.forEach((type, examples) -> examples.forEach(value -> {
                Unreadable fault =
                        fault("{\"name\":\"%s\",\"createTime\":\"x\",\"%s\":%s}".formatted(name, key, value));
                assertEquals(fitting.contains(type), fault.reason() != MALFORMED_JSON, fault::message);
                assertTrue(fitting.contains(type) || fault.field() == field, fault::message);
            }));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "running, RUNNING",
        "JobState.JOB_STATE_RUNNING, RUNNING",
        "<JobState.JOB_STATE_RUNNING: 3>, RUNNING",
        "Job_State_Running, RUNNING",
        "job-state-running, RUNNING",
        "' JOB_STATE_RUNNING', RUNNING",
        "JOB_STATE_PARTIALLY_SUCCEEDED., PARTIALLY_SUCCEEDED",
        "partially succeeded, SUCCEEDED",
        "BATCH_STATE_SUCCEEDED, SUCCEEDED",
        "PIPELINE_STATE_CANCELLED, CANCELLED",
        "CANCELED, CANCELLED",
        "JOB_STATE_CANCELING, CANCELLING",
        "STATE_UNSPECIFIED, UNSPECIFIED"
    })
    void aStateThatComesNearToOneIsToldWhich(String found, JobState state) {
        assertEquals(
                "state \"" + found + "\" is unknown: expected " + state.wireName() + ", its name in the API",
                unknownState("\"" + found + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RUN", "RUNNINGS", "ENQUEUED", "JOB_STATE_", "JOB_STATE_LOST", "ACTIVE", "3", "läuft"})
    void aStateThatComesNearToNoneIsNotGuessed(String found) {
        assertEquals("state \"" + found + "\"" + UNKNOWN, unknownState("\"" + found + "\""));
    }

    @Test
    void everyNameOfAStateWithoutItsPrefixComesNear() {
        for (JobState state : JobState.values()) {
            assertTrue(
                    unknownState("\"" + state.name() + "\"").contains("expected " + state.wireName() + ","),
                    state::name);
        }
    }

    @Test
    void aFaultCarriesTheNameOfTheJobWhereOneWasRead() {
        assertEquals("a", fault("{\"state\":3.5,\"name\":\"a\"}").name());
        assertEquals("a", fault("{\"error\":3,\"name\":\"a\"}").name());
        assertEquals("a", fault("{\"name\":\"a\"}").name());
        assertEquals(
                NOTEBOOK,
                fault("{\"name\":\"" + NOTEBOOK + "\",\"jobState\":3,\"endTime\":\"\"}")
                        .name());
        assertNull(fault("{\"name\":\"\"}").name());
        assertNull(fault("{\"name\":3}").name());
        assertNull(fault("{\"name\":\"a\"").name());
    }

    @Test
    void aFaultOfTheTextAsAWholeHasNoField() {
        for (String text : List.of("", "[]", "{", "{} {}", "{,}", "{\"error\":{}}")) {
            assertNull(fault(text).field(), text);
        }
        assertEquals(JobField.NAME, fault("{}").field());
        assertEquals(JobField.STATE, fault("{\"name\":\"a\"}").field());
        assertEquals(JobField.STATE, fault("{\"name\":\"a\",\"state\":12}").field());
    }

    @Test
    void reasonAndMessageAreNeverNull() {
        assertTrue(assertThrows(NullPointerException.class, () -> new Unreadable(null, null, null, "x"))
                .getMessage()
                .contains("reason"));
        assertTrue(assertThrows(NullPointerException.class, () -> new Unreadable(MALFORMED_JSON, null, null, null))
                .getMessage()
                .contains("message"));
    }

    private static Unreadable fault(String json) {
        Unreadable fault = JobJson.read(json).getError();
        assertEquals(1, fault.message().lines().count());
        assertTrue(fault.message().length() < 1_500, fault.message());
        return fault;
    }
}
