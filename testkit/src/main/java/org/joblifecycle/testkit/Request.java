package org.joblifecycle.testkit;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.function.UnaryOperator;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;

/**
 * A tuning job to create: the fields that every one needs, and some more, each of which is easily lost or changed.
 *
 * @param parts these others
 */
record Request(Seq<Part> parts) {
    /**
     * A field that can be set without the others.
     *
     * @param isOfSpec whether it is a field of the spec, or of the job itself
     * @param java sets it
     * @param spec sets it in a spec, or leaves that as it is
     * @param job the same in a job
     */
    record Part(boolean isOfSpec, String java, UnaryOperator<SupervisedTuningSpec> spec, UnaryOperator<TuningJob> job) {
        private static Part ofJob(String java, UnaryOperator<TuningJob> put) {
            return new Part(false, java, UnaryOperator.identity(), put);
        }

        private static Part ofSpec(String java, UnaryOperator<SupervisedTuningSpec> put) {
            return new Part(true, java, put, UnaryOperator.identity());
        }
    }

    private static final String MODEL = "gemini-2.5-flash";
    private static final String DATA = "gs://bucket/train.jsonl";

    /** Text with what has to be escaped somewhere, and of several scripts. */
    private static final String TEXT = "größer als 搜索 💥: \"a\" \\ 'b' <c>\n";

    /** An integer that is none as a double. */
    private static final long EPOCHS = 9_007_199_254_740_993L;

    private static final double RATE = 0.1;

    /** JSON of which a parser may lose the number, the null or the order. */
    private static final RawJson JSON =
            new RawJson("{\"n\":[1.0,1E+400,12345678901234567890],\"none\":null,\"b\":{},\"a\":[]}");

    /** Fields that the library knows. */
    static final Seq<Part> KNOWN = List.of(
            Part.ofJob(
                    ".with(TuningJob.LABELS, LinkedHashMap.of(\"team\", \"größe-7\", \"stage\", \"\"))",
                    job -> job.with(TuningJob.LABELS, LinkedHashMap.of("team", "größe-7", "stage", ""))),
            Part.ofJob(
                    ".with(TuningJob.DESCRIPTION, " + Transcript.literal(TEXT) + ")",
                    job -> job.with(TuningJob.DESCRIPTION, TEXT)),
            Part.ofJob(
                    ".with(TuningJob.TUNED_MODEL_DISPLAY_NAME, \"my model\")",
                    job -> job.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "my model")),
            Part.ofJob(
                    ".with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of(\"projects/p/locations/l/keyRings/r/cryptoKeys/k\"))",
                    job -> job.with(
                            TuningJob.ENCRYPTION_SPEC,
                            EncryptionSpec.of("projects/p/locations/l/keyRings/r/cryptoKeys/k"))),
            Part.ofSpec(
                    ".with(SupervisedTuningSpec.VALIDATION_DATASET_URI, \"gs://bucket/ä b.jsonl\")",
                    spec -> spec.with(SupervisedTuningSpec.VALIDATION_DATASET_URI, "gs://bucket/ä b.jsonl")),
            Part.ofSpec(
                    ".with(SupervisedTuningSpec.HYPER_PARAMETERS, SupervisedHyperParameters.EMPTY"
                            + ".with(SupervisedHyperParameters.EPOCH_COUNT, " + EPOCHS + "L)"
                            + ".with(SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER, " + RATE + ")"
                            + ".with(SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.of(AdapterSize.FOUR)))",
                    spec -> spec.with(
                            SupervisedTuningSpec.HYPER_PARAMETERS,
                            SupervisedHyperParameters.EMPTY
                                    .with(SupervisedHyperParameters.EPOCH_COUNT, EPOCHS)
                                    .with(SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER, RATE)
                                    .with(SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.of(AdapterSize.FOUR)))),
            Part.ofSpec(
                    ".with(SupervisedTuningSpec.EXPORT_LAST_CHECKPOINT_ONLY, true)",
                    spec -> spec.with(SupervisedTuningSpec.EXPORT_LAST_CHECKPOINT_ONLY, true)));

    /** Fields that it does not know. */
    static final Seq<Part> UNKNOWN = List.of(
            Part.ofJob(withUnknown("futureField"), job -> job.withUnknown("futureField", JSON)),
            Part.ofSpec(withUnknown("futureParameter"), spec -> spec.withUnknown("futureParameter", JSON)));

    private static String withUnknown(String name) {
        return ".withUnknown(\"" + name + "\", new RawJson(" + Transcript.literal(JSON.text()) + "))";
    }

    /** What the client sends. */
    TuningJob job() {
        SupervisedTuningSpec spec = parts.foldLeft(
                SupervisedTuningSpec.of(DATA), (all, part) -> part.spec().apply(all));
        return parts.foldLeft(
                TuningJob.of(MODEL, spec), (all, part) -> part.job().apply(all));
    }

    /** The same in Java. */
    String java() {
        return "TuningJob.of(\"" + MODEL + "\", SupervisedTuningSpec.of(\"" + DATA + "\")"
                + parts.filter(Part::isOfSpec).map(Part::java).mkString() + ")"
                + parts.reject(Part::isOfSpec).map(Part::java).mkString();
    }

    /** The requests of one part each. */
    Seq<Request> simpler() {
        return parts.size() < 2 ? List.empty() : parts.map(part -> new Request(List.of(part)));
    }
}
