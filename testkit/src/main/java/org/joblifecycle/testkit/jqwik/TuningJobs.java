package org.joblifecycle.testkit.jqwik;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.WireEnum;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.FieldType;
import org.joblifecycle.tuning.FieldType.Scalar;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;

/** Arbitraries of whole tuning jobs: the values of a field follow from its type and, for legal jobs, from its rules. */
final class TuningJobs {
    /** Letters of scripts with and without case, a letter with a mark, and characters that are no letters. */
    private static final Seq<String> OF_LABELS =
            List.of("a", "z", "é", "ß", "я", "搜", "ب", "ー", "के", "0", "७", "_", "-", "𝒶");

    /** JSON values: nested, with exact numbers, null, and text that is not ASCII. */
    private static final Seq<String> JSON = List.of(
            "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"QUOTA\"}",
            "{}",
            "{\"role\":\"user\",\"parts\":[{\"text\":\"größer als 1.0?\"}]}",
            "{\"n\":[1.0,1e400,-0,12345678901234567890],\"none\":null,\"deep\":{\"er\":[[],{}]}}");

    /** A field of later versions of the API. */
    private static final String UNKNOWN = "gcsMetricsUri";

    private static final Seq<RawJson> UNKNOWN_VALUES =
            JSON.append("null").append("1.50").map(RawJson::new);

    private static final int LONGEST_DISPLAY_NAME = 128;

    private TuningJobs() {}

    /** Tuning jobs with any fields and values, known or not, in any order, whether or not they are legal. */
    static Arbitrary<TuningJob> any() {
        Arbitrary<String> others = Arbitraries.of(TuningJob.SOURCE_MODEL
                .fields()
                .appendAll(TuningJob.TUNING_SPEC.fields())
                .filter(name -> TuningJob.TYPE.field(name).isEmpty())
                .asJava());
        Arbitrary<TuningJob> ambiguous = Combinators.combine(any(TuningJob.TYPE), others.injectNull(0.8), unknown())
                .as((job, name, json) -> name == null ? job : job.withUnknown(name, json));
        return varied(ambiguous);
    }

    private static <M extends ApiMessage<M>> Arbitrary<M> any(ApiType<M> type) {
        Arbitrary<M> messages = Arbitraries.just(type.empty());
        for (ApiField<M, ?> field : type.fields()) {
            messages = with(messages, field);
        }
        return messages;
    }

    /** The jobs, most of them with other orders of fields and with unknown fields, at any depth. */
    private static Arbitrary<TuningJob> varied(Arbitrary<TuningJob> jobs) {
        Arbitrary<Long> seeds = Arbitraries.randomValue(Random::nextLong);
        return Combinators.combine(jobs, seeds.injectNull(0.2))
                .as((job, seed) -> seed == null ? job : varied(job, new Random(seed)));
    }

    /** The message with an unknown field or without, with its fields in their order or in another one, and its parts so too. */
    private static <M extends ApiMessage<M>> M varied(M message, Random random) {
        java.util.List<ApiField<M, ?>> fields = message.type().fields().toJavaList();
        Collections.shuffle(fields, random);
        boolean isInOrder = random.nextBoolean();
        int place = random.nextInt(3 * (fields.size() + 1)); // of the unknown field, if there is one
        M varied = message;
        for (int i = 0; i <= fields.size(); i++) {
            if (i == place) {
                varied = varied.withUnknown(UNKNOWN, UNKNOWN_VALUES.get(random.nextInt(UNKNOWN_VALUES.size())));
            }
            if (i < fields.size()) {
                varied = variedIn(varied, fields.get(i), isInOrder, random);
            }
        }
        return varied;
    }

    private static <M extends ApiMessage<M>, T> M variedIn(
            M message, ApiField<M, T> field, boolean isInPlace, Random random) {
        T value = message.has(field) ? message.get(field) : null;
        if (value == null) {
            return message;
        }
        M next = isInPlace ? message : message.with(field, null);
        return next.with(field, variedValue(value, random));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a part stays what it is
    private static <T> T variedValue(T value, Random random) {
        if (value instanceof Seq<?> list) {
            return (T) list.map(element -> variedValue(element, random));
        }
        return value instanceof ApiMessage part ? (T) varied(part, random) : value;
    }

    private static <M extends ApiMessage<M>, T> Arbitrary<M> with(Arbitrary<M> messages, ApiField<M, T> field) {
        return Combinators.combine(messages, values(field.type()).injectNull(0.4))
                .as((message, value) -> message.with(field, value));
    }

    @SuppressWarnings("unchecked") // the type of the field says so
    private static <T> Arbitrary<T> values(FieldType<T> type) {
        return (Arbitrary<T>) anyValues(type);
    }

    private static Arbitrary<?> anyValues(FieldType<?> type) {
        if (type instanceof FieldType.Nested<?> nested) {
            return any(nested.message());
        }
        if (type instanceof FieldType.Repeated<?> repeated) {
            return lists(repeated.element());
        }
        if (type instanceof FieldType.Values<?> values) {
            return enumValues(values);
        }
        if (type instanceof FieldType.Labels) {
            return labels(JobArbitraries.texts());
        }
        if (type == Scalar.STRING) {
            return JobArbitraries.texts();
        }
        if (type == Scalar.INT32) {
            return Arbitraries.integers();
        }
        if (type == Scalar.INT64) {
            return Arbitraries.longs();
        }
        if (type == Scalar.DOUBLE) {
            return Arbitraries.oneOf(
                    Arbitraries.doubles(),
                    Arbitraries.integers().map(Integer::doubleValue),
                    Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e300));
        }
        if (type == Scalar.BOOL) {
            return Arbitraries.of(true, false);
        }
        return type == Scalar.TIMESTAMP ? JobArbitraries.times() : objects();
    }

    private static <T> Arbitrary<Seq<T>> lists(FieldType<T> element) {
        return values(element).list().ofMaxSize(3).map(Vector::ofAll);
    }

    private static <E extends Enum<E> & WireEnum> Arbitrary<OpenEnum<E>> enumValues(FieldType.Values<E> type) {
        Arbitrary<OpenEnum<E>> known = Arbitraries.of(type.values()).map(OpenEnum::of);
        return Arbitraries.frequencyOf(
                Tuple.of(8, known),
                Tuple.of(1, Arbitraries.of("NEW", "", "7x", "JOB_STATE_new").map(OpenEnum::<E>unknown)),
                Tuple.of(1, Arbitraries.of(99, -1, Integer.MAX_VALUE).map(OpenEnum::<E>unknown)));
    }

    private static Arbitrary<RawJson> unknown() {
        return Arbitraries.of(UNKNOWN_VALUES.asJava());
    }

    private static Arbitrary<RawJson> objects() {
        return Arbitraries.of(JSON.asJava()).map(RawJson::new);
    }

    private static Arbitrary<Map<String, String>> labels(Arbitrary<String> texts) {
        return Combinators.combine(texts, texts)
                .as(io.vavr.Tuple::of)
                .list()
                .ofMaxSize(4)
                .map(LinkedHashMap::ofEntries);
    }

    /** Tuning jobs that break no rule of a field; the fields that the lifecycle reads are those of these jobs. */
    static Arbitrary<TuningJob> legal(Arbitrary<JobSnapshot> jobs) {
        Arbitrary<String> name = JobArbitraries.names(JobKind.TUNING_JOB).map(each -> each + "-ref");
        Arbitrary<TuningJob> settled = Combinators.combine(
                        models(),
                        specs(),
                        labels(Arbitraries.of(OF_LABELS.asJava())
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(30)
                                .map(parts -> String.join("", parts))),
                        JobArbitraries.texts().map(TuningJobs::displayName).injectNull(0.3),
                        JobArbitraries.texts().injectNull(0.3),
                        Arbitraries.of("p", "q")
                                .map(project -> "projects/" + project + "/locations/l/keyRings/my-kr/cryptoKeys/my-key")
                                .map(EncryptionSpec::of)
                                .injectNull(0.5))
                .as((model, spec, labels, displayName, description, encryption) -> model.with(
                                TuningJob.SUPERVISED_TUNING_SPEC, spec)
                        .with(TuningJob.LABELS, labels.isEmpty() ? null : labels)
                        .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, displayName)
                        .with(TuningJob.DESCRIPTION, description)
                        .with(TuningJob.ENCRYPTION_SPEC, encryption));
        Arbitrary<TuningJob> plain = Combinators.combine(
                        settled,
                        jobs,
                        values(TuningJob.TUNED_MODEL.type()).injectNull(0.3),
                        values(TuningJob.TUNING_DATA_STATS.type()).injectNull(0.3),
                        name.injectNull(0.3),
                        lists(Scalar.OBJECT))
                .as((job, snapshot, model, stats, experiment, details) -> detailed(job.with(snapshot), details)
                        .with(TuningJob.TUNED_MODEL, model)
                        .with(TuningJob.TUNING_DATA_STATS, stats)
                        .with(TuningJob.EXPERIMENT, experiment));
        return varied(plain).withoutEdgeCases();
    }

    private static String displayName(String text) {
        int length = Math.min(LONGEST_DISPLAY_NAME, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    private static TuningJob detailed(TuningJob job, Seq<RawJson> details) {
        RpcStatus error = job.error();
        return error == null || details.isEmpty()
                ? job
                : job.with(TuningJob.ERROR, error.with(RpcStatus.DETAILS, details));
    }

    /** Jobs that have nothing but a model to tune. */
    private static Arbitrary<TuningJob> models() {
        return Arbitraries.of(
                TuningJob.EMPTY.with(TuningJob.BASE_MODEL, "gemini-2.5-flash"),
                TuningJob.EMPTY.with(TuningJob.BASE_MODEL, "gemini-2.0-flash-001"),
                TuningJob.EMPTY.withUnknown(
                        "preTunedModel", new RawJson("{\"tunedModelName\":\"projects/p/locations/l/models/1\"}")));
    }

    private static Arbitrary<SupervisedTuningSpec> specs() {
        Arbitrary<String> uris = Arbitraries.of(
                "gs://bucket/train.jsonl", "gs://b-1/a/ä b.jsonl", "projects/p/locations/us-central1/datasets/7");
        Arbitrary<SupervisedHyperParameters> parameters = Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE).injectNull(0.3),
                        Arbitraries.doubles().between(0.01, 10).injectNull(0.3),
                        knownSizes().injectNull(0.3))
                .as((epochs, rate, size) -> SupervisedHyperParameters.EMPTY
                        .with(SupervisedHyperParameters.EPOCH_COUNT, epochs)
                        .with(SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER, rate)
                        .with(SupervisedHyperParameters.ADAPTER_SIZE, size));
        return Combinators.combine(
                        uris,
                        uris.injectNull(0.5),
                        parameters.injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((training, validation, hyperParameters, isLastOnly) -> SupervisedTuningSpec.of(training)
                        .with(SupervisedTuningSpec.VALIDATION_DATASET_URI, validation)
                        .with(SupervisedTuningSpec.HYPER_PARAMETERS, hyperParameters)
                        .with(SupervisedTuningSpec.EXPORT_LAST_CHECKPOINT_ONLY, isLastOnly));
    }

    private static Arbitrary<OpenEnum<AdapterSize>> knownSizes() {
        return Arbitraries.of(AdapterSize.class).map(OpenEnum::of);
    }
}
