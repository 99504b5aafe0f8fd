package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.ApiOneof;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.FieldBehavior;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.TuningJobName;
import org.joblifecycle.tuning.UnknownState;
import org.jspecify.annotations.Nullable;

/** What finds a {@link FieldRule} broken, and what to say then. */
@FunctionalInterface
interface FieldGuard {
    /** The sizes that are documented. */
    String ADAPTER_SIZES =
            List.of(AdapterSize.values()).map(AdapterSize::wireName).mkString(", ");

    /** Where the name of a key stands. */
    String KMS_KEY_NAME = "encryptionSpec.kmsKeyName";

    /** The name of a key, as the documentation gives it. */
    String KMS_KEY = "projects/my-project/locations/my-region/keyRings/my-kr/cryptoKeys/my-key";

    /** A file with a dataset. */
    String DATASET = "gs://bucket/train.jsonl";

    /** The form of {@link #KMS_KEY}. */
    Pattern KMS_KEY_FORM = Pattern.compile("projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+");

    /** The form of {@link #DATASET}, and that of the name of a multimodal dataset. */
    Pattern DATASET_FORM =
            Pattern.compile("gs://[^/]+/.+|projects/[^/]+/locations/[^/]+/datasets/[^/]+", Pattern.DOTALL);

    /**
     * Something that is wrong.
     *
     * @param path where
     * @param message what
     * @param value what is there, whole, by which to tell whether it was there before
     */
    record Misfit(String path, String message, Object value) {
        boolean isSame(Misfit other) {
            return path.equals(other.path) && value.equals(other.value);
        }
    }

    /** What is wrong with a label. */
    interface OfLabel {
        Seq<Misfit> broken(String path, String key, String value);
    }

    /** What is wrong with a job, or with going to it from the one before. */
    Seq<Misfit> broken(@Nullable TuningJob before, TuningJob job);

    static Seq<Misfit> misfit(String path, String message, Object value) {
        return List.of(new Misfit(path, message, value));
    }

    /** What is wrong with a value, if it is there and does not fit. */
    private static <T> Seq<Misfit> unfit(String path, @Nullable T value, Predicate<T> fits, String expected) {
        return value == null || fits.test(value)
                ? List.empty()
                : misfit(path, path + " is " + shown(value) + ": expected " + expected, value);
    }

    static Seq<Misfit> required(String path, @Nullable String value, String example) {
        return value != null && !value.isEmpty()
                ? List.empty()
                : misfit(
                        path,
                        path + " is " + (value == null ? "missing" : "empty") + ": expected one such as " + example,
                        "");
    }

    static Seq<Misfit> name(TuningJob job) {
        return unfit(
                "name",
                job.name(),
                name -> TuningJobName.parse(name).isDefined(),
                TuningJobName.FORMAT + ", such as projects/p/locations/us-central1/tuningJobs/7");
    }

    static Seq<Misfit> tooLong(String path, @Nullable String text, int most) {
        return tooLong(path, path, text, most);
    }

    static Seq<Misfit> tooLong(String path, String what, @Nullable String text, int most) {
        int length = text == null ? 0 : text.codePointCount(0, text.length());
        return text == null || length <= most
                ? List.empty()
                : misfit(path, what + " has " + length + " characters: expected at most " + most, text);
    }

    static Seq<Misfit> notUnicode(String path, @Nullable String text) {
        return unfit(
                path,
                text,
                value -> value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
                "text that UTF-8 can encode");
    }

    static FieldGuard ofEachLabel(OfLabel guard) {
        return (before, job) -> job.labels()
                .toList()
                .flatMap(label -> guard.broken("labels[" + Escaped.quoted(label._1()) + "]", label._1(), label._2())
                        // A path shows the beginning of a long key.
                        .map(misfit ->
                                new Misfit(misfit.path(), misfit.message(), Tuple.of(label._1(), misfit.value()))));
    }

    static Seq<Misfit> illegalCharacters(String path, String what, String text) {
        Seq<String> illegal = List.ofAll(text.codePoints()
                        .filter(c -> !isOfLabel(c))
                        .distinct()
                        .mapToObj(Character::toString)
                        .toList())
                .map(Escaped::quoted);
        return illegal.isEmpty()
                ? List.empty()
                : misfit(
                        path,
                        what + " is " + Escaped.quoted(text) + ", with "
                                + illegal.take(10).mkString(", ")
                                + ": expected letters that are not uppercase, numeric characters, underscores and dashes",
                        text);
    }

    private static boolean isOfLabel(int c) {
        return c == '_'
                || c == '-'
                || switch (Character.getType(c)) {
                    case Character.LOWERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> !Character.isUpperCase(c);
                    default -> false;
                };
    }

    /** What is wrong with a hyperparameter, if it is there and does not fit. */
    static <T> Seq<Misfit> within(
            TuningJob job, ApiField<SupervisedHyperParameters, T> field, Predicate<T> fits, String expected) {
        SupervisedTuningSpec spec = job.supervisedTuningSpec();
        SupervisedHyperParameters parameters = spec == null ? null : spec.hyperParameters();
        return unfit(
                "supervisedTuningSpec.hyperParameters." + field,
                parameters == null ? null : parameters.get(field),
                fits,
                expected);
    }

    static Seq<Misfit> kmsKeyName(TuningJob job) {
        EncryptionSpec spec = job.encryptionSpec();
        return unfit(
                KMS_KEY_NAME,
                spec == null ? null : spec.kmsKeyName(),
                name -> name.isEmpty() || KMS_KEY_FORM.matcher(name).matches(),
                "a name such as " + KMS_KEY);
    }

    static Seq<Misfit> stateless(TuningJob job, Predicate<UnknownState> which) {
        return job.snapshot()
                .swap()
                .toList()
                .filter(which)
                .map(unknown -> new Misfit(TuningJob.STATE.wireName(), unknown.message(), unknown));
    }

    static Seq<Misfit> set(TuningJob job) {
        return fields(FieldBehavior.OUTPUT_ONLY).filter(job::has).map(field -> {
            Object value = requireNonNull(job.get(field));
            return new Misfit(
                    field.wireName(),
                    field + " is set to " + shown(value) + ": expected none in a request, because it is output only",
                    value);
        });
    }

    static Seq<Misfit> baseModel(TuningJob job) {
        return hasOther(job, TuningJob.SOURCE_MODEL, TuningJob.BASE_MODEL)
                ? List.empty()
                : required("baseModel", job.baseModel(), "gemini-2.5-flash");
    }

    static Seq<Misfit> trainingDataset(TuningJob job) {
        SupervisedTuningSpec spec = job.supervisedTuningSpec();
        return spec == null && hasOther(job, TuningJob.TUNING_SPEC, TuningJob.SUPERVISED_TUNING_SPEC)
                ? List.empty()
                : required(
                        "supervisedTuningSpec.trainingDatasetUri",
                        spec == null ? null : spec.trainingDatasetUri(),
                        DATASET);
    }

    /** Whether the job carries another field of the oneof in place of this one, or beside it. */
    private static boolean hasOther(TuningJob job, ApiOneof<TuningJob> oneof, ApiField<TuningJob, ?> field) {
        return !oneof.in(job).remove(field.wireName()).isEmpty();
    }

    static Seq<Misfit> ambiguous(TuningJob job, ApiOneof<TuningJob> oneof) {
        Map<String, Object> set = oneof.in(job);
        return set.size() < 2
                ? List.empty()
                : misfit(
                        set.head()._1(),
                        set.keySet().mkString(" and ")
                                + " are set: expected at most one of them, because they are fields of one oneof, "
                                + oneof,
                        set);
    }

    static Seq<Misfit> dataset(TuningJob job, ApiField<SupervisedTuningSpec, String> field) {
        SupervisedTuningSpec spec = job.supervisedTuningSpec();
        return unfit(
                "supervisedTuningSpec." + field,
                spec == null ? null : spec.get(field),
                uri -> uri.isEmpty() || DATASET_FORM.matcher(uri).matches(),
                "a file in Cloud Storage, such as " + DATASET
                        + ", or a multimodal dataset, such as projects/my-project/locations/us-central1/datasets/7");
    }

    static Seq<Misfit> changed(@Nullable TuningJob before, TuningJob job, FieldBehavior behavior) {
        TuningJob known = requireNonNull(before, "before");
        return fields(behavior)
                .flatMap(field -> changed(
                        field.wireName(),
                        known.has(field) ? known.get(field) : null,
                        job.has(field) ? job.get(field) : null));
    }

    /** Which unknown fields of the oneofs came or went; what stands in them is not compared. */
    static Seq<Misfit> replaced(@Nullable TuningJob before, TuningJob job) {
        TuningJob known = requireNonNull(before, "before");
        return List.of(TuningJob.SOURCE_MODEL, TuningJob.TUNING_SPEC).flatMap(oneof -> {
            Map<String, Object> was = oneof.in(known);
            Map<String, Object> is = oneof.in(job);
            return oneof.fields()
                    .filter(name ->
                            TuningJob.TYPE.field(name).isEmpty() && was.containsKey(name) != is.containsKey(name))
                    .flatMap(name -> changed(
                            name, was.get(name).getOrNull(), is.get(name).getOrNull()));
        });
    }

    /** The same, with what was expected. */
    static Seq<Misfit> expectedToStay(Seq<Misfit> changes, String reason) {
        return changes.map(change ->
                new Misfit(change.path(), change.message() + ": expected to stay, because " + reason, change.value()));
    }

    /** What changed: of a message that was there before, the parts that did. */
    private static Seq<Misfit> changed(String path, @Nullable Object was, @Nullable Object is) {
        if (Objects.equals(was, is)) {
            return List.empty();
        }
        if (was instanceof ApiMessage<?> known && is instanceof ApiMessage<?> proposed) {
            Map<String, Object> before = members(known);
            Map<String, Object> after = members(proposed);
            return before.keySet()
                    .toList()
                    .appendAll(after.keySet())
                    .distinct()
                    .flatMap(name -> changed(
                            path + "." + name,
                            before.get(name).getOrNull(),
                            after.get(name).getOrNull()));
        }
        String change = was == null
                ? " was set to " + shown(requireNonNull(is))
                : is == null ? " " + shown(was) + " was removed" : " changed from " + shown(was) + " to " + shown(is);
        return misfit(path, path + change, List.of(String.valueOf(was), String.valueOf(is)));
    }

    private static Map<String, Object> members(ApiMessage<?> message) {
        return LinkedHashMap.ofEntries(
                message.members().filter(member -> !member._2().equals(RawJson.NULL)));
    }

    /** The fields of a tuning job that behave so. */
    static Seq<ApiField<TuningJob, ?>> fields(FieldBehavior behavior) {
        return TuningJob.TYPE.fields().filter(field -> field.behavior() == behavior);
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return value instanceof Number || value instanceof Instant ? text : Escaped.quoted(text);
    }
}
