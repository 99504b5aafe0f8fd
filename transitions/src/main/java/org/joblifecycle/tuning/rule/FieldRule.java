package org.joblifecycle.tuning.rule;

import static org.joblifecycle.transition.Evidence.documented;
import static org.joblifecycle.transition.Evidence.inferred;
import static org.joblifecycle.tuning.rule.FieldGuard.changed;
import static org.joblifecycle.tuning.rule.FieldGuard.expectedToStay;
import static org.joblifecycle.tuning.rule.FieldGuard.misfit;
import static org.joblifecycle.tuning.rule.FieldGuard.ofEachLabel;
import static org.joblifecycle.tuning.rule.FieldGuard.replaced;
import static org.joblifecycle.tuning.rule.FieldGuard.stateless;
import static org.joblifecycle.tuning.rule.FieldGuard.within;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Locale;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.FieldBehavior;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.TuningJobName;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the fields of a {@link TuningJob} keep, beside those of the {@linkplain Rule lifecycle}, in the order in
 * which broken ones are reported. Each has a statement, its evidence and a guard. {@link TuningJobRules} says which of them a
 * job, a request or an update has to keep.
 */
public enum FieldRule {
    /** The name is made up as documented. */
    NAME_MALFORMED(
            Scope.JOB,
            List.of(TuningJob.NAME),
            "A name is " + TuningJobName.FORMAT + ".",
            documented(
                    TuningDocumentation.TUNING_JOB_NAME,
                    "Resource name of a TuningJob. Format: `" + TuningJobName.FORMAT + "`"),
            (before, job) -> FieldGuard.name(job)),

    /** A display name has a bounded length. */
    DISPLAY_NAME_TOO_LONG(
            Scope.JOB,
            List.of(TuningJob.TUNED_MODEL_DISPLAY_NAME),
            "A tunedModelDisplayName has at most 128 characters, counted as Unicode code points.",
            documented(
                    TuningDocumentation.TUNING_JOB_DISPLAY_NAME,
                    "The name can be up to 128 characters long and can consist of any UTF-8 characters."),
            (before, job) -> FieldGuard.tooLong("tunedModelDisplayName", job.tunedModelDisplayName(), 128)),

    /** Text is such that UTF-8 can encode it. */
    TEXT_NOT_UNICODE(
            Scope.JOB,
            List.of(TuningJob.TUNED_MODEL_DISPLAY_NAME, TuningJob.DESCRIPTION),
            "A tunedModelDisplayName and a description are text that UTF-8 can encode: no half of a surrogate pair stands"
                    + " alone.",
            documented(
                            TuningDocumentation.TUNING_JOB_DISPLAY_NAME,
                            "The name can be up to 128 characters long and can consist of any UTF-8 characters.")
                    .note("every string of a protocol buffer is UTF-8"),
            (before, job) -> FieldGuard.notUnicode("tunedModelDisplayName", job.tunedModelDisplayName())
                    .appendAll(FieldGuard.notUnicode("description", job.description()))),

    /** The key of a label is there. */
    LABEL_KEY_EMPTY(
            Scope.JOB,
            List.of(TuningJob.LABELS),
            "The key of a label is not empty.",
            inferred("a label without a key cannot be asked for"),
            ofEachLabel((path, key, value) -> key.isEmpty()
                    ? misfit(path, "the key of " + path + " is empty: expected 1 to 64 characters", key)
                    : List.empty())),

    /** Keys and values of labels have a bounded length. */
    LABEL_TOO_LONG(
            Scope.JOB,
            List.of(TuningJob.LABELS),
            "The key and the value of a label have at most 64 characters each, counted as Unicode code points.",
            documented(TuningDocumentation.TUNING_JOB_LABELS, TuningDocumentation.LABELS_SENTENCE),
            ofEachLabel((path, key, value) -> FieldGuard.tooLong(path, "the key of " + path, key, 64)
                    .appendAll(FieldGuard.tooLong(path, "the value of " + path, value, 64)))),

    /** Keys and values of labels are made of certain characters. */
    LABEL_CHARACTER_ILLEGAL(
            Scope.JOB,
            List.of(TuningJob.LABELS),
            "The key and the value of a label have only letters that are not uppercase, of any script, with their marks,"
                    + " numeric characters, underscores and dashes.",
            documented(TuningDocumentation.TUNING_JOB_LABELS, TuningDocumentation.LABELS_SENTENCE)
                    .note(
                            "letters without case are international characters, and so are the marks that belong to letters"),
            ofEachLabel((path, key, value) -> FieldGuard.illegalCharacters(path, "the key of " + path, key)
                    .appendAll(FieldGuard.illegalCharacters(path, "the value of " + path, value)))),

    /** The model is tuned at least once over. */
    EPOCH_COUNT_NOT_POSITIVE(
            Scope.JOB,
            List.of(TuningJob.SUPERVISED_TUNING_SPEC),
            "An epochCount is 1 or more.",
            inferred("it is the number of complete passes over the training dataset, and tuning makes at least one"),
            (before, job) -> within(job, SupervisedHyperParameters.EPOCH_COUNT, count -> count >= 1, "1 or more")),

    /** The size of the adapter is one that is documented. */
    ADAPTER_SIZE_UNKNOWN(
            Scope.JOB,
            List.of(TuningJob.SUPERVISED_TUNING_SPEC),
            "An adapterSize is one of the documented values.",
            documented(TuningDocumentation.ADAPTER_SIZE, "Supported adapter sizes for tuning."),
            (before, job) -> within(
                    job,
                    SupervisedHyperParameters.ADAPTER_SIZE,
                    size -> size.known().isDefined(),
                    "one of " + FieldGuard.ADAPTER_SIZES)),

    /** An encryption has a key. */
    KMS_KEY_NAME_REQUIRED(
            Scope.JOB,
            List.of(TuningJob.ENCRYPTION_SPEC),
            "An encryptionSpec has a kmsKeyName.",
            documented(
                    TuningDocumentation.KMS_KEY_NAME,
                    "Required. The Cloud KMS resource identifier of the customer managed encryption key used to protect a"
                            + " resource."),
            (before, job) -> {
                EncryptionSpec spec = job.encryptionSpec();
                return spec == null
                        ? List.empty()
                        : FieldGuard.required(FieldGuard.KMS_KEY_NAME, spec.kmsKeyName(), FieldGuard.KMS_KEY);
            }),

    /** The name of a key is made up as documented. */
    KMS_KEY_NAME_MALFORMED(
            Scope.JOB,
            List.of(TuningJob.ENCRYPTION_SPEC),
            "A kmsKeyName is projects/{project}/locations/{location}/keyRings/{key_ring}/cryptoKeys/{crypto_key}.",
            documented(TuningDocumentation.KMS_KEY_NAME, "Has the form: `" + FieldGuard.KMS_KEY + "`."),
            (before, job) -> FieldGuard.kmsKeyName(job)),

    /** One model is tuned. */
    SOURCE_MODEL_AMBIGUOUS(
            Scope.JOB,
            List.of(TuningJob.BASE_MODEL),
            "A job has one source model at most: "
                    + TuningJob.SOURCE_MODEL.fields().mkString(" or ") + ".",
            documented(TuningDocumentation.SOURCE_MODEL, "oneof source_model").note(TuningDocumentation.ONEOF_NOTE),
            (before, job) -> FieldGuard.ambiguous(job, TuningJob.SOURCE_MODEL)),

    /** It is tuned in one manner. */
    TUNING_SPEC_AMBIGUOUS(
            Scope.JOB,
            List.of(TuningJob.SUPERVISED_TUNING_SPEC),
            "A job has one tuning spec at most: "
                    + TuningJob.TUNING_SPEC.fields().mkString(", ") + ".",
            documented(TuningDocumentation.TUNING_SPEC, "oneof tuning_spec").note(TuningDocumentation.ONEOF_NOTE),
            (before, job) -> FieldGuard.ambiguous(job, TuningJob.TUNING_SPEC)),

    /** A job that exists has a state. */
    STATE_MISSING(
            Scope.EXISTING,
            List.of(TuningJob.STATE),
            "A job that exists has a state.",
            inferred("an absent state is not guessed to be JOB_STATE_UNSPECIFIED"),
            (before, job) -> stateless(job, unknown -> unknown.value() == null)),

    /** A state is a known one. */
    STATE_UNKNOWN(
            Scope.EXISTING,
            List.of(TuningJob.STATE),
            "A state is one of the twelve that the API documents.",
            inferred("an unknown state is not guessed: it is reported as what it is"),
            (before, job) -> stateless(job, unknown -> unknown.value() != null)),

    /** A request leaves to the service what the service sets. */
    OUTPUT_ONLY_SET(
            Scope.CREATE,
            FieldGuard.fields(FieldBehavior.OUTPUT_ONLY),
            "A request to create a job sets nothing that is output only.",
            documented(TuningDocumentation.TUNING_JOB_STATE, "Output only. The detailed state of the job.")
                    .note("and so on, for each field that is output only; the service ignores it in a request"),
            (before, job) -> FieldGuard.set(job)),

    /** A request says what to tune. */
    BASE_MODEL_REQUIRED(
            Scope.CREATE,
            List.of(TuningJob.BASE_MODEL),
            "A request to create a job has a baseModel, unless it has a preTunedModel in place of it.",
            documented(TuningDocumentation.TUNING_JOB_BASE_MODEL, "The base model that is being tuned.")
                    .note("it is one of two sources of which a job has one: the other is \"The pre-tuned model for"
                            + " continuous tuning.\""),
            (before, job) -> FieldGuard.baseModel(job)),

    /** A request says what to tune with. */
    TRAINING_DATASET_URI_REQUIRED(
            Scope.CREATE,
            List.of(TuningJob.SUPERVISED_TUNING_SPEC),
            "A request to create a job has a supervisedTuningSpec with a trainingDatasetUri, unless it has another tuning spec"
                    + " in place of it.",
            documented(TuningDocumentation.TRAINING_DATASET_URI, "Required. Training dataset used for tuning.")
                    .note("which other specs there are, tuning-spec-ambiguous says"),
            (before, job) -> FieldGuard.trainingDataset(job)),

    /** Datasets are files in Cloud Storage or resources. */
    DATASET_URI_MALFORMED(
            Scope.CREATE,
            List.of(TuningJob.SUPERVISED_TUNING_SPEC),
            "The trainingDatasetUri and the validationDatasetUri of a request are Cloud Storage URIs, gs://bucket/object, or"
                    + " names of multimodal datasets, projects/{project}/locations/{location}/datasets/{dataset}.",
            documented(
                            TuningDocumentation.TRAINING_DATASET_URI,
                            "The dataset can be specified as either a Cloud Storage path to a JSONL file or as the resource"
                                    + " name of a Vertex Multimodal Dataset.")
                    .note(
                            "the reference page of v1 says so too; the comment in v1/tuning_job.proto names the path only"),
            (before, job) -> FieldGuard.dataset(job, SupervisedTuningSpec.TRAINING_DATASET_URI)
                    .appendAll(FieldGuard.dataset(job, SupervisedTuningSpec.VALIDATION_DATASET_URI))),

    /** What the service sets, a client does not change. */
    OUTPUT_ONLY_CHANGED(
            Scope.CLIENT_UPDATE,
            FieldGuard.fields(FieldBehavior.OUTPUT_ONLY),
            "A client changes nothing that is output only: that is for the authority, through the lifecycle.",
            documented(TuningDocumentation.TUNING_JOB_STATE, "Output only. The detailed state of the job.")
                    .note("and so on, for each field that is output only"),
            (before, job) -> expectedToStay(changed(before, job, FieldBehavior.OUTPUT_ONLY), "it is output only")),

    /** What a job was created with stays. */
    IMMUTABLE_CHANGED(
            Scope.UPDATE,
            FieldGuard.fields(FieldBehavior.IMMUTABLE),
            "baseModel, supervisedTuningSpec and encryptionSpec stay as the job was created with them; a preTunedModel and"
                    + " another tuning spec are neither set nor removed.",
            inferred("the API has no call to update a tuning job"),
            (before, job) -> expectedToStay(
                    changed(before, job, FieldBehavior.IMMUTABLE).appendAll(replaced(before, job)),
                    "a job keeps what it was created with"));

    /** By what a rule has to be kept. */
    public enum Scope {
        /** By a job that exists, and by a request to create one. */
        JOB("a job, and a request to create one"),
        /** By a job that exists. */
        EXISTING("a job"),
        /** By a request to create a job. */
        CREATE("a request to create a job"),
        /** By an update, whoever makes it. */
        UPDATE("an update"),
        /** By an update that a client makes. */
        CLIENT_UPDATE("an update by a client");

        private final String words;

        Scope(String words) {
            this.words = words;
        }

        /** Such as {@code an update by a client}. */
        @Override
        public String toString() {
            return words;
        }
    }

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Scope scope;

    @SuppressWarnings("ImmutableEnumChecker") // of immutable values
    private final Seq<ApiField<TuningJob, ?>> fields;

    private final String statement;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Evidence evidence;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final FieldGuard guard;

    FieldRule(
            Scope scope,
            Seq<? extends ApiField<TuningJob, ?>> fields,
            String statement,
            Evidence evidence,
            FieldGuard guard) {
        this.scope = scope;
        this.fields = Seq.narrow(fields);
        this.statement = statement;
        this.evidence = evidence;
        this.guard = guard;
    }

    /** The name of this rule in reports and metrics, such as {@code label-too-long}. */
    public String id() {
        return id;
    }

    /** The properties of a tuning job that this rule guards. {@code asJava()} leads back to the JDK. */
    public Seq<ApiField<TuningJob, ?>> fields() {
        return fields;
    }

    /** What this rule demands, in one sentence. */
    public String statement() {
        return statement;
    }

    /** Why this rule is there. */
    public Evidence evidence() {
        return evidence;
    }

    /** By what this rule has to be kept. */
    public Scope scope() {
        return scope;
    }

    /** Where this job, or going to it from another one, breaks this rule. */
    Seq<FieldViolation> violations(@Nullable TuningJob before, TuningJob job) {
        return violations(guard.broken(before, job));
    }

    /** Where this job breaks this rule and the one before did not, or had another value. */
    Seq<FieldViolation> newViolations(TuningJob before, TuningJob job) {
        Seq<FieldGuard.Misfit> known = guard.broken(null, before);
        return violations(guard.broken(null, job).reject(misfit -> known.exists(misfit::isSame)));
    }

    private Seq<FieldViolation> violations(Seq<FieldGuard.Misfit> misfits) {
        return misfits.map(misfit -> new FieldViolation(this, misfit.path(), misfit.message()));
    }

    /** The {@link #id()}. */
    @Override
    public String toString() {
        return id;
    }
}
