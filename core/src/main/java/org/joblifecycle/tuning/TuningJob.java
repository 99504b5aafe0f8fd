package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A whole tuning job: {@code google.cloud.aiplatform.v1.TuningJob} with its 16 properties, and with the unknown fields that it
 * came with. The lifecycle reads seven of the properties, see {@link #snapshot}.
 *
 * <pre>{@code
 * TuningJob request = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))
 *         .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"));
 * }</pre>
 */
public final class TuningJob extends ApiMessage<TuningJob> {
    private static final ApiType.Builder<TuningJob> FIELDS = new ApiType.Builder<>();

    /** "Resource name of a TuningJob. Format: {@code projects/{project}/locations/{location}/tuningJobs/{tuning_job}}". */
    public static final ApiField<TuningJob, String> NAME =
            FIELDS.field("name", FieldType.Scalar.STRING, FieldBehavior.OUTPUT_ONLY);

    /** "The display name of the TunedModel. The name can be up to 128 characters long and can consist of any UTF-8 characters." */
    public static final ApiField<TuningJob, String> TUNED_MODEL_DISPLAY_NAME =
            FIELDS.field("tunedModelDisplayName", FieldType.Scalar.STRING, FieldBehavior.OPTIONAL);

    /** "The description of the TuningJob." */
    public static final ApiField<TuningJob, String> DESCRIPTION =
            FIELDS.field("description", FieldType.Scalar.STRING, FieldBehavior.OPTIONAL);

    /** "The detailed state of the job." */
    public static final ApiField<TuningJob, OpenEnum<JobState>> STATE =
            FIELDS.field("state", new FieldType.Values<>(JobState.class), FieldBehavior.OUTPUT_ONLY);

    /** "Time when the TuningJob was created." */
    public static final ApiField<TuningJob, Instant> CREATE_TIME =
            FIELDS.field("createTime", FieldType.Scalar.TIMESTAMP, FieldBehavior.OUTPUT_ONLY);

    /** "Time when the TuningJob for the first time entered the {@code JOB_STATE_RUNNING} state." */
    public static final ApiField<TuningJob, Instant> START_TIME =
            FIELDS.field("startTime", FieldType.Scalar.TIMESTAMP, FieldBehavior.OUTPUT_ONLY);

    /**
     * "Time when the TuningJob entered any of the following JobStates: {@code JOB_STATE_SUCCEEDED}, {@code
     * JOB_STATE_FAILED}, {@code JOB_STATE_CANCELLED}, {@code JOB_STATE_EXPIRED}."
     */
    public static final ApiField<TuningJob, Instant> END_TIME =
            FIELDS.field("endTime", FieldType.Scalar.TIMESTAMP, FieldBehavior.OUTPUT_ONLY);

    /** "Time when the TuningJob was most recently updated." */
    public static final ApiField<TuningJob, Instant> UPDATE_TIME =
            FIELDS.field("updateTime", FieldType.Scalar.TIMESTAMP, FieldBehavior.OUTPUT_ONLY);

    /** "Only populated when job's state is {@code JOB_STATE_FAILED} or {@code JOB_STATE_CANCELLED}." */
    public static final ApiField<TuningJob, RpcStatus> ERROR =
            FIELDS.field("error", new FieldType.Nested<>(RpcStatus.TYPE), FieldBehavior.OUTPUT_ONLY);

    /**
     * "The labels with user-defined metadata to organize TuningJob and generated resources such as Model and Endpoint.
     * Label keys and values can be no longer than 64 characters (Unicode codepoints), can only contain lowercase letters,
     * numeric characters, underscores and dashes. International characters are allowed."
     */
    public static final ApiField<TuningJob, Map<String, String>> LABELS =
            FIELDS.field("labels", new FieldType.Labels(), FieldBehavior.OPTIONAL);

    /** "The Experiment associated with this TuningJob." */
    public static final ApiField<TuningJob, String> EXPERIMENT =
            FIELDS.field("experiment", FieldType.Scalar.STRING, FieldBehavior.OUTPUT_ONLY);

    /** "The tuned model resources associated with this TuningJob." */
    public static final ApiField<TuningJob, TunedModel> TUNED_MODEL =
            FIELDS.field("tunedModel", new FieldType.Nested<>(TunedModel.TYPE), FieldBehavior.OUTPUT_ONLY);

    /** "The tuning data statistics associated with this TuningJob." */
    public static final ApiField<TuningJob, TuningDataStats> TUNING_DATA_STATS =
            FIELDS.field("tuningDataStats", new FieldType.Nested<>(TuningDataStats.TYPE), FieldBehavior.OUTPUT_ONLY);

    /**
     * "Customer-managed encryption key options for a TuningJob. If this is set, then all resources created by the TuningJob
     * will be encrypted with the provided encryption key."
     */
    public static final ApiField<TuningJob, EncryptionSpec> ENCRYPTION_SPEC =
            FIELDS.field("encryptionSpec", new FieldType.Nested<>(EncryptionSpec.TYPE), FieldBehavior.IMMUTABLE);

    /** "The base model that is being tuned." */
    public static final ApiField<TuningJob, String> BASE_MODEL =
            FIELDS.field("baseModel", FieldType.Scalar.STRING, FieldBehavior.IMMUTABLE);

    /** "Tuning Spec for Supervised Fine Tuning." */
    public static final ApiField<TuningJob, SupervisedTuningSpec> SUPERVISED_TUNING_SPEC = FIELDS.field(
            "supervisedTuningSpec", new FieldType.Nested<>(SupervisedTuningSpec.TYPE), FieldBehavior.IMMUTABLE);

    /** What is tuned: a {@link #BASE_MODEL}, or a {@code preTunedModel}, which is kept as JSON. */
    public static final ApiOneof<TuningJob> SOURCE_MODEL =
            new ApiOneof<>("source_model", List.of(BASE_MODEL.wireName(), "preTunedModel"));

    /**
     * How it is tuned: a {@link #SUPERVISED_TUNING_SPEC}, or another spec, which is kept as JSON. These are the specs of v1,
     * v1beta1, their reference pages and Google's Gen AI SDK.
     */
    public static final ApiOneof<TuningJob> TUNING_SPEC = new ApiOneof<>(
            "tuning_spec",
            List.of(
                    SUPERVISED_TUNING_SPEC.wireName(),
                    "distillationSpec",
                    "partnerModelTuningSpec",
                    "veoTuningSpec",
                    "veoLoraTuningSpec",
                    "reinforcementTuningSpec",
                    "preferenceOptimizationSpec",
                    "fullFineTuningSpec",
                    "distillationSamplingSpec"));

    /** The type of these messages. */
    public static final ApiType<TuningJob> TYPE = FIELDS.build("TuningJob", TuningJob::new);

    /** The job without any property. */
    public static final TuningJob EMPTY = TYPE.empty();

    private TuningJob(Map<String, Object> members) {
        super(members);
    }

    /** A request to tune this model so. */
    public static TuningJob of(String baseModel, SupervisedTuningSpec spec) {
        return EMPTY.with(BASE_MODEL, requireNonNull(baseModel, "baseModel"))
                .with(SUPERVISED_TUNING_SPEC, requireNonNull(spec, "spec"));
    }

    @Override
    public ApiType<TuningJob> type() {
        return TYPE;
    }

    /** The {@link #NAME}; null if absent. */
    public @Nullable String name() {
        return get(NAME);
    }

    /** The {@link #TUNED_MODEL_DISPLAY_NAME}; null if absent. */
    public @Nullable String tunedModelDisplayName() {
        return get(TUNED_MODEL_DISPLAY_NAME);
    }

    /** The {@link #DESCRIPTION}; null if absent. */
    public @Nullable String description() {
        return get(DESCRIPTION);
    }

    /** The {@link #STATE}, which may be one that is not known; null if absent. */
    public @Nullable OpenEnum<JobState> state() {
        return get(STATE);
    }

    /** The {@link #CREATE_TIME}; null if absent. */
    public @Nullable Instant createTime() {
        return get(CREATE_TIME);
    }

    /** The {@link #START_TIME}; null if absent. */
    public @Nullable Instant startTime() {
        return get(START_TIME);
    }

    /** The {@link #END_TIME}; null if absent. */
    public @Nullable Instant endTime() {
        return get(END_TIME);
    }

    /** The {@link #UPDATE_TIME}; null if absent. */
    public @Nullable Instant updateTime() {
        return get(UPDATE_TIME);
    }

    /** The {@link #ERROR}; null if absent. */
    public @Nullable RpcStatus error() {
        return get(ERROR);
    }

    /** The {@link #LABELS}; empty if there are none. */
    public Map<String, String> labels() {
        return requireNonNull(get(LABELS));
    }

    /** The {@link #EXPERIMENT}; null if absent. */
    public @Nullable String experiment() {
        return get(EXPERIMENT);
    }

    /** The {@link #TUNED_MODEL}; null if absent. */
    public @Nullable TunedModel tunedModel() {
        return get(TUNED_MODEL);
    }

    /** The {@link #TUNING_DATA_STATS}; null if absent. */
    public @Nullable TuningDataStats tuningDataStats() {
        return get(TUNING_DATA_STATS);
    }

    /** The {@link #ENCRYPTION_SPEC}; null if absent. */
    public @Nullable EncryptionSpec encryptionSpec() {
        return get(ENCRYPTION_SPEC);
    }

    /** The {@link #BASE_MODEL}; null if absent. */
    public @Nullable String baseModel() {
        return get(BASE_MODEL);
    }

    /** The {@link #SUPERVISED_TUNING_SPEC}; null if absent. */
    public @Nullable SupervisedTuningSpec supervisedTuningSpec() {
        return get(SUPERVISED_TUNING_SPEC);
    }

    /** This job in another state. */
    public TuningJob withState(JobState state) {
        return with(STATE, OpenEnum.of(requireNonNull(state, "state")));
    }

    /**
     * What the lifecycle reads of this job, or why it cannot: the state is missing or unknown. {@code isValid()} tells which of the
     * two it is, {@code get()} is the snapshot.
     */
    public Validation<UnknownState, JobSnapshot> snapshot() {
        OpenEnum<JobState> state = state();
        RpcStatus error = error();
        return Option.of(state)
                .flatMap(OpenEnum::known)
                .map(known -> JobSnapshot.of(name(), known)
                        .withCreateTime(createTime())
                        .withStartTime(startTime())
                        .withEndTime(endTime())
                        .withUpdateTime(updateTime())
                        .withError(error == null ? null : error.toJobError()))
                .toValidation(() -> new UnknownState(state));
    }

    /**
     * This job with what the lifecycle made of it: name, state, times and error. An error that keeps its code and message
     * keeps its details too.
     */
    public TuningJob with(JobSnapshot snapshot) {
        requireNonNull(snapshot, "snapshot");
        RpcStatus error = error();
        String name = name();
        return differing(NAME, name != null && name.isEmpty() ? null : name, snapshot.name())
                .differing(STATE, state(), OpenEnum.of(snapshot.state()))
                .differing(CREATE_TIME, createTime(), snapshot.createTime())
                .differing(START_TIME, startTime(), snapshot.startTime())
                .differing(END_TIME, endTime(), snapshot.endTime())
                .differing(UPDATE_TIME, updateTime(), snapshot.updateTime())
                .differing(ERROR, error == null ? null : error.toJobError(), snapshot.error(), RpcStatus::of);
    }

    private <T> TuningJob differing(ApiField<TuningJob, T> field, @Nullable T known, @Nullable T next) {
        return differing(field, known, next, Function.identity());
    }

    /** This job with the next value where it is not the one known: what stays, stays as it was written. */
    private <S, T> TuningJob differing(
            ApiField<TuningJob, T> field, @Nullable S known, @Nullable S next, Function<S, T> value) {
        return Objects.equals(known, next) ? this : with(field, next == null ? null : value.apply(next));
    }

    /** This job without what only the service sets: what the API makes of a request to create one. */
    public TuningJob withoutOutputOnly() {
        return TYPE.fields()
                .filter(field -> field.behavior() == FieldBehavior.OUTPUT_ONLY)
                .foldLeft(this, (job, field) -> job.with(field, null));
    }
}
