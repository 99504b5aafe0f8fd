package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Validation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobState;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.DatasetBucket;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningDataStats;
import org.joblifecycle.tuning.SupervisedTuningDatasetDistribution;
import org.joblifecycle.tuning.TunedModelCheckpoint;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningJobJsonTest {
    // As the service answers: all 16 properties, members in its order, some that no definition has.
    private static final String ANSWER = """
            {"name":"projects/p/locations/us-central1/tuningJobs/7",
             "tunedModelDisplayName":"night owl 🦉",
             "baseModel":"gemini-2.5-flash",
             "supervisedTuningSpec":{
               "trainingDatasetUri":"gs://bucket/train.jsonl",
               "validationDatasetUri":"gs://bucket/validation.jsonl",
               "hyperParameters":{"epochCount":"4","learningRateMultiplier":1,"adapterSize":"ADAPTER_SIZE_FOUR"},
               "exportLastCheckpointOnly":false,
               "evaluationConfig":{"metrics":[],"outputConfig":null}},
             "state":"JOB_STATE_FAILED",
             "tuningJobState":"TUNING_JOB_STATE_POST_PROCESSING",
             "createTime":"2026-05-01T12:00:00.273513Z",
             "startTime":"2026-05-01T12:00:30Z",
             "endTime":"2026-05-01T13:00:00.139132Z",
             "updateTime":"2026-05-01T13:00:00.139132Z",
             "error":{"code":13,"message":"endpoint","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","n":1.50}]},
             "description":"",
             "labels":{"team":"search","größe":"","":"x"},
             "experiment":"projects/p/locations/us-central1/metadataStores/default/contexts/c",
             "gcsMetricsUri":"gs://bucket/metrics",
             "tunedModel":{
               "model":"projects/p/locations/us-central1/models/1@1",
               "endpoint":"projects/p/locations/us-central1/endpoints/2",
               "checkpoints":[{"checkpointId":"1","epoch":"1","step":"10","endpoint":"projects/p/locations/us-central1/endpoints/3"},{}]},
             "tuningDataStats":{"supervisedTuningDataStats":{
               "tuningDatasetExampleCount":"9223372036854775807",
               "totalTuningCharacterCount":"12",
               "totalBillableCharacterCount":"12",
               "totalBillableTokenCount":"0",
               "tuningStepCount":"-1",
               "userInputTokenDistribution":{"sum":"1","billableSum":"1","min":1,"max":2.5,"mean":1.75,"median":0.1,"p5":1.0E-10,"p95":-2,
                 "buckets":[{"count":31,"left":1,"right":2.5}]},
               "userOutputTokenDistribution":{},
               "userMessagePerExampleDistribution":{"mean":"NaN","max":"Infinity","min":"-Infinity"},
               "userDatasetExamples":[{"role":"user","parts":[{"text":"a"}]}],
               "totalTruncatedExampleCount":"1",
               "truncatedExampleIndices":["3"],
               "droppedExampleReasons":["too long"]}},
             "encryptionSpec":{"kmsKeyName":"projects/p/locations/us-central1/keyRings/r/cryptoKeys/k"},
             "satisfiesPzs":true}
            """;

    private static String compact(String json) {
        return json.lines().map(String::strip).reduce("", String::concat).replace("🦉", "\\uD83E\\uDD89");
    }

    private static TuningJob read(String json) {
        return TuningJobJson.read(json).toEither().getOrElseThrow(faults -> new AssertionError(faults.mkString("\n")));
    }

    private static List<String> faults(String json) {
        return TuningJobJson.read(json).getError().map(UnreadableField::message).toList();
    }

    @Test
    void aResponseOfTheServiceIsWrittenAsItWasRead() {
        TuningJob job = read(ANSWER);

        assertEquals(compact(ANSWER), TuningJobJson.write(job));
        assertTrue(TuningJob.TYPE.fields().forAll(job::has));
        assertEquals(
                List.of("tuningJobState", "gcsMetricsUri", "satisfiesPzs"),
                job.unknown().keySet().toList());
        assertEquals(job, read(TuningJobJson.write(job)));
    }

    @Test
    void allFieldsOfAOneofAreKeptUnderTheirNames() {
        String json =
                "{\"distillation_spec\":{\"a\":1},\"pre_tuned_model\":null,\"baseModel\":\"m\",\"supervisedTuningSpec\":{},"
                        + "\"preTunedModel\":{},\"veoTuningSpec\":null}";
        TuningJob job = read(json);

        assertEquals(json, TuningJobJson.write(job));
        assertEquals(
                List.of("baseModel", "preTunedModel"),
                TuningJob.SOURCE_MODEL.in(job).keySet().toList());
        assertEquals(
                List.of("supervisedTuningSpec", "distillationSpec"),
                TuningJob.TUNING_SPEC.in(job).keySet().toList());
    }

    @Test
    void everyPropertyIsRead() {
        TuningJob job = read(ANSWER);

        assertEquals("projects/p/locations/us-central1/tuningJobs/7", job.name());
        assertEquals("night owl 🦉", job.tunedModelDisplayName());
        assertEquals("gemini-2.5-flash", job.baseModel());
        assertEquals("", job.description());
        assertEquals(OpenEnum.of(JobState.FAILED), job.state());
        assertEquals(Instant.parse("2026-05-01T12:00:00.273513Z"), job.createTime());
        assertEquals(Instant.parse("2026-05-01T12:00:30Z"), job.startTime());
        assertEquals(Instant.parse("2026-05-01T13:00:00.139132Z"), job.endTime());
        assertEquals(Instant.parse("2026-05-01T13:00:00.139132Z"), job.updateTime());
        assertEquals(new JobError(13, "endpoint"), job.error().toJobError());
        assertEquals(
                List.of(new RawJson("{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"n\":1.50}")),
                job.error().all(RpcStatus.DETAILS).toList());
        assertEquals(LinkedHashMap.of("team", "search", "größe", "", "", "x"), job.labels());
        assertEquals("projects/p/locations/us-central1/metadataStores/default/contexts/c", job.experiment());
        assertEquals(
                "projects/p/locations/us-central1/models/1@1", job.tunedModel().model());
        assertEquals(
                "projects/p/locations/us-central1/endpoints/2", job.tunedModel().endpoint());
        assertEquals(10L, job.tunedModel().checkpoints().head().get(TunedModelCheckpoint.STEP));
        assertEquals(
                "projects/p/locations/us-central1/keyRings/r/cryptoKeys/k",
                job.encryptionSpec().kmsKeyName());

        var spec = job.supervisedTuningSpec();
        assertEquals("gs://bucket/train.jsonl", spec.trainingDatasetUri());
        assertEquals("gs://bucket/validation.jsonl", spec.validationDatasetUri());
        assertEquals(false, spec.exportLastCheckpointOnly());
        assertEquals(4L, spec.hyperParameters().get(SupervisedHyperParameters.EPOCH_COUNT));
        assertEquals(1.0, spec.hyperParameters().get(SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER));
        assertEquals(OpenEnum.of(AdapterSize.FOUR), spec.hyperParameters().get(SupervisedHyperParameters.ADAPTER_SIZE));

        var stats = job.tuningDataStats().get(TuningDataStats.SUPERVISED_TUNING_DATA_STATS);
        assertEquals(Long.MAX_VALUE, stats.get(SupervisedTuningDataStats.TUNING_DATASET_EXAMPLE_COUNT));
        assertEquals(-1L, stats.get(SupervisedTuningDataStats.TUNING_STEP_COUNT));
        assertEquals(
                List.of(3L),
                stats.all(SupervisedTuningDataStats.TRUNCATED_EXAMPLE_INDICES).toList());
        assertEquals(
                List.of("too long"),
                stats.all(SupervisedTuningDataStats.DROPPED_EXAMPLE_REASONS).toList());
        SupervisedTuningDatasetDistribution input = stats.get(SupervisedTuningDataStats.USER_INPUT_TOKEN_DISTRIBUTION);
        assertEquals(2.5, input.get(SupervisedTuningDatasetDistribution.MAX));
        assertEquals(1e-10, input.get(SupervisedTuningDatasetDistribution.P5));
        assertEquals(
                31.0,
                input.all(SupervisedTuningDatasetDistribution.BUCKETS).head().get(DatasetBucket.COUNT));
        var messages = stats.get(SupervisedTuningDataStats.USER_MESSAGE_PER_EXAMPLE_DISTRIBUTION);
        assertEquals(Double.NaN, messages.get(SupervisedTuningDatasetDistribution.MEAN));
        assertEquals(Double.POSITIVE_INFINITY, messages.get(SupervisedTuningDatasetDistribution.MAX));
        assertEquals(Double.NEGATIVE_INFINITY, messages.get(SupervisedTuningDatasetDistribution.MIN));
    }

    @Test
    void itsSnapshotIsTheOneThatTheAuditReads() {
        assertEquals(
                JobJson.read(compact(ANSWER)).get(), read(ANSWER).snapshot().get());
    }

    @Test
    void anUnknownStateIsKept() {
        for (String state : List.of("\"JOB_STATE_NEW\"", "99", "-1", "\"\"", "\"99\"", "\"RUNNING\"")) {
            String json = "{\"state\":" + state + "}";
            TuningJob job = read(json);

            assertEquals(json, TuningJobJson.write(job));
            assertTrue(job.snapshot().isInvalid(), state);
        }
    }

    @Test
    void nullAndEmptyAndAbsentAreNotConfused() {
        String json =
                "{\"description\":null,\"tunedModelDisplayName\":\"\",\"labels\":{},\"tunedModel\":{\"checkpoints\":[]},"
                        + "\"error\":null,\"news\":null,\"tuningDataStats\":{}}";
        TuningJob job = read(json);

        assertEquals(json, TuningJobJson.write(job));
        assertNull(job.description());
        assertEquals("", job.tunedModelDisplayName());
        assertNull(job.baseModel());
        assertTrue(job.has(TuningJob.LABELS));
        assertEquals(
                "{\"description\":\"\"}",
                TuningJobJson.write(read("{\"description\":null}").with(TuningJob.DESCRIPTION, "")));
    }

    @Test
    void whatIsChangedStaysInItsPlaceAndWhatIsNewComesLast() {
        TuningJob job = read("{\"news\":1,\"state\":\"JOB_STATE_PENDING\",\"labels\":{\"a\":\"1\"}}");

        assertEquals(
                "{\"news\":1,\"state\":\"JOB_STATE_RUNNING\",\"labels\":{\"a\":\"1\"},\"baseModel\":\"m\"}",
                TuningJobJson.write(job.withState(JobState.RUNNING).with(TuningJob.BASE_MODEL, "m")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4                      | "4"
            "4"                    | "4"
            4.0                    | "4"
            "4e0"                  | "4"
            40e-1                  | "4"
            "+4"                   | "4"
            "4."                   | "4"
            ".4e1"                 | "4"
            ".0"                   | "0"
            "-04"                  | "-4"
            -9223372036854775808   | "-9223372036854775808"
            "9223372036854775807"  | "9223372036854775807"
            9.223372036854775807e18| "9223372036854775807"
            """)
    void anIntegerOf64BitsIsAStringOrANumberAndWrittenAsAString(String read, String written) {
        String json = "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"epochCount\":%s}}}";
        assertEquals(json.formatted(written), TuningJobJson.write(read(json.formatted(read))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.5",
                "\"4.5\"",
                "9223372036854775808",
                "-9223372036854775809",
                "\"\"",
                "\" 4\"",
                "\"4 \"",
                "\"0x4\"",
                "\"four\"",
                "\"٤\"",
                "\".\"",
                "\".4\"",
                "\"1e\"",
                "\"NaN\"",
                "true",
                "[]",
                "{}",
                "\"4L\"",
                "\"--4\""
            })
    void anythingElseIsNotA64BitInteger(String value) {
        List<String> faults = faults("{\"supervisedTuningSpec\":{\"hyperParameters\":{\"epochCount\":" + value + "}}}");

        assertEquals(1, faults.size());
        assertTrue(
                faults.head()
                        .matches(
                                "supervisedTuningSpec\\.hyperParameters\\.epochCount is .*: expected a 64-bit integer, such as \"3\""),
                faults.head());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1          | 1
            1.0        | 1
            "1"        | 1
            -0         | -0.0
            1e2        | 100
            "1.5e-3"   | 0.0015
            1e300      | 1.0E300
            9007199254740993 | 9007199254740992
            0.1000000000000000055511151231257827 | 0.1
            """)
    void aNumberIsADouble(String read, String written) {
        String json = "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"learningRateMultiplier\":%s}}}";
        assertEquals(json.formatted(written), TuningJobJson.write(read(json.formatted(read))));
    }

    @Test
    void anIntegerOf32BitsIsANumberOrAStringAndWrittenAsANumber() {
        for (String read : List.of("5", "\"5\"", "5.0", "\"5e0\"")) {
            assertEquals(
                    "{\"error\":{\"code\":5}}", TuningJobJson.write(read("{\"error\":{\"code\":" + read + "}}")), read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "\"-1e400\"", "\"inf\"", "\"nan\"", "\"\"", "true", "\"0x1p3\"", "\"1d\""})
    void anythingElseIsNotADouble(String value) {
        assertEquals(
                1,
                faults("{\"supervisedTuningSpec\":{\"hyperParameters\":{\"learningRateMultiplier\":" + value + "}}}")
                        .size());
    }

    @Test
    void enumsAreReadByNameAndByNumber() {
        for (String size : List.of("\"ADAPTER_SIZE_TWO\"", "6", "6.0", "60e-1")) {
            String json = "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"adapterSize\":%s}}}".formatted(size);
            assertEquals(
                    OpenEnum.of(AdapterSize.TWO),
                    read(json).supervisedTuningSpec().hyperParameters().get(SupervisedHyperParameters.ADAPTER_SIZE),
                    size);
        }
        assertEquals("{\"state\":\"JOB_STATE_RUNNING\"}", TuningJobJson.write(read("{\"state\":3}")));
        assertEquals(OpenEnum.unknown("3"), read("{\"state\":\"3\"}").state()); // a name, as it is for JobJson
        assertEquals(
                List.of("state is true: expected a name such as JOB_STATE_QUEUED, or its number"),
                faults("{\"state\":true}"));
        assertEquals(
                List.of("state is 1.5: expected a name such as JOB_STATE_QUEUED, or its number"),
                faults("{\"state\":1.5}"));
    }

    @Test
    void namesAreReadInBothSpellingsAndWrittenInOne() {
        assertEquals(
                "{\"baseModel\":\"m\",\"supervisedTuningSpec\":{\"trainingDatasetUri\":\"gs://b/o\"}}",
                TuningJobJson.write(read(
                        "{\"base_model\":\"m\",\"supervised_tuning_spec\":{\"training_dataset_uri\":\"gs://b/o\"}}")));
        for (String one : List.of("baseModel", "base_model")) {
            for (String other : List.of("baseModel", "base_model")) {
                String twice = "{\"" + one + "\":%s,\"" + other + "\":%s}";
                assertEquals("b", read(twice.formatted("\"a\"", "\"b\"")).baseModel());
                assertEquals("b", read(twice.formatted("3", "\"b\"")).baseModel());
                assertEquals("m", read(twice.formatted("null", "\"m\"")).baseModel());
                assertNull(read(twice.formatted("\"m\"", "null")).baseModel());
            }
        }
    }

    @Test
    void aListIsAnArrayAndAMapAnObject() {
        assertEquals(
                List.of(
                        "labels is an array: expected an object",
                        "error.details is an object: expected an array",
                        "tunedModel.checkpoints is \"x\": expected an array"),
                faults(
                        "{\"labels\":[{\"a\":1}],\"error\":{\"details\":{\"a\":[]}},\"tunedModel\":{\"checkpoints\":\"x\"}}"));
    }

    @Test
    void trueAndFalseMayBeStrings() {
        assertEquals(
                false,
                read("{\"supervisedTuningSpec\":{\"exportLastCheckpointOnly\":\"false\"}}")
                        .supervisedTuningSpec()
                        .exportLastCheckpointOnly());
        for (String bool : List.of("true", "\"true\"")) {
            assertEquals(
                    true,
                    read("{\"supervisedTuningSpec\":{\"exportLastCheckpointOnly\":" + bool + "}}")
                            .supervisedTuningSpec()
                            .exportLastCheckpointOnly());
        }
        assertEquals(
                List.of("supervisedTuningSpec.exportLastCheckpointOnly is 1: expected true or false"),
                faults("{\"supervisedTuningSpec\":{\"exportLastCheckpointOnly\":1}}"));
    }

    @Test
    void everyWrongPropertyIsReportedWithItsPath() {
        String json = """
                {"name": 7, "tunedModelDisplayName": ["a"], "description": {}, "state": [], "createTime": "yesterday",
                 "startTime": 5, "endTime": "2026-02-30T00:00:00Z", "updateTime": true,
                 "error": {"code": "none", "message": 1, "details": [1, null]},
                 "labels": {"a": 1, "b": null, "c": "fine"}, "experiment": 1.5,
                 "tunedModel": {"model": 1, "checkpoints": [{"epoch": "x"}, 5]},
                 "tuningDataStats": {"supervisedTuningDataStats": {"userInputTokenDistribution": {"buckets": [{"count": "many"}]}}},
                 "encryptionSpec": "key", "baseModel": "m", "supervisedTuningSpec": {"hyperParameters": {"epochCount": "1.5", "adapterSize": {}}},
                 "base_model": 1}
                """;

        assertEquals(
                List.of(
                        "name is 7: expected a string",
                        "tunedModelDisplayName is an array: expected a string",
                        "description is an object: expected a string",
                        "state is an array: expected a name such as JOB_STATE_QUEUED, or its number",
                        "createTime is \"yesterday\": expected a time (RFC 3339) such as \"2024-05-01T12:00:00.5Z\"",
                        "startTime is 5: expected a time (RFC 3339) such as \"2024-05-01T12:00:00.5Z\"",
                        "endTime is \"2026-02-30T00:00:00Z\": expected a time (RFC 3339) such as \"2024-05-01T12:00:00.5Z\"",
                        "updateTime is true: expected a time (RFC 3339) such as \"2024-05-01T12:00:00.5Z\"",
                        "error.code is \"none\": expected a 32-bit integer",
                        "error.message is 1: expected a string",
                        "error.details[0] is 1: expected an object",
                        "error.details[1] is null: expected an object",
                        "labels[\"a\"] is 1: expected a string",
                        "labels[\"b\"] is null: expected a string",
                        "experiment is 1.5: expected a string",
                        "tunedModel.model is 1: expected a string",
                        "tunedModel.checkpoints[0].epoch is \"x\": expected a 64-bit integer, such as \"3\"",
                        "tunedModel.checkpoints[1] is 5: expected an object",
                        "tuningDataStats.supervisedTuningDataStats.userInputTokenDistribution.buckets[0].count is \"many\":"
                                + " expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
                        "encryptionSpec is \"key\": expected an object",
                        "baseModel is 1: expected a string",
                        "supervisedTuningSpec.hyperParameters.epochCount is \"1.5\": expected a 64-bit integer, such as \"3\"",
                        "supervisedTuningSpec.hyperParameters.adapterSize is an object: expected a name such as ADAPTER_SIZE_ONE,"
                                + " or its number"),
                faults(json));
        assertEquals(
                TuningJob.TYPE.fields().map(field -> field.wireName()).toSet(),
                TuningJobJson.read(json)
                        .getError()
                        .map(fault -> fault.path().split("[.\\[]", 2)[0])
                        .toSet());
    }

    @Test
    void faultsOfAnOverwrittenMemberAreForgotten() {
        TuningJob job = read("{\"name\":1,\"error\":{\"code\":\"x\"},\"labels\":{\"a\":1,\"b\":\"2\",\"a\":\"3\"},"
                + "\"name\":\"x\",\"error\":{\"code\":3},\"news\":1,\"news\":[2]}");

        assertEquals(
                "{\"name\":\"x\",\"error\":{\"code\":3},\"labels\":{\"a\":\"3\",\"b\":\"2\"},\"news\":[2]}",
                TuningJobJson.write(job));
        assertEquals(List.of("name is 1: expected a string"), faults("{\"name\":\"x\",\"name\":1}"));
    }

    @Test
    void aTimeIsOneThatCanBeWritten() {
        for (String time : List.of("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00")) {
            assertEquals(1, faults("{\"createTime\":\"" + time + "\"}").size(), time);
        }
        assertEquals(
                "{\"createTime\":\"0001-01-01T00:00:00Z\"}",
                TuningJobJson.write(read("{\"createTime\":\"0001-01-01T01:00:00+01:00\"}")));
    }

    @Test
    void longTextAndManyKeysAreReadInTheTimeOfReadingThem() {
        String digits = "1".repeat(1_000_000);
        StringBuilder twice = new StringBuilder();
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < 50_000; key++) {
                twice.append(",\"k").append(key).append("\":\"").append(round).append('"');
            }
        }
        String keys = "{" + twice.substring(1) + "}";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertTrue(read("{\"state\":\"" + digits + "x\"}").snapshot().isInvalid());
            assertEquals(1, faults("{\"error\":{\"code\":\"" + digits + ".\"}}").size());
            assertEquals(50_000, read(keys).unknown().size());
            assertEquals(50_000, read("{\"labels\":" + keys + "}").labels().size());
        });
    }

    static Stream<String[]> broken() {
        return Stream.of(
                new String[] {"", "expected one JSON object, found nothing"},
                new String[] {"[]", "expected one JSON object, found an array"},
                new String[] {"{} {}", "expected one JSON object, found something after it"},
                new String[] {"{\"name\":\"a\"", "the JSON breaks off at column 12"},
                new String[] {"{\"error\":{\"details\":[{", "the JSON breaks off at column 23"},
                new String[] {"{\"news\":" + "[".repeat(2000), "nested more than 1000 levels deep at column 1009"});
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aTextThatIsNotAnObjectIsReported(String json, String message) {
        UnreadableField fault = TuningJobJson.read(json).getError().last();

        assertEquals("", fault.path());
        assertEquals(message, fault.toString());
    }

    @Test
    void faultsBeforeATextBreaksOffAreReportedToo() {
        assertEquals(2, faults("{\"name\":5,\"state\":").size());
    }

    @Test
    void whatCannotBeWrittenIsReportedWithItsPath() {
        TuningJob job = TuningJob.EMPTY.with(TuningJob.END_TIME, Instant.MAX);
        assertTrue(assertThrows(DateTimeException.class, () -> TuningJobJson.write(job))
                .getMessage()
                .startsWith("endTime +1000000000-12-31"));
        for (String[] none : new String[][] {
            {"", "error.details[0] holds nothing: expected one JSON value"},
            {"{} {}", "error.details[0] holds more than one JSON value"},
            {"{x}", "error.details[0] holds no JSON value: "},
            {"{", "error.details[0] holds no JSON value: "},
        }) {
            TuningJob broken = TuningJob.EMPTY.with(
                    TuningJob.ERROR, RpcStatus.EMPTY.with(RpcStatus.DETAILS, List.of(new RawJson(none[0]))));
            String message = assertThrows(IllegalArgumentException.class, () -> TuningJobJson.write(broken))
                    .getMessage();
            assertTrue(message.startsWith(none[1]), message);
        }
    }

    @Test
    void whatCannotBeWrittenInAListIsReportedWithItsIndex() {
        TuningJob broken = TuningJob.EMPTY.with(
                TuningJob.ERROR,
                RpcStatus.EMPTY.with(
                        RpcStatus.DETAILS, List.of(new RawJson("{}"), new RawJson("{}"), new RawJson(""))));

        assertEquals(
                "error.details[2] holds nothing: expected one JSON value",
                assertThrows(IllegalArgumentException.class, () -> TuningJobJson.write(broken))
                        .getMessage());
    }

    @Test
    void aHalfOfASurrogatePairIsWrittenSoThatItIsReadBack() {
        TuningJob job = TuningJob.EMPTY.with(TuningJob.DESCRIPTION, "\ud800");

        assertEquals("{\"description\":\"\\uD800\"}", TuningJobJson.write(job));
        assertEquals(Validation.valid(job), TuningJobJson.read(TuningJobJson.write(job)));
    }

    @Test
    void whatIsSetByHandIsWrittenAsTheServiceDoes() {
        assertEquals(
                "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"adapterSize\":7,\"epochCount\":\"1\",\"learningRateMultiplier\":0.5}}}",
                TuningJobJson.write(TuningJob.EMPTY.with(
                        TuningJob.SUPERVISED_TUNING_SPEC,
                        org.joblifecycle.tuning.SupervisedTuningSpec.EMPTY.with(
                                org.joblifecycle.tuning.SupervisedTuningSpec.HYPER_PARAMETERS,
                                SupervisedHyperParameters.EMPTY
                                        .with(SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.unknown(7))
                                        .with(SupervisedHyperParameters.EPOCH_COUNT, 1L)
                                        .with(SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER, 0.5)))));
    }
}
