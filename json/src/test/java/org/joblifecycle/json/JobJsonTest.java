package org.joblifecycle.json;

import static org.joblifecycle.json.Unreadable.Reason.MALFORMED_JSON;
import static org.joblifecycle.json.Unreadable.Reason.NAME_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobJsonTest {
    private static final String TUNING = "projects/p/locations/l/tuningJobs/7";
    private static final String NOTEBOOK = "projects/p/locations/l/notebookExecutionJobs/7";
    private static final JobSnapshot FAILED = JobSnapshot.of(TUNING, JobState.FAILED)
            .withCreateTime(Instant.parse("2024-05-01T12:00:00Z"))
            .withStartTime(Instant.parse("2024-05-01T12:00:01.5Z"))
            .withEndTime(Instant.parse("2024-05-01T12:00:02.000001Z"))
            .withUpdateTime(Instant.parse("2024-05-01T12:00:03.123456789Z"))
            .withError(new JobError(8, "no \"quota\""));

    @Test
    void aJobIsReadAsTheRestApiPrintsIt() {
        assertEquals(FAILED, read("""
                {
                  "name": "projects/p/locations/l/tuningJobs/7",
                  "tunedModelDisplayName": "m",
                  "state": "JOB_STATE_FAILED",
                  "createTime": "2024-05-01T12:00:00Z",
                  "startTime": "2024-05-01T12:00:01.500Z",
                  "endTime": "2024-05-01T14:00:02.000001+02:00",
                  "updateTime": "2024-05-01T12:00:03.123456789Z",
                  "error": {
                    "code": 8,
                    "message": "no \\"quota\\"",
                    "details": [{"@type": "x", "code": 3, "message": 5}]
                  },
                  "supervisedTuningSpec": {"state": 3, "hyperParameters": {"epochCount": "4"}}
                }
                """));
    }

    @Test
    void aJobIsReadAsGooglesPythonLibrariesPrintIt() {
        assertEquals(FAILED, read("""
                {
                  "name": "projects/p/locations/l/tuningJobs/7",
                  "tuned_model_display_name": "m",
                  "state": "JOB_STATE_FAILED",
                  "create_time": "2024-05-01T12:00:00Z",
                  "start_time": "2024-05-01T12:00:01.500Z",
                  "end_time": "2024-05-01T12:00:02.000001Z",
                  "update_time": "2024-05-01T12:00:03.123456789Z",
                  "error": {"code": 8, "message": "no \\"quota\\"", "details": null},
                  "supervised_tuning_spec": null
                }
                """));
        assertEquals(
                JobSnapshot.of(NOTEBOOK, JobState.RUNNING)
                        .withCreateTime(Instant.parse("2024-05-01T12:00:00Z"))
                        .withError(new JobError(5, "")),
                read("{\"name\":\"" + NOTEBOOK + "\",\"job_state\":3,\"status\":{\"code\":5},"
                        + "\"create_time\":\"2024-05-01T12:00:00Z\",\"end_time\":null}"));
    }

    @ParameterizedTest
    @EnumSource
    void eachFieldOfEachKindHasTwoNames(JobKind kind) {
        JobSnapshot job = JobSnapshot.of("projects/p/locations/l/" + kind.collection() + "/7", JobState.FAILED)
                .withCreateTime(Instant.ofEpochSecond(1))
                .withStartTime(Instant.ofEpochSecond(2))
                .withEndTime(Instant.ofEpochSecond(3))
                .withUpdateTime(Instant.ofEpochSecond(4))
                .withError(new JobError(5, "no"));
        String json = JobJson.write(job);
        String proto = json;
        for (JobField field : JobField.values()) {
            proto = proto.replace("\"" + field.wireName(kind) + "\":", "\"" + field.protoName(kind) + "\":");
        }
        assertEquals(job, read(json));
        assertEquals(job, read(proto));
        for (String text : List.of(json, proto)) {
            assertEquals(
                    List.of(job),
                    new JobLines(Inputs.in(Inputs.utf8(text + "\n")))
                            .stream().map(line -> line.job().get()).toList());
        }
    }

    @Test
    void aNotebookHasItsOwnNamesForStateAndError() {
        assertEquals(FAILED.withName(NOTEBOOK), read("""
                        {"status":{"message":"no \\"quota\\"","code":8},"state":"JOB_STATE_RUNNING","error":{"code":3},
                        "updateTime":"2024-05-01T12:00:03.123456789Z","endTime":"2024-05-01T12:00:02.000001Z",
                        "startTime":"2024-05-01T12:00:01.5Z","createTime":"2024-05-01T12:00:00Z",
                        "jobState":"JOB_STATE_FAILED","name":"projects/p/locations/l/notebookExecutionJobs/7"}
                        """));
    }

    @ParameterizedTest
    @EnumSource
    void eachKindIsReadWithItsOwnFieldNames(JobKind kind) {
        boolean notebook = kind == JobKind.NOTEBOOK_EXECUTION_JOB;
        assertEquals(notebook ? JobState.PAUSED : JobState.RUNNING, stateOf("p/" + kind.collection() + "/1", null));
        assertEquals(notebook ? JobState.PAUSED : JobState.RUNNING, stateOf("p/unknown/1", kind));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            notebookExecutionJobs/1,            PAUSED
            /notebookExecutionJobs/,            PAUSED
            tuningJobs/notebookExecutionJobs/1, PAUSED
            notebookExecutionJobs/tuningJobs/1, RUNNING
            notebookExecutionJobs,              RUNNING
            p/notebookExecutionJobs,            RUNNING
            notebookExecutionJobs/1/,           RUNNING
            notebookExecutionJobs//1,           RUNNING
            notebookExecutionJobs/1/2,          RUNNING
            NotebookExecutionJobs/1,            RUNNING
            notebookExecutionJob/1,             RUNNING
            ' notebookExecutionJobs/1',         RUNNING
            p/notebookExecutionJobs /1,         RUNNING
            p\\notebookExecutionJobs\\1,        RUNNING
            /,                                  RUNNING
            ' ',                                RUNNING
            """)
    void theKindComesFromTheLastButOneSegmentOfTheName(String name, JobState state) {
        assertEquals(state, stateOf(name, null));
    }

    @Test
    void theFallbackIsForNamesThatTellNoKind() {
        assertEquals(JobState.PAUSED, stateOf("a", JobKind.NOTEBOOK_EXECUTION_JOB));
        assertEquals(JobState.RUNNING, stateOf("tuningJobs/1", JobKind.NOTEBOOK_EXECUTION_JOB));
        assertEquals(JobState.PAUSED, stateOf("notebookExecutionJobs/1", JobKind.CUSTOM_JOB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"name\":\"\",", "\"name\":null,", "\"name\":\"notebookExecutionJobs/1\",\"name\":\"\","})
    void aLineWithoutAUsableNameIsReadAsATuningJob(String name) {
        for (JobKind fallback : JobKind.values()) {
            assertEquals(NAME_MISSING, reason("{" + name + "\"jobState\":true,\"status\":3}", fallback));
            assertEquals(MALFORMED_JSON, reason("{" + name + "\"state\":true}", fallback));
            assertEquals(MALFORMED_JSON, reason("{" + name + "\"error\":3}", fallback));
        }
    }

    @Test
    void nullIsAbsence() {
        JobSnapshot bare = JobSnapshot.of("a", JobState.RUNNING);
        assertEquals(bare, read("""
                {"name":"a","state":3,"createTime":null,"startTime":null,"endTime":null,"updateTime":null,"error":null}
                """));
        assertEquals(
                bare.withError(JobError.of(0)),
                read("{\"name\":\"a\",\"state\":3,\"error\":{\"code\":null,\"message\":null}}"));
        assertEquals(NAME_MISSING, reason("{\"name\":null,\"state\":null}"));
        assertEquals(STATE_MISSING, reason("{\"name\":\"a\",\"state\":null}"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "name":"b","name":"a"                                       => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"notebookExecutionJobs/1","name":"a"                 => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"a","state":"JOB_STATE_FAILED","state":3             => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"a","state":3,"state":"JOB_STATE_FAILED"             => Valid(JobSnapshot[name=a, state=FAILED])
            "name":"a","state":3,"state":5,"state":3                    => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":[{"x":[]}],"name":"a"                                => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"a","endTime":3,"endTime":"2024-05-01T12:00:00Z"     => Valid(JobSnapshot[name=a, state=RUNNING, endTime=2024-05-01T12:00:00Z])
            "name":"a","endTime":"2024-05-01T12:00:00Z","endTime":null  => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"a","endTime":null,"endTime":"2024-05-01T12:00:00Z"  => Valid(JobSnapshot[name=a, state=RUNNING, endTime=2024-05-01T12:00:00Z])
            "name":"a","endTime":"now","endTime":"2024-05-01T12:00:00Z" => Valid(JobSnapshot[name=a, state=RUNNING, endTime=2024-05-01T12:00:00Z])
            "name":"a","error":{"code":5,"message":"x"},"error":{}      => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=0, message=]])
            "name":"a","error":{"code":5},"error":{"message":"x"}       => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=0, message=x]])
            "name":"a","error":{"code":5},"error":null                  => Valid(JobSnapshot[name=a, state=RUNNING])
            "name":"a","error":true,"error":{"code":5}                  => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=5, message=]])
            "name":"a","error":{"code":"5","code":6}                    => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=6, message=]])
            "name":"a","error":{"code":5,"code":null}                   => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=0, message=]])
            "name":"a","error":{"message":"x","message":"y"}            => Valid(JobSnapshot[name=a, state=RUNNING, error=JobError[code=0, message=y]])
            "name":"a","error":{"code":5},"error":3                     => Invalid(malformed-json: error is 3: expected an object)
            "name":"a","error":{"code":5,"code":{}}                     => Invalid(malformed-json: error.code is an object: expected a 32-bit integer)
            "name":"a","endTime":"2024-05-01T12:00:00Z","endTime":3     => Invalid(timestamp-malformed: endTime is 3: expected a string such as 2024-05-01T12:00:00.5Z)
            "name":"a","endTime":3,"end_time":"2024-05-01T12:00:00Z"    => Valid(JobSnapshot[name=a, state=RUNNING, endTime=2024-05-01T12:00:00Z])
            "name":"a","end_time":3,"endTime":"2024-05-01T12:00:00Z"    => Valid(JobSnapshot[name=a, state=RUNNING, endTime=2024-05-01T12:00:00Z])
            "name":"a","end_time":"2024-05-01T12:00:00Z","endTime":null => Valid(JobSnapshot[name=a, state=RUNNING])
            """)
    void ofAKeyGivenTwiceTheLastWins(String members, String expected) {
        assertEquals(expected, JobJson.read("{\"state\":3," + members + "}").toString());
    }

    @Test
    void aNameGivenTwiceAsNullLastIsNoName() {
        assertEquals(NAME_MISSING, reason("{\"name\":\"a\",\"state\":3,\"name\":null}"));
        assertEquals(STATE_MISSING, reason("{\"name\":\"a\",\"state\":3,\"state\":null}"));
    }

    @Test
    void keysAndValuesAreReadWithTheirEscapesResolved() {
        assertEquals(
                JobSnapshot.of("a/\"é😀\ud800\0", JobState.RUNNING),
                read(
                        "{\"n\\u0061me\":\"\\u0061\\/\\\"é\\ud83d\\ude00\\ud800\\u0000\",\"\\u0073tate\":\"JOB\\u005FSTATE_RUNNING\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsItsWireNameOrItsNumber(JobState state) {
        assertEquals(
                state,
                read("{\"name\":\"a\",\"state\":\"" + state.wireName() + "\"}").state());
        assertEquals(
                state, read("{\"name\":\"a\",\"state\":" + state.number() + "}").state());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            3, RUNNING
            3.0, RUNNING
            3e0, RUNNING
            30e-1, RUNNING
            0.3E+1, RUNNING
            -0, UNSPECIFIED
            -0.0e5, UNSPECIFIED
            0e99999999999999999999, UNSPECIFIED
            1.1e1, PARTIALLY_SUCCEEDED
            """)
    void aStateIsANumberHoweverItIsWritten(String number, JobState state) {
        assertEquals(state, read("{\"name\":\"a\",\"state\":" + number + "}").state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                "-1",
                "3.5",
                "1e400",
                "1e-400",
                "1e999999999999",
                "-1e-999999999999",
                "4294967299",
                "2147483648",
                "0.1",
                "\"\"",
                "\"3\"",
                "\"RUNNING\"",
                "\"job_state_running\"",
                "\"JOB_STATE_RUNNING \"",
                "\" JOB_STATE_RUNNING\"",
                "\"JOB_STATE_RUNNİNG\"",
                "\"JOB_STATE_12\"",
                "\"JOB_STATE_\"",
                "\"JOB_STATE_RUNNING\\u0000\""
            })
    void anyOtherStateIsUnknown(String state) {
        assertEquals(STATE_UNKNOWN, reason("{\"name\":\"a\",\"state\":" + state + "}"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 0
            8, 8
            -1, -1
            8.00, 8
            80e-1, 8
            1e9, 1000000000
            2147483647, 2147483647
            -2147483648, -2147483648
            '"8"', 8
            '"-8"', -8
            '"8.0"', 8
            '"80e-1"', 8
            '"2147483647"', 2147483647
            """)
    void aCodeIsAnIntegerOf32Bits(String code, int expected) {
        assertEquals(
                JobError.of(expected), read(error("{\"code\":" + code + "}")).error());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "-2147483649",
                "0.5",
                "1e10",
                "1e400",
                "1e-400",
                "1e999999999999",
                "\"3.5\"",
                "\"+3\"",
                "\"03\"",
                "\" 3\"",
                "\"3.\"",
                "\"0x3\"",
                "\"2147483648\"",
                "\"\"",
                "true",
                "[]",
                "{}"
            })
    void anyOtherCodeIsMalformedJson(String code) {
        assertEquals(MALFORMED_JSON, reason(error("{\"code\":" + code + "}")));
    }

    @Test
    void aMissingCodeIs0AndAMissingMessageIsEmpty() {
        assertEquals(new JobError(0, ""), read(error("{}")).error());
        assertEquals(new JobError(0, "x"), read(error("{\"message\":\"x\"}")).error());
        assertEquals(new JobError(5, ""), read(error("{\"code\":5}")).error());
        assertEquals(
                new JobError(5, ""),
                read(error("{\"code\":5,\"message\":\"\"}")).error());
        assertEquals(
                new JobError(0, ""), read(error("{\"status\":{\"code\":5}}")).error());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "3",
                "-1.5e+400",
                "1e999999999999",
                "\"x\"",
                "\"\\ud800\"",
                "null",
                "[]",
                "[[],{},null]",
                "{\"code\":[],\"message\":3}",
                "{\"name\":3,\"state\":true}",
                "{\"a\":1,\"a\":2}",
                "\"2024\""
            })
    void otherFieldsAreIgnoredWhateverTheyHold(String value) {
        String tuning = "{\"jobState\":%1$s,\"status\":%1$s,\"x\":%1$s,\"\":%1$s,\"Name\":%1$s,\"name \":%1$s,"
                + "\"create__time\":%1$s,\"createtime\":%1$s,\"code\":%1$s,\"message\":%1$s,\"name\":\"a\",\"state\":3}";
        assertEquals(JobSnapshot.of("a", JobState.RUNNING), read(tuning.formatted(value)));
        String notebook = "{\"state\":%1$s,\"name\":\"" + NOTEBOOK + "\",\"jobState\":3,\"error\":%1$s}";
        assertEquals(JobSnapshot.of(NOTEBOOK, JobState.RUNNING), read(notebook.formatted(value)));
        assertEquals(
                JobError.of(5),
                read(error("{\"details\":%1$s,\"name\":%1$s,\"error\":%1$s,\"code\":5}".formatted(value)))
                        .error());
    }

    @ParameterizedTest
    @ValueSource(ints = {511, 512, StrictJson.DEEPEST - 1})
    void ignoredFieldsMayBeDeep(int depth) {
        for (String[] nested : deep(depth)) {
            String deep = "{\"x\":" + nested[0] + nested[1] + ",\"name\":\"a\",\"state\":3}";
            assertEquals(JobSnapshot.of("a", JobState.RUNNING), read(deep));
        }
    }

    @Test
    void beyondTheLimitOfDepthALineIsMalformedJson() {
        for (int depth : new int[] {StrictJson.DEEPEST, 100_000}) {
            for (String[] nested : deep(depth)) {
                for (String deep : List.of(nested[0] + nested[1], nested[0])) {
                    for (String field : List.of("x", "state", "error")) {
                        Unreadable fault = JobJson.read("{\"" + field + "\":" + deep + ",\"name\":\"a\",\"state\":3}")
                                .getError();
                        assertEquals(MALFORMED_JSON, fault.reason());
                        assertTrue(
                                fault.message().startsWith("nested more than 1000 levels deep at column "),
                                fault.message());
                    }
                }
            }
        }
        assertEquals(MALFORMED_JSON, reason("[".repeat(100_000)));
    }

    @Test
    void ignoredFieldsMayHaveHugeNamesNumbersAndStrings() {
        String digits = "7".repeat(100_000);
        for (String huge : List.of(
                "\"" + "n".repeat(100_000) + "\":1",
                "\"" + "é\\u0000".repeat(100_000) + "\":1",
                "\"x\":" + digits,
                "\"x\":-" + digits + "." + digits + "e+" + digits,
                "\"x\":[1e-" + digits + "]",
                "\"x\":\"" + "é\\n".repeat(1_000_000) + "\"",
                "\"x\":[" + "{},".repeat(100_000) + "{}]",
                "\"x\":1,".repeat(100_000) + "\"x\":2")) {
            assertEquals(JobSnapshot.of("a", JobState.RUNNING), read("{" + huge + ",\"name\":\"a\",\"state\":3}"));
        }
    }

    @Test
    void fieldsThatAreReadMayBeHuge() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            String million = "1".repeat(1_000_000);
            assertEquals(
                    new JobError(0, million),
                    read(error("{\"message\":\"" + million + "\"}")).error());
            assertEquals(
                    million, read("{\"name\":\"" + million + "\",\"state\":3}").name());
            assertEquals(STATE_UNKNOWN, reason("{\"name\":\"a\",\"state\":" + million + "}"));
            assertEquals(STATE_UNKNOWN, reason("{\"name\":\"a\",\"state\":1e-" + million + "}"));
            assertEquals(MALFORMED_JSON, reason(error("{\"code\":" + million + "}")));
            assertEquals(
                    JobState.RUNNING,
                    read("{\"name\":\"a\",\"state\":3." + "0".repeat(1_000_000) + "}")
                            .state());
        });
    }

    @Test
    void aJobIsWrittenWithTheFieldsThatItCarriesInOneOrder() {
        assertEquals(
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_FAILED\","
                        + "\"createTime\":\"2024-05-01T12:00:00Z\",\"startTime\":\"2024-05-01T12:00:01.500Z\","
                        + "\"endTime\":\"2024-05-01T12:00:02.000001Z\","
                        + "\"updateTime\":\"2024-05-01T12:00:03.123456789Z\","
                        + "\"error\":{\"code\":8,\"message\":\"no \\\"quota\\\"\"}}",
                JobJson.write(FAILED));
        assertEquals(
                "{\"name\":\"customJobs/1\",\"state\":\"JOB_STATE_FAILED\",\"error\":{\"code\":-3}}",
                JobJson.write(JobSnapshot.of("customJobs/1", JobState.FAILED).withError(JobError.of(-3))));
        assertEquals(
                "{\"state\":\"JOB_STATE_UNSPECIFIED\"}",
                JobJson.write(JobSnapshot.of(null, JobState.UNSPECIFIED), JobKind.CUSTOM_JOB));
    }

    @Test
    void aNotebookIsWrittenWithItsOwnFieldNames() {
        assertEquals(
                "{\"name\":\"projects/p/locations/l/notebookExecutionJobs/7\",\"jobState\":\"JOB_STATE_SUCCEEDED\","
                        + "\"createTime\":\"2024-05-01T12:00:00Z\",\"status\":{\"code\":0}}",
                JobJson.write(
                        JobSnapshot.of(NOTEBOOK, JobState.SUCCEEDED)
                                .withCreateTime(Instant.parse("2024-05-01T12:00:00Z"))
                                .withError(JobError.of(0)),
                        JobKind.CUSTOM_JOB));
    }

    @Test
    void theFallbackIsTheKindOfAWrittenJobWhoseNameTellsNone() {
        for (String name : new String[] {null, "a"}) {
            JobSnapshot job = JobSnapshot.of(name, JobState.QUEUED);
            assertTrue(JobJson.write(job).endsWith("\"state\":\"JOB_STATE_QUEUED\"}"));
            assertTrue(
                    JobJson.write(job, JobKind.NOTEBOOK_EXECUTION_JOB).endsWith("\"jobState\":\"JOB_STATE_QUEUED\"}"));
        }
        assertTrue(JobJson.write(JobSnapshot.of(TUNING, JobState.QUEUED), JobKind.NOTEBOOK_EXECUTION_JOB)
                .endsWith("\"state\":\"JOB_STATE_QUEUED\"}"));
    }

    @Test
    void aWrittenTextIsOneLineThatUtf8CanEncode() {
        assertEquals(
                "{\"name\":\"é\\uD83D\\uDE00\\n\\r\\t\\\"\\\\/\\u0000\u2028\uD7FB\\uD800\\uFEFF\",\"state\":\"JOB_STATE_QUEUED\"}",
                JobJson.write(JobSnapshot.of("é😀\n\r\t\"\\/\0\u2028\uD7FB\uD800\uFEFF", JobState.QUEUED)));
    }

    @Test
    void aTimeOutsideTheYearsOfRfc3339CannotBeWritten() {
        JobSnapshot job = JobSnapshot.of("a", JobState.QUEUED);
        Instant late = Instant.parse("+10000-01-01T00:00:00Z");
        assertEquals(
                "createTime 0000-12-31T23:59:59.999999999Z lies outside the years 0001 to 9999, which RFC 3339 cannot"
                        + " write",
                unwritable(
                        job.withCreateTime(Instant.parse("0001-01-01T00:00:00Z").minusNanos(1))));
        assertTrue(unwritable(job.withStartTime(late)).startsWith("startTime +10000-01-01T00:00:00Z "));
        assertTrue(unwritable(job.withEndTime(Instant.MIN)).startsWith("endTime -1000000000-01-01T00:00:00Z "));
        assertTrue(unwritable(job.withUpdateTime(Instant.MAX)).startsWith("updateTime +1000000000-12-31T23:59:59."));
    }

    @Test
    void aNullArgumentIsNamed() {
        assertNamed("json", () -> JobJson.read(null));
        assertNamed("json", () -> JobJson.read(null, JobKind.NAS_JOB));
        assertNamed("fallback", () -> JobJson.read("{}", null));
        assertNamed("job", () -> JobJson.write(null));
        assertNamed("job", () -> JobJson.write(null, JobKind.NAS_JOB));
        assertNamed("fallback", () -> JobJson.write(FAILED, null));
        assertNamed("fallback", () -> JobJson.write(FAILED.withName(null), null));
    }

    private static JobSnapshot read(String json) {
        return JobJson.read(json).fold(fault -> fail(fault.toString()), job -> job);
    }

    private static Unreadable.Reason reason(String json) {
        return JobJson.read(json).getError().reason();
    }

    private static Unreadable.Reason reason(String json, JobKind fallback) {
        return JobJson.read(json, fallback).getError().reason();
    }

    private static JobState stateOf(String name, JobKind fallback) {
        String json = "{\"state\":\"JOB_STATE_RUNNING\",\"jobState\":\"JOB_STATE_PAUSED\",\"name\":\""
                + name.replace("\\", "\\\\") + "\"}";
        return (fallback == null ? JobJson.read(json) : JobJson.read(json, fallback))
                .get()
                .state();
    }

    private static String error(String error) {
        return "{\"name\":\"a\",\"state\":5,\"error\":" + error + "}";
    }

    private static List<String[]> deep(int depth) {
        return List.of(new String[] {"[".repeat(depth), "]".repeat(depth)}, new String[] {
            "{\"x\":".repeat(depth - 1) + "{", "}".repeat(depth)
        });
    }

    private static String unwritable(JobSnapshot job) {
        return assertThrows(DateTimeException.class, () -> JobJson.write(job)).getMessage();
    }

    private static void assertNamed(String argument, Executable call) {
        assertEquals(argument, assertThrows(NullPointerException.class, call).getMessage());
    }
}
