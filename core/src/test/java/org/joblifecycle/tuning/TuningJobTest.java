package org.joblifecycle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TuningJobTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");
    private static final String NAME = "projects/p/locations/l/tuningJobs/7";

    private static final TuningJob JOB = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://b/train.jsonl"))
            .with(TuningJob.NAME, NAME)
            .withState(JobState.FAILED)
            .with(TuningJob.CREATE_TIME, NOON)
            .with(TuningJob.START_TIME, NOON.plusSeconds(1))
            .with(TuningJob.END_TIME, NOON.plusSeconds(2))
            .with(TuningJob.UPDATE_TIME, NOON.plusSeconds(3))
            .with(TuningJob.ERROR, RpcStatus.of(new JobError(8, "no space left")))
            .with(TuningJob.EXPERIMENT, "projects/p/locations/l/metadataStores/default/contexts/c")
            .with(TuningJob.TUNED_MODEL, TunedModel.EMPTY.with(TunedModel.MODEL, "projects/p/locations/l/models/1@1"))
            .with(TuningJob.TUNING_DATA_STATS, TuningDataStats.EMPTY)
            .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"))
            .with(TuningJob.DESCRIPTION, "nightly")
            .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "night owl")
            .with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of("k"));

    // The properties of the reference page; those of the service first.
    @Test
    void itHasTheSixteenPropertiesOfWhichTenAreOutputOnly() {
        assertEquals(
                List.of(
                                "state",
                                "tunedModel",
                                "endTime",
                                "tuningDataStats",
                                "createTime",
                                "error",
                                "startTime",
                                "name",
                                "updateTime",
                                "experiment")
                        .toSet(),
                wireNames(FieldBehavior.OUTPUT_ONLY));
        assertEquals(
                List.of("baseModel", "supervisedTuningSpec", "encryptionSpec").toSet(),
                wireNames(FieldBehavior.IMMUTABLE));
        assertEquals(
                List.of("description", "labels", "tunedModelDisplayName").toSet(), wireNames(FieldBehavior.OPTIONAL));
        assertEquals(16, TuningJob.TYPE.fields().size());
    }

    private static io.vavr.collection.Set<String> wireNames(FieldBehavior behavior) {
        return TuningJob.TYPE
                .fields()
                .filter(field -> field.behavior() == behavior)
                .map(ApiField::wireName)
                .toSet();
    }

    static Stream<Arguments> accessors() {
        return Stream.of(
                accessor(TuningJob.NAME, TuningJob::name),
                accessor(TuningJob.TUNED_MODEL_DISPLAY_NAME, TuningJob::tunedModelDisplayName),
                accessor(TuningJob.DESCRIPTION, TuningJob::description),
                accessor(TuningJob.STATE, TuningJob::state),
                accessor(TuningJob.CREATE_TIME, TuningJob::createTime),
                accessor(TuningJob.START_TIME, TuningJob::startTime),
                accessor(TuningJob.END_TIME, TuningJob::endTime),
                accessor(TuningJob.UPDATE_TIME, TuningJob::updateTime),
                accessor(TuningJob.ERROR, TuningJob::error),
                accessor(TuningJob.LABELS, TuningJob::labels),
                accessor(TuningJob.EXPERIMENT, TuningJob::experiment),
                accessor(TuningJob.TUNED_MODEL, TuningJob::tunedModel),
                accessor(TuningJob.TUNING_DATA_STATS, TuningJob::tuningDataStats),
                accessor(TuningJob.ENCRYPTION_SPEC, TuningJob::encryptionSpec),
                accessor(TuningJob.BASE_MODEL, TuningJob::baseModel),
                accessor(TuningJob.SUPERVISED_TUNING_SPEC, TuningJob::supervisedTuningSpec));
    }

    private static <T> Arguments accessor(ApiField<TuningJob, T> field, Function<TuningJob, T> accessor) {
        return Arguments.of(field, accessor);
    }

    @ParameterizedTest
    @MethodSource("accessors")
    <T> void aPropertyIsWhatItWasSetToAndCanBeRemoved(ApiField<TuningJob, T> field, Function<TuningJob, T> accessor) {
        TuningJob without = JOB.with(field, null);

        assertTrue(JOB.has(field));
        assertEquals(JOB.get(field), accessor.apply(JOB));
        assertNotEquals(accessor.apply(JOB), accessor.apply(without));
        assertFalse(without.has(field));
        assertEquals(field.type().absent(), accessor.apply(without));
        assertNotEquals(JOB, without);
        assertEquals(JOB, without.with(field, JOB.get(field)));
        assertEquals(JOB.hashCode(), without.with(field, JOB.get(field)).hashCode());
        assertEquals(
                TuningJob.TYPE.fields().remove(field).toSet(),
                TuningJob.TYPE.fields().filter(without::has).toSet());
        assertEquals(15, TuningJob.TYPE.fields().count(other -> without.has(other) == JOB.has(other)));
    }

    @Test
    void everyPropertyHasAnAccessor() {
        assertEquals(
                TuningJob.TYPE.fields().toJavaSet(),
                accessors().map(accessor -> accessor.get()[0]).collect(java.util.stream.Collectors.toSet()));
    }

    @Test
    void nothingIsInTheEmptyOne() {
        assertTrue(TuningJob.EMPTY.members().isEmpty());
        assertEquals(LinkedHashMap.empty(), TuningJob.EMPTY.labels());
        assertEquals(List.empty(), TunedModel.EMPTY.checkpoints().toList());
        assertEquals("TuningJob[]", TuningJob.EMPTY.toString());
    }

    @Test
    void anAbsentFieldIsNotAnEmptyOne() {
        assertNotEquals(TuningJob.EMPTY, TuningJob.EMPTY.with(TuningJob.DESCRIPTION, ""));
        assertNotEquals(TuningJob.EMPTY, TuningJob.EMPTY.with(TuningJob.LABELS, LinkedHashMap.empty()));
        assertTrue(TuningJob.EMPTY.with(TuningJob.LABELS, LinkedHashMap.empty()).has(TuningJob.LABELS));
        assertFalse(TuningJob.EMPTY.has(TuningJob.LABELS));
    }

    @Test
    void fieldsStayWhereTheyAre() {
        TuningJob job = TuningJob.EMPTY
                .with(TuningJob.DESCRIPTION, "a")
                .withUnknown("gcsMetricsUri", new RawJson("\"gs://b/m\""))
                .with(TuningJob.BASE_MODEL, "b")
                .withUnknown("name", RawJson.NULL);

        assertEquals(List.of("description", "gcsMetricsUri", "baseModel", "name"), names(job));
        assertEquals(
                List.of("description", "gcsMetricsUri", "baseModel", "name"),
                names(job.with(TuningJob.DESCRIPTION, "c")
                        .with(TuningJob.NAME, "d")
                        .withUnknown("gcsMetricsUri", RawJson.NULL)));
        assertEquals(
                List.of("gcsMetricsUri", "baseModel", "name", "description"),
                names(job.with(TuningJob.DESCRIPTION, null).with(TuningJob.DESCRIPTION, "a")));
    }

    private static Seq<String> names(TuningJob job) {
        return job.members().map(Tuple2::_1).toList();
    }

    @Test
    void neitherOrderNorAWrittenNullCounts() {
        TuningJob one = TuningJob.EMPTY.with(TuningJob.NAME, "a").with(TuningJob.DESCRIPTION, "b");
        TuningJob other = TuningJob.EMPTY.with(TuningJob.DESCRIPTION, "b").with(TuningJob.NAME, "a");

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        TuningJob nulled = one.withUnknown("labels", RawJson.NULL).withUnknown("news", RawJson.NULL);
        assertEquals(one, nulled);
        assertEquals(one.hashCode(), nulled.hashCode());
        assertFalse(nulled.has(TuningJob.LABELS));
        assertEquals(LinkedHashMap.empty(), nulled.labels());
        assertNotEquals(one, one.withUnknown("news", new RawJson("1")));
        assertNotEquals((Object) TuningDataStats.EMPTY, TunedModel.EMPTY);
        assertNotEquals((Object) one, "a");
    }

    @Test
    void hashesTellMostFromOneAnother() {
        Seq<TuningJob> jobs = TuningJob.TYPE.fields().map(field -> JOB.with(field, null));

        assertEquals(jobs.size(), jobs.map(TuningJob::hashCode).distinct().size());
        assertNotEquals(OpenEnum.unknown("A").hashCode(), OpenEnum.unknown("B").hashCode());
        assertNotEquals(OpenEnum.unknown("1").hashCode(), OpenEnum.unknown(1).hashCode());
    }

    @Test
    void aTypeSaysItsName() {
        assertEquals("TuningJob", TuningJob.TYPE.name());
        assertEquals("[1]", new RawJson("[1]").toString());
        assertEquals("a", EncryptionSpec.of("a").kmsKeyName());
        assertEquals("zAZ", SupervisedTuningSpec.of("zAZ").trainingDatasetUri());
        assertEquals(
                List.of("a", "b", "a_a", "z_z"), List.of("a", "b", "aA", "zZ").map(TuningJobTest::protoName));
    }

    private static String protoName(String wireName) {
        return new ApiField<TuningJob, String>(wireName, FieldType.Scalar.STRING, FieldBehavior.OPTIONAL).protoName();
    }

    @Test
    void whatIsNotKnownIsKept() {
        TuningJob job = JOB.withUnknown("gcsMetricsUri", new RawJson("[1.0]"));

        assertEquals(LinkedHashMap.of("gcsMetricsUri", new RawJson("[1.0]")), job.unknown());
        assertEquals(
                "name is a known field of TuningJob: expected its value in with(...)",
                assertThrows(IllegalArgumentException.class, () -> JOB.withUnknown("name", new RawJson("\"x\"")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> JOB.withUnknown("base_model", new RawJson("\"x\"")));
        assertEquals(List.of("baseModel"), names(TuningJob.EMPTY.withUnknown("base_model", RawJson.NULL)));
    }

    @Test
    void anElementIsNeverNull() {
        Seq<String> reasons = List.of("a", null);
        assertEquals(
                "droppedExampleReasons",
                assertThrows(
                                NullPointerException.class,
                                () -> SupervisedTuningDataStats.EMPTY.with(
                                        SupervisedTuningDataStats.DROPPED_EXAMPLE_REASONS, reasons))
                        .getMessage());
        for (Map<String, String> labels :
                List.of(LinkedHashMap.of("a", (String) null), LinkedHashMap.of((String) null, "a"))) {
            assertEquals(
                    "labels",
                    assertThrows(NullPointerException.class, () -> JOB.with(TuningJob.LABELS, labels))
                            .getMessage());
        }
    }

    @Test
    void itsSnapshotIsWhatTheLifecycleReads() {
        assertEquals(
                Validation.valid(JobSnapshot.of(NAME, JobState.FAILED)
                        .withCreateTime(NOON)
                        .withStartTime(NOON.plusSeconds(1))
                        .withEndTime(NOON.plusSeconds(2))
                        .withUpdateTime(NOON.plusSeconds(3))
                        .withError(new JobError(8, "no space left"))),
                JOB.snapshot());
        assertEquals(
                Validation.valid(JobSnapshot.of(null, JobState.UNSPECIFIED)),
                TuningJob.EMPTY.withState(JobState.UNSPECIFIED).snapshot());
        assertEquals(
                Validation.valid(JobSnapshot.of(null, JobState.FAILED).withError(JobError.of(0))),
                TuningJob.EMPTY
                        .withState(JobState.FAILED)
                        .with(TuningJob.ERROR, RpcStatus.EMPTY)
                        .snapshot());
    }

    @Test
    void anUnknownStateHasNoSnapshot() {
        UnknownState unknown = JOB.with(TuningJob.STATE, OpenEnum.unknown("JOB_STATE_NEW"))
                .snapshot()
                .getError();

        assertEquals(OpenEnum.unknown("JOB_STATE_NEW"), unknown.value());
        assertEquals(
                "state \"JOB_STATE_NEW\" is unknown: expected JOB_STATE_UNSPECIFIED to"
                        + " JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11",
                unknown.toString());
        UnknownState missing = JOB.with(TuningJob.STATE, null).snapshot().getError();
        assertNull(missing.value());
        assertEquals("state is missing: expected a state such as JOB_STATE_RUNNING", missing.message());
    }

    @Test
    void aSnapshotIsPutBackAndAllElseStays() {
        JobSnapshot running = JobSnapshot.of(NAME, JobState.RUNNING)
                .withCreateTime(NOON)
                .withStartTime(NOON.plusSeconds(5))
                .withUpdateTime(NOON.plusSeconds(6));
        TuningJob job = JOB.with(running);

        assertEquals(Validation.valid(running), job.snapshot());
        assertEquals(
                List.of(
                                TuningJob.STATE,
                                TuningJob.START_TIME,
                                TuningJob.END_TIME,
                                TuningJob.UPDATE_TIME,
                                TuningJob.ERROR)
                        .toSet(),
                TuningJob.TYPE
                        .fields()
                        .filter(field -> !java.util.Objects.equals(JOB.get(field), job.get(field)))
                        .toSet());
        assertEquals(
                Validation.valid(running.withName(null)),
                job.with(running.withName(null)).snapshot());
    }

    @Test
    void aSnapshotThatSaysTheSameChangesNothing() {
        TuningJob job = JOB.withUnknown("news", RawJson.NULL);
        assertSame(job, job.with(job.snapshot().get()));
    }

    @Test
    void whatASnapshotLeavesAsItIsStaysAsItWasWritten() {
        TuningJob job = TuningJob.EMPTY
                .with(TuningJob.NAME, "")
                .withState(JobState.PENDING)
                .withUnknown("endTime", RawJson.NULL)
                .withUnknown("error", RawJson.NULL);
        TuningJob next = job.with(job.snapshot().get().withState(JobState.QUEUED));

        assertEquals(List.of("name", "state", "endTime", "error"), names(next));
        assertEquals("", next.name());
    }

    @Test
    void aKnownValueIsNotTakenForAnUnknownOne() {
        for (OpenEnum<JobState> value :
                List.<OpenEnum<JobState>>of(OpenEnum.unknown("JOB_STATE_RUNNING"), OpenEnum.unknown(3))) {
            assertEquals(
                    OpenEnum.of(JobState.RUNNING),
                    JOB.with(TuningJob.STATE, value).state());
        }
        assertEquals(
                OpenEnum.unknown("3"),
                JOB.with(TuningJob.STATE, OpenEnum.unknown("3")).state());
        assertEquals(
                OpenEnum.unknown(12),
                JOB.with(TuningJob.STATE, OpenEnum.unknown(12)).state());
    }

    @Test
    void whatIsPutInIsKeptInOneForm() {
        TuningJob sorted =
                JOB.with(TuningJob.LABELS, io.vavr.collection.TreeMap.of(String.CASE_INSENSITIVE_ORDER, "a", "1"));
        TuningJob other = JOB.with(TuningJob.LABELS, LinkedHashMap.of("A", "1"));

        assertNotEquals(sorted, other);
        assertNotEquals(other, sorted);
        int[] asked = {0};
        SupervisedTuningDataStats lazy = SupervisedTuningDataStats.EMPTY.with(
                SupervisedTuningDataStats.DROPPED_EXAMPLE_REASONS,
                io.vavr.collection.Stream.of("a", "b").map(reason -> reason + asked[0]++));
        assertEquals(
                lazy.all(SupervisedTuningDataStats.DROPPED_EXAMPLE_REASONS),
                lazy.all(SupervisedTuningDataStats.DROPPED_EXAMPLE_REASONS));
        assertEquals(2, asked[0]);
    }

    @Test
    void anUnknownFieldCanBeRemoved() {
        TuningJob job = JOB.withUnknown("news", new RawJson("1")).withUnknown("more", RawJson.NULL);

        assertEquals(
                List.of("more"),
                job.withUnknown("news", null).unknown().keySet().toList());
        assertEquals(
                JOB.members(),
                job.withUnknown("news", null).withUnknown("more", null).members());
    }

    @Test
    void aNullArgumentIsNamed() {
        assertEquals(
                "field",
                assertThrows(NullPointerException.class, () -> JOB.get(null)).getMessage());
        assertEquals(
                "field",
                assertThrows(NullPointerException.class, () -> JOB.has(null)).getMessage());
        assertEquals(
                "field",
                assertThrows(NullPointerException.class, () -> JOB.with((ApiField<TuningJob, String>) null, "a"))
                        .getMessage());
        assertEquals(
                "state",
                assertThrows(NullPointerException.class, () -> JOB.withState(null))
                        .getMessage());
        assertEquals(
                "error",
                assertThrows(NullPointerException.class, () -> RpcStatus.of(null))
                        .getMessage());
        assertEquals(
                "snapshot",
                assertThrows(NullPointerException.class, () -> JOB.with((JobSnapshot) null))
                        .getMessage());
    }

    @Test
    void anErrorThatStaysKeepsItsDetails() {
        RpcStatus detailed = JOB.error().with(RpcStatus.DETAILS, List.of(new RawJson("{}")));
        TuningJob job = JOB.with(TuningJob.ERROR, detailed);
        JobSnapshot later = job.snapshot().get().withUpdateTime(NOON.plusSeconds(60));

        assertEquals(detailed, job.with(later).error());
        assertEquals(
                RpcStatus.of(JobError.of(8)),
                job.with(later.withError(JobError.of(8))).error());
        assertEquals(RpcStatus.EMPTY.with(RpcStatus.CODE, 8), RpcStatus.of(JobError.of(8)));
    }

    @Test
    void aRequestIsTakenWithoutWhatIsOutputOnly() {
        assertEquals(
                TuningJob.EMPTY
                        .with(TuningJob.BASE_MODEL, JOB.baseModel())
                        .with(TuningJob.SUPERVISED_TUNING_SPEC, JOB.supervisedTuningSpec())
                        .with(TuningJob.LABELS, JOB.labels())
                        .with(TuningJob.DESCRIPTION, JOB.description())
                        .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, JOB.tunedModelDisplayName())
                        .with(TuningJob.ENCRYPTION_SPEC, JOB.encryptionSpec()),
                JOB.withoutOutputOnly());
    }

    @Test
    void itsTextIsOneLine() {
        assertEquals(
                "TuningJob[description=a\\u000ab, state=JOB_STATE_RUNNING]",
                TuningJob.EMPTY
                        .with(TuningJob.DESCRIPTION, "a\nb")
                        .withState(JobState.RUNNING)
                        .toString());
    }

    /** Parts that people read and write by hand; statistics are read by get alone. */
    private static final List<ApiType<?>> HAVE_ACCESSORS =
            List.of(EncryptionSpec.TYPE, TunedModel.TYPE, SupervisedTuningSpec.TYPE);

    @Test
    void everyFieldOfAPartIsReadByGetAndByItsAccessor() throws ReflectiveOperationException {
        for (ApiMessage<?> part : List.<ApiMessage<?>>of(
                EncryptionSpec.EMPTY,
                RpcStatus.EMPTY,
                TunedModel.EMPTY,
                TunedModelCheckpoint.EMPTY,
                DatasetBucket.EMPTY,
                SupervisedTuningDatasetDistribution.EMPTY,
                SupervisedTuningDataStats.EMPTY,
                TuningDataStats.EMPTY,
                SupervisedHyperParameters.EMPTY,
                SupervisedTuningSpec.EMPTY)) {
            assertTrue(part.type().fields().size() > 0);
            readsItsFields(part.type());
        }
    }

    private static <M extends ApiMessage<M>> void readsItsFields(ApiType<M> type) throws ReflectiveOperationException {
        for (ApiField<M, ?> field : type.fields()) {
            M message = withSample(type.empty(), field);
            assertEquals(sample(field.type()), message.get(field), field::toString);
            if (HAVE_ACCESSORS.contains(type)) {
                assertEquals(
                        message.get(field),
                        message.getClass().getMethod(field.wireName()).invoke(message),
                        field::toString);
            }
            assertEquals(1, message.members().size());
            assertEquals(Option.some(field), type.field(field.wireName()));
            assertEquals(Option.some(field), type.field(field.protoName()));
        }
        assertEquals(Option.none(), type.field("news"));
    }

    @SuppressWarnings("unchecked")
    private static <M extends ApiMessage<M>, T> M withSample(M message, ApiField<M, T> field) {
        return message.with(field, (T) sample(field.type()));
    }

    private static Object sample(FieldType<?> type) {
        if (type instanceof FieldType.Nested<?> nested) {
            return nested.message().empty();
        }
        if (type instanceof FieldType.Repeated<?> repeated) {
            return List.of(sample(repeated.element()));
        }
        if (type instanceof FieldType.Values<?> values) {
            return values.numbered(2);
        }
        return type == FieldType.Scalar.INT32
                ? (Object) 1
                : type == FieldType.Scalar.INT64
                        ? (Object) 1L
                        : type == FieldType.Scalar.DOUBLE
                                ? (Object) 1.0
                                : type == FieldType.Scalar.BOOL
                                        ? (Object) true
                                        : type == FieldType.Scalar.OBJECT
                                                ? (Object) new RawJson("{}")
                                                : type == FieldType.Scalar.STRING ? (Object) "a" : NOON;
    }

    @Test
    void namesInTwoSpellings() {
        assertEquals("tuned_model_display_name", TuningJob.TUNED_MODEL_DISPLAY_NAME.protoName());
        assertEquals("p95", SupervisedTuningDatasetDistribution.P95.protoName());
        assertEquals("tunedModelDisplayName", TuningJob.TUNED_MODEL_DISPLAY_NAME.toString());
    }

    @Test
    void typesAreCalledAsOnTheReferencePage() {
        assertEquals(
                List.of(
                        "string",
                        "enum (JobState)",
                        "string (Timestamp format)",
                        "object (Status)",
                        "map (key: string, value: string)"),
                List.of(TuningJob.NAME, TuningJob.STATE, TuningJob.END_TIME, TuningJob.ERROR, TuningJob.LABELS)
                        .map(field -> field.type().toString()));
        assertEquals("array of object", RpcStatus.DETAILS.type().toString());
        assertEquals("integer", RpcStatus.CODE.type().toString());
    }

    @ParameterizedTest
    @EnumSource
    void aKnownValueOfAnEnumIsFoundByNameAndNumber(AdapterSize size) {
        FieldType.Values<AdapterSize> sizes = new FieldType.Values<>(AdapterSize.class);

        assertEquals(OpenEnum.of(size), sizes.named(size.wireName()));
        assertEquals(OpenEnum.of(size), sizes.numbered(size.number()));
        assertEquals(Option.some(size), OpenEnum.of(size).known());
        assertEquals(size.wireName(), OpenEnum.of(size).toString());
    }

    @Test
    void anUnknownValueOfAnEnumIsWhatItIs() {
        FieldType.Values<AdapterSize> sizes = new FieldType.Values<>(AdapterSize.class);
        OpenEnum<AdapterSize> named = sizes.named("7");
        OpenEnum<AdapterSize> numbered = sizes.numbered(7);

        assertEquals(OpenEnum.unknown("7"), named);
        assertEquals(OpenEnum.unknown(7), numbered);
        assertNotEquals(named, numbered);
        assertFalse(named.isNumber());
        assertTrue(numbered.isNumber());
        assertEquals(Option.none(), numbered.known());
        assertEquals("7", numbered.toString());
        assertNotEquals((Object) numbered, "7");
        assertNotEquals(OpenEnum.of(AdapterSize.ONE), OpenEnum.<AdapterSize>unknown("ADAPTER_SIZE_ONE"));
        assertEquals(named.hashCode(), OpenEnum.<AdapterSize>unknown("7").hashCode());
        assertEquals("ADAPTER_SIZE_ONE", sizes.example());
    }

    @Test
    void aNameIsItsParts() {
        TuningJobName name = TuningJobName.parse("projects/p-1/locations/us-central1/tuningJobs/7")
                .get();

        assertEquals(new TuningJobName("p-1", "us-central1", "7"), name);
        assertEquals("projects/p-1/locations/us-central1", name.parent());
        assertEquals("projects/p-1/locations/us-central1/tuningJobs/7", name.toString());
    }

    @Test
    void anyOtherTextIsNoName() {
        for (String text : List.of(
                "",
                "tuningJobs/7",
                "projects/p/locations/l/tuningJobs/",
                "projects//locations/l/tuningJobs/7",
                "projects/p/locations//tuningJobs/7",
                "projects/p/locations/l/customJobs/7",
                "project/p/locations/l/tuningJobs/7",
                "projects/p/location/l/tuningJobs/7",
                "projects/p/locations/l/tuningJobs/7/x",
                "/projects/p/locations/l/tuningJobs/7",
                "projects/p/locations/l/tuningjobs/7")) {
            assertEquals(Option.none(), TuningJobName.parse(text), text);
        }
        assertEquals(
                "location is \"a/b\": expected a text without a slash, and not the empty one",
                assertThrows(IllegalArgumentException.class, () -> new TuningJobName("p", "a/b", "7"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new TuningJobName("", "l", "7"));
        assertThrows(IllegalArgumentException.class, () -> new TuningJobName("p", "l", ""));
        assertEquals(
                "project",
                assertThrows(NullPointerException.class, () -> new TuningJobName(null, "l", "7"))
                        .getMessage());
    }
}
