package org.joblifecycle.protobuf;

import static org.joblifecycle.protobuf.JobProtobufTest.assertNamed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.util.List;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.tuning.DatasetBucket;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.junit.jupiter.api.Test;

class TuningJobProtobufTest {
    private static final String NAME = "projects/p/locations/l/tuningJobs/7";
    private static final TuningJob V1 = TuningJob.getDefaultInstance();
    private static final com.google.cloud.aiplatform.v1beta1.TuningJob V1BETA1 =
            com.google.cloud.aiplatform.v1beta1.TuningJob.getDefaultInstance();

    private static org.joblifecycle.tuning.TuningJob read(Message message) {
        return TuningJobProtobuf.read(message).get();
    }

    private static org.joblifecycle.tuning.TuningJob json(String json) {
        return TuningJobJson.read(json).get();
    }

    private static Seq<String> faults(org.joblifecycle.tuning.TuningJob job, Message type) {
        Validation<Seq<UnwritableField>, Message> written = TuningJobProtobuf.write(job, type);
        assertTrue(written.isInvalid(), () -> "written: " + written.get());
        return written.getError().map(UnwritableField::message);
    }

    @Test
    void aMessageIsReadByTheNamesOfItsFields() {
        TuningJob message = TuningJob.newBuilder()
                .setName(NAME)
                .setStateValue(3)
                .setCreateTime(Timestamp.newBuilder().setSeconds(1).setNanos(500_000_000))
                .putLabels("team", "search")
                .setBaseModel("gemini-2.5-flash")
                .build();
        var job = json("{\"name\":\"" + NAME + "\",\"state\":\"JOB_STATE_RUNNING\","
                + "\"createTime\":\"1970-01-01T00:00:01.5Z\",\"labels\":{\"team\":\"search\"},"
                + "\"baseModel\":\"gemini-2.5-flash\"}");

        assertEquals(job, read(message));
        assertEquals(message, TuningJobProtobuf.write(job, V1).get());
    }

    @Test
    void aFieldThatCoreDoesNotKnowIsJson() {
        TuningJob message =
                TuningJob.newBuilder().setServiceAccount("robot@example.com").build();

        assertEquals(json("{\"serviceAccount\":\"robot@example.com\"}"), read(message));
        assertEquals(
                message,
                TuningJobProtobuf.write(json("{\"service_account\":\"robot@example.com\"}"), V1)
                        .get());
    }

    @Test
    void whatV1DoesNotHaveIsNotLostSilently() {
        var spec = com.google.cloud.aiplatform.v1beta1.DistillationSpec.newBuilder()
                .setTrainingDatasetUri("gs://bucket/train.jsonl");
        var job = read(V1BETA1.toBuilder()
                .setDistillationSpec(spec)
                .setOutputUri("gs://bucket/out")
                .setDescription("kept")
                .build());

        assertEquals(
                Vector.of(
                        "distillationSpec cannot be written: google.cloud.aiplatform.v1.TuningJob has no such field",
                        "outputUri cannot be written: google.cloud.aiplatform.v1.TuningJob has no such field"),
                faults(job, V1));
        assertEquals(
                Vector.of("distillationSpec", "outputUri"),
                TuningJobProtobuf.write(job, V1).getError().map(UnwritableField::path));
        assertEquals(
                TuningJob.newBuilder().setDescription("kept").build(),
                TuningJobProtobuf.write(
                                job.withUnknown("distillationSpec", null).withUnknown("outputUri", null), V1)
                        .get());
    }

    @Test
    void aPathLeadsIntoPartsAndLists() {
        assertEquals(
                Vector.of("tunedModel.checkpoints[1].speed cannot be written:"
                        + " google.cloud.aiplatform.v1.TunedModelCheckpoint has no such field"),
                faults(json("{\"tunedModel\":{\"checkpoints\":[{},{\"speed\":1}]}}"), V1));
        assertEquals(
                Vector.of(
                        "supervisedTuningSpec.hyperParameters.adapterSize is \"ADAPTER_SIZE_NEW\": expected a value of"
                                + " google.cloud.aiplatform.v1.SupervisedHyperParameters.AdapterSize"),
                faults(
                        json("{\"supervisedTuningSpec\":{\"hyperParameters\":{\"adapterSize\":\"ADAPTER_SIZE_NEW\"}}}"),
                        V1));
    }

    @Test
    void aFieldThatHasOnlyANumberIsKept() {
        TuningJob message = TuningJob.newBuilder()
                .setName(NAME)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1000,
                                UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                        .build())
                .build();
        var job = read(message);

        assertEquals(
                new RawJson("{\"@type\":\"type.googleapis.com/google.cloud.aiplatform.v1.TuningJob\","
                        + "\"@bytes\":\"wD4F\"}"),
                job.unknown().get("@unknown").get());
        assertEquals(message, TuningJobProtobuf.write(job, V1).get().toBuilder().build());
        assertEquals(
                Vector.of("@unknown cannot be written: it has the bytes of"
                        + " type.googleapis.com/google.cloud.aiplatform.v1.TuningJob: expected those of"
                        + " google.cloud.aiplatform.v1beta1.TuningJob"),
                faults(job, V1BETA1));
    }

    @Test
    void aKnownFieldCannotBeHiddenInBytes() {
        RawJson hidden = new ProtoJson(TypeRegistry.getEmptyTypeRegistry())
                .printBytes(TuningJob.newBuilder()
                        .setStateValue(4)
                        .setServiceAccount("robot@example.com")
                        .build());

        assertEquals(
                Vector.of("@unknown has a state: expected only fields that are not known"),
                faults(org.joblifecycle.tuning.TuningJob.EMPTY.withUnknown("@unknown", hidden), V1));
    }

    @Test
    void bytesMustBeBytes() {
        assertEquals(
                Vector.of("@unknown cannot be written: expected an object of @type and @bytes"),
                faults(json("{\"@unknown\":{\"state\":4}}"), V1));
        assertEquals(
                Vector.of("@unknown cannot be written: Illegal base64 character 2e"),
                faults(
                        json("{\"@unknown\":{\"@type\":\"type.googleapis.com/google.cloud.aiplatform.v1.TuningJob\","
                                + "\"@bytes\":\"...\"}}"),
                        V1));
        assertTrue(faults(
                        json("{\"@unknown\":{\"@type\":\"type.googleapis.com/google.cloud.aiplatform.v1.TuningJob\","
                                + "\"@bytes\":\"/w==\"}}"),
                        V1)
                .head()
                .startsWith("@unknown cannot be written: "));
    }

    private static TuningJob failed(Message detail) {
        return TuningJob.newBuilder()
                .setName(NAME)
                .setStateValue(5)
                .setError(Status.newBuilder().setCode(8).addDetails(Any.pack(detail)))
                .build();
    }

    private static String detail(org.joblifecycle.tuning.TuningJob job) {
        return job.error().all(RpcStatus.DETAILS).head().text();
    }

    @Test
    void aDetailIsJsonIfItsTypeIsGiven() {
        TuningJob message = failed(ErrorInfo.newBuilder().setReason("QUOTA").build());
        var job = TuningJobProtobuf.read(message, SameMessage.TYPES).get();

        assertEquals("{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"QUOTA\"}", detail(job));
        assertEquals(
                message, TuningJobProtobuf.write(job, V1, SameMessage.TYPES).get());
        assertEquals(
                Vector.of(
                        "error.details[0] cannot be written: Cannot resolve type: type.googleapis.com/google.rpc.ErrorInfo"),
                faults(job, V1));
    }

    @Test
    void aDetailOfAnotherTypeIsKeptAsBytes() {
        TuningJob message = failed(CustomJob.getDefaultInstance());
        var job = TuningJobProtobuf.read(message, SameMessage.TYPES).get();

        assertEquals(
                "{\"@type\":\"type.googleapis.com/google.cloud.aiplatform.v1.CustomJob\",\"@bytes\":\"\"}",
                detail(job));
        assertEquals(message, TuningJobProtobuf.write(job, V1).get());
    }

    @Test
    void jsonThatAFieldDoesNotAllowIsAFault() {
        assertEquals(
                Vector.of(
                        "tuningDataStats.supervisedTuningDataStats.userDatasetExamples[0] cannot be written: Cannot find"
                                + " field: speed in message google.cloud.aiplatform.v1.Content"),
                faults(
                        json("{\"tuningDataStats\":{\"supervisedTuningDataStats\":{\"userDatasetExamples\":"
                                + "[{\"speed\":1}]}}}"),
                        V1));
        assertTrue(faults(json("{\"serviceAccount\":[]}"), V1).head().startsWith("serviceAccount cannot be written: "));
        assertEquals(
                "serviceAccount cannot be written: it holds no JSON value: not JSON at column 5: Unexpected character (',' (code"
                        + " 44)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or"
                        + " 'false')",
                faults(
                                org.joblifecycle.tuning.TuningJob.EMPTY.withUnknown(
                                        "serviceAccount", new RawJson("\"a\",\"state\":4")),
                                V1)
                        .head());
    }

    @Test
    void twoFieldsOfAOneofAreAFault() {
        assertEquals(
                Vector.of("distillationSpec cannot be written beside supervisedTuningSpec: a message has one of them"),
                faults(json("{\"supervisedTuningSpec\":{},\"distillationSpec\":{}}"), V1BETA1));
        assertEquals(
                Vector.of("baseModel cannot be written beside preTunedModel: a message has one of them"),
                faults(json("{\"preTunedModel\":{},\"baseModel\":\"m\"}"), V1));
    }

    @Test
    void aFieldInTwoSpellingsIsAFault() {
        assertEquals(
                Vector.of("service_account is given twice"),
                faults(json("{\"serviceAccount\":\"a\",\"service_account\":\"b\"}"), V1));
    }

    @Test
    void aNameFromOutsideForgesNoLine() {
        assertEquals(
                Vector.of("a\\u000ab cannot be written: google.cloud.aiplatform.v1.TuningJob has no such field"),
                faults(json("{\"a\\nb\":1}"), V1));
    }

    @Test
    void aListInTwoSpellingsIsAFault() {
        assertEquals(
                Vector.of("evaluate_dataset_runs is given twice"),
                faults(json("{\"evaluateDatasetRuns\":[{}],\"evaluate_dataset_runs\":[{}]}"), V1));
    }

    @Test
    void aNullIsAsGoodAsNothing() {
        assertEquals(
                V1,
                TuningJobProtobuf.write(json("{\"baseModel\":null,\"newField\":null,\"serviceAccount\":null}"), V1)
                        .get());
    }

    @Test
    void aJsonNullIsNotTakenForAbsence() {
        Message message = FutureTuningJob.of(
                Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build());

        assertEquals(message, TuningJobProtobuf.write(read(message), message).get());
        assertTrue(read(message).unknown().containsKey("@unknown"));
    }

    @Test
    void anUnknownStateIsKeptByNameElseByNumber() {
        Message named = FutureTuningJob.of(NAME, 12);
        Message numbered = FutureTuningJob.of(NAME, 13);

        assertEquals(OpenEnum.unknown("JOB_STATE_HIBERNATING"), read(named).state());
        assertEquals(OpenEnum.unknown(13), read(numbered).state());
        assertEquals(named, TuningJobProtobuf.write(read(named), named).get());
        assertEquals(numbered, TuningJobProtobuf.write(read(numbered), named).get());
        assertEquals(
                Vector.of(
                        "state is \"JOB_STATE_HIBERNATING\": expected a value of google.cloud.aiplatform.v1.JobState"),
                faults(read(named), V1));
    }

    @Test
    void aNumberInAStringIsNoState() {
        for (String text : List.of("4", "99", "1.5", "")) {
            assertEquals(
                    Vector.of("state is \"" + text + "\": expected a value of google.cloud.aiplatform.v1.JobState"),
                    faults(json("{\"state\":\"" + text + "\"}"), V1));
        }
    }

    @Test
    void jsonThatIsNestedDeeplyIsAFault() {
        assertTrue(faults(json("{\"serviceAccount\":" + "[".repeat(900) + "]".repeat(900) + "}"), V1)
                .head()
                .startsWith("serviceAccount cannot be written: "));
    }

    @Test
    void theStateZeroIsUnspecifiedUnlessItIsThatOfARequest() {
        assertEquals(
                OpenEnum.of(JobState.UNSPECIFIED),
                read(TuningJob.newBuilder().setName(NAME).build()).state());
        assertFalse(
                read(TuningJob.newBuilder().setBaseModel("m").build()).has(org.joblifecycle.tuning.TuningJob.STATE));
    }

    @Test
    void presenceIsKeptWhereTheMessageTellsIt() {
        TuningJob message = TuningJob.newBuilder()
                .setBaseModel("")
                .setSupervisedTuningSpec(com.google.cloud.aiplatform.v1.SupervisedTuningSpec.getDefaultInstance())
                .build();

        assertEquals("", read(message).baseModel());
        assertEquals(SupervisedTuningSpec.EMPTY, read(message).supervisedTuningSpec());
        assertEquals(message, TuningJobProtobuf.write(read(message), V1).get());
    }

    @Test
    void timesOutOfRangeAreAllReported() {
        Timestamp wrong = Timestamp.newBuilder().setNanos(-1).build();
        Seq<UnreadableField> faults = TuningJobProtobuf.read(TuningJob.newBuilder()
                        .setCreateTime(wrong)
                        .setUpdateTime(wrong)
                        .build())
                .getError();

        assertEquals(Vector.of("createTime", "updateTime"), faults.map(UnreadableField::path));
        assertEquals(
                "createTime is 0 seconds and -1 nanos: expected a time from 0001-01-01T00:00:00Z to"
                        + " 9999-12-31T23:59:59.999999999Z, with 0 to 999999999 nanos",
                faults.head().message());
        assertEquals(
                Vector.of("endTime +1000000000-12-31T23:59:59.999999999Z lies outside the years 0001 to 9999, which a"
                        + " Timestamp cannot hold"),
                faults(
                        org.joblifecycle.tuning.TuningJob.EMPTY.with(
                                org.joblifecycle.tuning.TuningJob.END_TIME, java.time.Instant.MAX),
                        V1));
    }

    @Test
    void textThatUtf8CannotEncodeIsAFault() {
        var job = org.joblifecycle.tuning.TuningJob.EMPTY
                .with(org.joblifecycle.tuning.TuningJob.DESCRIPTION, "a\ud800")
                .with(org.joblifecycle.tuning.TuningJob.LABELS, LinkedHashMap.of("k\udc00", "v", "k", "v\udc00"))
                .withUnknown("serviceAccount", new RawJson("\"\\ud800\""));

        assertEquals(
                Vector.of(
                        "description is \"a\\ud800\": expected text that UTF-8 can encode",
                        "labels[\"k\\udc00\"] is \"k\\udc00\": expected text that UTF-8 can encode",
                        "labels[\"k\"] is \"v\\udc00\": expected text that UTF-8 can encode",
                        "serviceAccount cannot be written: it has text that UTF-8 cannot encode"),
                faults(job, V1));
    }

    @Test
    void escapesInJsonAreRead() {
        assertEquals(
                "a\n\"\ud83d\udca5\\ud800",
                TuningJobProtobuf.write(json("{\"serviceAccount\":\"a\\n\\\"\\ud83d\\udca5\\\\ud800\"}"), V1)
                        .get()
                        .getServiceAccount());
        assertEquals(
                Vector.of("serviceAccount cannot be written: it has text that UTF-8 cannot encode"),
                faults(json("{\"serviceAccount\":\"\\ud83d\\n\\udca5\"}"), V1));
    }

    @Test
    void textThatLooksLikeBytesIsText() {
        String examples = "{\"tuningDataStats\":{\"supervisedTuningDataStats\":{\"userDatasetExamples\":[%s]}}}";
        var job = json(examples.formatted("{\"role\":\"@bytes\"}"));

        assertEquals(job, read(TuningJobProtobuf.write(job, V1).get()));
        assertTrue(faults(json(examples.formatted("{\"role\":\"@bytes\",\"n\":1e400}")), V1)
                .head()
                .contains("Cannot find field: n"));
    }

    @Test
    void theSignOfZeroIsKept() {
        var bucket = DatasetBucket.EMPTY.with(DatasetBucket.LEFT, -0.0);
        var job = json("{\"tuningDataStats\":{\"supervisedTuningDataStats\":{\"userInputTokenDistribution\":"
                + "{\"buckets\":[{\"left\":-0.0}]}}}}");

        assertEquals(job, read(TuningJobProtobuf.write(job, V1).get()));
        assertTrue(job.toString().contains(bucket.toString()));
    }

    @Test
    void whatTheGivenMessageCarriesDoesNotCount() {
        TuningJob other = TuningJob.newBuilder().setDescription("other").build();

        assertEquals(
                V1,
                TuningJobProtobuf.write(org.joblifecycle.tuning.TuningJob.EMPTY, other)
                        .get());
    }

    @Test
    void whatIsNoTuningJobIsAnErrorOfTheProgram() {
        String expected = "google.cloud.aiplatform.v1.CustomJob is no tuning job: expected"
                + " google.cloud.aiplatform.v1.TuningJob or that of v1beta1";

        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> read(CustomJob.getDefaultInstance()))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TuningJobProtobuf.write(
                                        org.joblifecycle.tuning.TuningJob.EMPTY, CustomJob.getDefaultInstance()))
                        .getMessage());
    }

    @Test
    void aNullIsNamed() {
        assertNamed("message", () -> TuningJobProtobuf.read(null));
        assertNamed("types", () -> TuningJobProtobuf.read(V1, null));
        assertNamed("job", () -> TuningJobProtobuf.write(null, V1));
        assertNamed("type", () -> TuningJobProtobuf.write(org.joblifecycle.tuning.TuningJob.EMPTY, null));
        assertNamed("types", () -> TuningJobProtobuf.write(org.joblifecycle.tuning.TuningJob.EMPTY, V1, null));
    }
}
