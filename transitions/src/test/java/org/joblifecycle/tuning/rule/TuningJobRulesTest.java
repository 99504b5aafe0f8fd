package org.joblifecycle.tuning.rule;

import static org.joblifecycle.tuning.rule.FieldRule.ADAPTER_SIZE_UNKNOWN;
import static org.joblifecycle.tuning.rule.FieldRule.BASE_MODEL_REQUIRED;
import static org.joblifecycle.tuning.rule.FieldRule.DATASET_URI_MALFORMED;
import static org.joblifecycle.tuning.rule.FieldRule.DISPLAY_NAME_TOO_LONG;
import static org.joblifecycle.tuning.rule.FieldRule.EPOCH_COUNT_NOT_POSITIVE;
import static org.joblifecycle.tuning.rule.FieldRule.IMMUTABLE_CHANGED;
import static org.joblifecycle.tuning.rule.FieldRule.KMS_KEY_NAME_MALFORMED;
import static org.joblifecycle.tuning.rule.FieldRule.KMS_KEY_NAME_REQUIRED;
import static org.joblifecycle.tuning.rule.FieldRule.LABEL_CHARACTER_ILLEGAL;
import static org.joblifecycle.tuning.rule.FieldRule.LABEL_KEY_EMPTY;
import static org.joblifecycle.tuning.rule.FieldRule.LABEL_TOO_LONG;
import static org.joblifecycle.tuning.rule.FieldRule.NAME_MALFORMED;
import static org.joblifecycle.tuning.rule.FieldRule.OUTPUT_ONLY_CHANGED;
import static org.joblifecycle.tuning.rule.FieldRule.OUTPUT_ONLY_SET;
import static org.joblifecycle.tuning.rule.FieldRule.SOURCE_MODEL_AMBIGUOUS;
import static org.joblifecycle.tuning.rule.FieldRule.STATE_MISSING;
import static org.joblifecycle.tuning.rule.FieldRule.STATE_UNKNOWN;
import static org.joblifecycle.tuning.rule.FieldRule.TEXT_NOT_UNICODE;
import static org.joblifecycle.tuning.rule.FieldRule.TRAINING_DATASET_URI_REQUIRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Nulls;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.FieldBehavior;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TunedModel;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningJobRulesTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String KEY = "projects/p/locations/l/keyRings/r/cryptoKeys/k";
    private static final TuningJob REQUEST = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://b/o"));

    // Every property set, and right.
    private static final TuningJob JOB = REQUEST.with(TuningJob.NAME, "projects/p/locations/l/tuningJobs/7")
            .withState(JobState.FAILED)
            .with(TuningJob.CREATE_TIME, NOON)
            .with(TuningJob.START_TIME, NOON)
            .with(TuningJob.END_TIME, NOON)
            .with(TuningJob.UPDATE_TIME, NOON)
            .with(TuningJob.ERROR, RpcStatus.of(JobError.of(8)))
            .with(TuningJob.EXPERIMENT, "e")
            .with(TuningJob.TUNED_MODEL, TunedModel.EMPTY)
            .with(TuningJob.TUNING_DATA_STATS, TuningDataStats.EMPTY)
            .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"))
            .with(TuningJob.DESCRIPTION, "")
            .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "")
            .with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of(KEY));

    static Seq<Tuple2<FieldRule, String>> broken(Seq<FieldViolation> violations) {
        violations.forEach(violation -> {
            assertEquals(1, violation.message().lines().count());
            assertTrue(violation.message().contains(violation.path()), violation::toString);
            assertEquals(violation.rule().id(), violation.id());
            assertEquals(violation.rule().evidence(), violation.evidence());
            assertEquals(violation.id() + ": " + violation.message(), violation.toString());
        });
        return violations
                .map(violation -> Tuple.of(violation.rule(), violation.path()))
                .toList();
    }

    static Tuple2<FieldRule, String> at(FieldRule rule, String path) {
        return Tuple.of(rule, path);
    }

    private static TuningJob with(SupervisedHyperParameters parameters) {
        return JOB.with(
                TuningJob.SUPERVISED_TUNING_SPEC,
                JOB.supervisedTuningSpec().with(SupervisedTuningSpec.HYPER_PARAMETERS, parameters));
    }

    @Test
    void whatIsRightBreaksNothing() {
        assertEquals(List.empty(), TuningJobRules.check(JOB));
        assertEquals(List.empty(), TuningJobRules.checkCreate(REQUEST));
        assertEquals(List.empty(), TuningJobRules.checkUpdate(JOB, JOB));
        assertEquals(List.empty(), TuningJobRules.checkClientUpdate(JOB, JOB));
    }

    @Test
    void aNameIsMadeUpAsDocumented() {
        for (String name : List.of("", "tuningJobs/7", "projects/p/locations/l/customJobs/7")) {
            assertEquals(
                    List.of(at(NAME_MALFORMED, "name")),
                    broken(TuningJobRules.check(JOB.with(TuningJob.NAME, name))),
                    name);
        }
        assertEquals(List.empty(), TuningJobRules.check(JOB.with(TuningJob.NAME, null)));
    }

    @Test
    void aDisplayNameHasUpTo128CodePoints() {
        assertEquals(
                List.empty(), TuningJobRules.check(JOB.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "🦉".repeat(128))));
        Seq<FieldViolation> violations =
                TuningJobRules.check(JOB.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "🦉".repeat(129)));

        assertEquals(List.of(at(DISPLAY_NAME_TOO_LONG, "tunedModelDisplayName")), broken(violations));
        assertEquals(
                "tunedModelDisplayName has 129 characters: expected at most 128",
                violations.head().message());
    }

    @Test
    void textIsUnicode() {
        for (String half : List.of("\ud83e", "a\udd89b")) {
            assertEquals(
                    List.of(at(TEXT_NOT_UNICODE, "tunedModelDisplayName"), at(TEXT_NOT_UNICODE, "description")),
                    broken(TuningJobRules.check(
                            JOB.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, half).with(TuningJob.DESCRIPTION, half))));
        }
        assertEquals(List.empty(), TuningJobRules.check(JOB.with(TuningJob.DESCRIPTION, "🦉\0 any\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team", "a-b_c", "0", "größe", "ß", "搜索", "بحث", "サーバー", "हिन्दी", "é", "e\u0301", "७", "²", "ª", "𝒶",
                "ა", ""
            })
    void aLabelHasCharactersOfAnyScript(String text) {
        assertEquals(
                List.empty(),
                TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of("a" + text, text))),
                text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "É", "Я", "ǅ", "Ⅷ", "𝒜", "a b", "a.b", "a/b", "é!", "🦉", "\ud83e", "a\u0000", "Σ", "Ა"})
    void aLabelHasNoOtherCharacters(String text) {
        assertEquals(
                List.of("key", "value"),
                TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of(text, text)))
                        .peek(violation -> assertEquals(LABEL_CHARACTER_ILLEGAL, violation.rule()))
                        .map(violation -> violation.message().split(" ", -1)[1])
                        .toList());
    }

    // Whatever a letter is in any version of Unicode: a capital one is none of a label.
    @Test
    void aLabelHasLettersThatHaveNoLowercaseForm() {
        int capitals = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String letter = Character.toString(c);
            if (Character.isLetter(c) && c != Character.toLowerCase(c)) {
                capitals++;
                assertFalse(
                        TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of("a", letter)))
                                .isEmpty(),
                        letter);
            } else if (Character.getType(c) == Character.LOWERCASE_LETTER
                    || Character.getType(c) == Character.OTHER_LETTER) {
                assertTrue(
                        TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of("a", letter)))
                                .isEmpty(),
                        letter);
            }
        }
        assertTrue(capitals > 1000);
    }

    @Test
    void aLabelHasUpTo64CodePoints() {
        String longest = "搜".repeat(32) + "𝒶".repeat(32);
        assertEquals(
                List.empty(), TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of(longest, longest))));
        Seq<FieldViolation> violations =
                TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of(longest + "a", longest + "b")));

        String path = "labels[\"" + longest + "a\"]";
        assertEquals(List.of(at(LABEL_TOO_LONG, path), at(LABEL_TOO_LONG, path)), broken(violations));
        assertEquals(
                "the key of " + path + " has 65 characters: expected at most 64",
                violations.get(0).message());
        assertEquals(
                "the value of " + path + " has 65 characters: expected at most 64",
                violations.get(1).message());
    }

    @Test
    void theKeyOfALabelIsNotEmpty() {
        assertEquals(
                List.of(at(LABEL_KEY_EMPTY, "labels[\"\"]")),
                broken(TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of("", "a")))));
    }

    @Test
    void theMessageAboutALabelSaysWhatIsWrongWithIt() {
        assertEquals(
                "the value of labels[\"team\"] is \"Search Team\", with \"S\", \" \", \"T\": expected letters that are not"
                        + " uppercase, numeric characters, underscores and dashes",
                TuningJobRules.check(JOB.with(TuningJob.LABELS, LinkedHashMap.of("team", "Search Team")))
                        .head()
                        .message());
    }

    @Test
    void epochsAreOneOrMore() {
        for (long count : new long[] {1, Long.MAX_VALUE}) {
            assertEquals(
                    List.empty(),
                    TuningJobRules.check(
                            with(SupervisedHyperParameters.EMPTY.with(SupervisedHyperParameters.EPOCH_COUNT, count))));
        }
        for (long count : new long[] {0, -1, Long.MIN_VALUE}) {
            assertEquals(
                    List.of(at(EPOCH_COUNT_NOT_POSITIVE, "supervisedTuningSpec.hyperParameters.epochCount")),
                    broken(TuningJobRules.check(
                            with(SupervisedHyperParameters.EMPTY.with(SupervisedHyperParameters.EPOCH_COUNT, count)))));
        }
        assertEquals(List.empty(), TuningJobRules.check(with(SupervisedHyperParameters.EMPTY)));
        assertEquals(List.empty(), TuningJobRules.check(JOB.with(TuningJob.SUPERVISED_TUNING_SPEC, null)));
    }

    @ParameterizedTest
    @EnumSource
    void anAdapterSizeIsDocumented(AdapterSize size) {
        assertEquals(
                List.empty(),
                TuningJobRules.check(with(SupervisedHyperParameters.EMPTY.with(
                        SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.of(size)))));
        assertEquals(
                List.of(at(ADAPTER_SIZE_UNKNOWN, "supervisedTuningSpec.hyperParameters.adapterSize")),
                broken(TuningJobRules.check(with(SupervisedHyperParameters.EMPTY.with(
                        SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.unknown(size.wireName() + "S"))))));
    }

    @Test
    void anEncryptionHasAKey() {
        assertEquals(
                List.of(at(KMS_KEY_NAME_REQUIRED, "encryptionSpec.kmsKeyName")),
                broken(TuningJobRules.check(JOB.with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.EMPTY))));
        assertEquals(
                List.of(at(KMS_KEY_NAME_REQUIRED, "encryptionSpec.kmsKeyName")),
                broken(TuningJobRules.check(JOB.with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of("")))));
        for (String name :
                List.of("k", KEY + "/cryptoKeyVersions/1", "/" + KEY, KEY.replace("/k", "/"), KEY.replace("p/", "/"))) {
            assertEquals(
                    List.of(at(KMS_KEY_NAME_MALFORMED, "encryptionSpec.kmsKeyName")),
                    broken(TuningJobRules.check(JOB.with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of(name)))),
                    name);
        }
    }

    @Test
    void aJobThatExistsHasAStateThatIsKnown() {
        assertEquals(
                List.of(at(STATE_MISSING, "state")), broken(TuningJobRules.check(JOB.with(TuningJob.STATE, null))));
        assertEquals(
                List.of(at(STATE_UNKNOWN, "state")),
                broken(TuningJobRules.check(JOB.with(TuningJob.STATE, OpenEnum.unknown(12)))));
        assertEquals(List.empty(), TuningJobRules.checkCreate(REQUEST.with(TuningJob.STATE, null)));
    }

    static Seq<ApiField<TuningJob, ?>> outputOnly() {
        return TuningJob.TYPE.fields().filter(field -> field.behavior() == FieldBehavior.OUTPUT_ONLY);
    }

    @ParameterizedTest
    @MethodSource("outputOnly")
    <T> void aRequestSetsNothingThatIsOutputOnly(ApiField<TuningJob, T> field) {
        TuningJob request = REQUEST.with(field, JOB.get(field));
        Seq<FieldViolation> violations = TuningJobRules.checkCreate(request);

        assertEquals(List.of(at(OUTPUT_ONLY_SET, field.wireName())), broken(violations));
        assertTrue(violations.head().message().endsWith(": expected none in a request, because it is output only"));
        assertEquals(List.empty(), TuningJobRules.checkCreate(request.withoutOutputOnly()));
        assertEquals(REQUEST, request.withoutOutputOnly());
    }

    @Test
    void aRequestSaysWhatToTune() {
        TuningJob request = REQUEST.with(TuningJob.BASE_MODEL, null);
        for (TuningJob each : List.of(
                request,
                request.with(TuningJob.BASE_MODEL, ""),
                request.withUnknown("preTunedModel", RawJson.NULL),
                request.withUnknown("preTunedModel", new RawJson("false")))) {
            assertEquals(List.of(at(BASE_MODEL_REQUIRED, "baseModel")), broken(TuningJobRules.checkCreate(each)));
        }
    }

    @Test
    void aMissingValueIsDistinguishedFromAnEmptyOne() {
        assertEquals(
                "baseModel is missing: expected one such as gemini-2.5-flash",
                TuningJobRules.checkCreate(REQUEST.with(TuningJob.BASE_MODEL, null))
                        .head()
                        .message());
        assertEquals(
                "baseModel is empty: expected one such as gemini-2.5-flash",
                TuningJobRules.checkCreate(REQUEST.with(TuningJob.BASE_MODEL, ""))
                        .head()
                        .message());
    }

    @Test
    void aRequestSaysWhatToTuneWith() {
        for (TuningJob request : List.of(
                REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, null),
                REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, SupervisedTuningSpec.EMPTY),
                REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, SupervisedTuningSpec.of("")))) {
            assertEquals(
                    List.of(at(TRAINING_DATASET_URI_REQUIRED, "supervisedTuningSpec.trainingDatasetUri")),
                    broken(TuningJobRules.checkCreate(request)));
        }
    }

    private static TuningJob withDatasets(String uri) {
        return REQUEST.with(
                TuningJob.SUPERVISED_TUNING_SPEC,
                SupervisedTuningSpec.of(uri).with(SupervisedTuningSpec.VALIDATION_DATASET_URI, uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://b/o",
                "gs://b/a/ä b\n",
                "projects/p/locations/us-central1/datasets/7",
                "projects/123/locations/l/datasets/my-dataset"
            })
    void aDatasetIsAFileInCloudStorageOrAResource(String uri) {
        assertEquals(List.empty(), TuningJobRules.checkCreate(withDatasets(uri)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://",
                "gs://bucket",
                "gs://bucket/",
                "gs:///train.jsonl",
                "GS://b/o",
                "https://b/o",
                "/b/o",
                "b",
                " gs://b/o",
                "projects/p/datasets/d",
                "locations/l/datasets/d",
                "projects/p/locations/l/datasets",
                "projects/p/locations/l/datasets/",
                "projects/p/locations/l/datasets/d/",
                "projects/p/locations/l/datasets/d/datasetVersions/1",
                "projects//locations/l/datasets/d",
                "projects/p/locations//datasets/d",
                "projects/p/locations/l/models/m",
                "projects/p/locations/l/tuningJobs/7",
                "projects/p/locations/l/Datasets/d",
                "Projects/p/locations/l/datasets/d",
                "/projects/p/locations/l/datasets/d",
                "//aiplatform.googleapis.com/projects/p/locations/l/datasets/d",
                " projects/p/locations/l/datasets/d",
                "gs:projects/p/locations/l/datasets/d"
            })
    void aDatasetIsNothingElse(String uri) {
        TuningJob request = withDatasets(uri);
        Seq<FieldViolation> violations = TuningJobRules.checkCreate(request);

        assertEquals(
                List.of(
                        at(DATASET_URI_MALFORMED, "supervisedTuningSpec.trainingDatasetUri"),
                        at(DATASET_URI_MALFORMED, "supervisedTuningSpec.validationDatasetUri")),
                broken(violations));
        assertEquals(
                "supervisedTuningSpec.trainingDatasetUri is \"" + uri + "\": expected a file in Cloud Storage, such as"
                        + " gs://bucket/train.jsonl, or a multimodal dataset, such as"
                        + " projects/my-project/locations/us-central1/datasets/7",
                violations.head().message());
        assertEquals(List.empty(), TuningJobRules.check(request.withState(JobState.PENDING)));
    }

    @ParameterizedTest
    @MethodSource("outputOnly")
    <T> void whatIsOutputOnlyChangesOnTheSideOfTheAuthorityOnly(ApiField<TuningJob, T> field) {
        TuningJob without = JOB.with(field, null);
        Seq<Tuple2<FieldRule, String>> expected = List.of(at(OUTPUT_ONLY_CHANGED, field.wireName()));

        assertEquals(
                expected,
                broken(TuningJobRules.checkClientUpdate(
                                without.withState(JobState.RUNNING).with(field, null), JOB)
                        .filter(violation -> violation.path().equals(field.wireName()))));
        assertEquals(
                expected,
                broken(TuningJobRules.checkClientUpdate(JOB, without)
                        .filter(violation -> violation.rule() == OUTPUT_ONLY_CHANGED)));
        assertEquals(
                List.empty(),
                TuningJobRules.checkUpdate(without, JOB).filter(violation -> violation.rule() == OUTPUT_ONLY_CHANGED));
    }

    static Seq<ApiField<TuningJob, ?>> immutable() {
        return TuningJob.TYPE.fields().filter(field -> field.behavior() == FieldBehavior.IMMUTABLE);
    }

    @ParameterizedTest
    @MethodSource("immutable")
    <T> void whatAJobWasCreatedWithStays(ApiField<TuningJob, T> field) {
        TuningJob without = JOB.with(field, null);
        Seq<Tuple2<FieldRule, String>> expected = List.of(at(IMMUTABLE_CHANGED, field.wireName()));

        for (Seq<FieldViolation> violations : List.of(
                TuningJobRules.checkUpdate(JOB, without),
                TuningJobRules.checkUpdate(without, JOB),
                TuningJobRules.checkClientUpdate(JOB, without),
                TuningJobRules.checkClientUpdate(without, JOB))) {
            assertEquals(expected, broken(violations));
        }
    }

    @Test
    void whatAClientMayChangeChanges() {
        TuningJob changed = JOB.with(TuningJob.DESCRIPTION, "new")
                .with(TuningJob.LABELS, LinkedHashMap.empty())
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, null);

        assertEquals(List.empty(), TuningJobRules.checkClientUpdate(JOB, changed));
        assertEquals(List.empty(), TuningJobRules.checkUpdate(changed, JOB));
    }

    @Test
    void theMessageOfAChangeNamesBothEnds() {
        TuningJob other = JOB.with(TuningJob.BASE_MODEL, "other");
        assertEquals(
                "baseModel changed from \"gemini-2.5-flash\" to \"other\": expected to stay, because a job keeps what it was"
                        + " created with",
                TuningJobRules.checkUpdate(JOB, other).head().message());
        assertEquals(
                "baseModel \"gemini-2.5-flash\" was removed: expected to stay, because a job keeps what it was created with",
                TuningJobRules.checkUpdate(JOB, JOB.with(TuningJob.BASE_MODEL, null))
                        .head()
                        .message());
        assertEquals(
                "endTime was set to 2026-05-01T12:00:00Z: expected to stay, because it is output only",
                TuningJobRules.checkClientUpdate(JOB.with(TuningJob.END_TIME, null), JOB)
                        .head()
                        .message());
    }

    @Test
    void anOldFaultThatAnUpdateDoesNotTouchIsNotReported() {
        TuningJob faulty = JOB.with(TuningJob.LABELS, LinkedHashMap.of("Team", "a"))
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "a".repeat(200));

        assertEquals(List.empty(), TuningJobRules.checkUpdate(faulty, faulty.with(TuningJob.DESCRIPTION, "new")));
        assertEquals(
                List.of(at(LABEL_CHARACTER_ILLEGAL, "labels[\"Site\"]")),
                broken(TuningJobRules.checkUpdate(
                        faulty, faulty.with(TuningJob.LABELS, LinkedHashMap.of("Team", "a", "Site", "b")))));
        assertEquals(
                List.of(at(DISPLAY_NAME_TOO_LONG, "tunedModelDisplayName")),
                broken(TuningJobRules.checkUpdate(
                        faulty, faulty.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "a".repeat(201)))));
    }

    @Test
    void aFaultThatAnUpdateTouchesIsReportedHoweverAlike() {
        String longKey = "a".repeat(201);
        for (Tuple2<TuningJob, TuningJob> update : List.of(
                Tuple.of(
                        JOB.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "a".repeat(129)),
                        JOB.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "b".repeat(129))),
                Tuple.of(
                        JOB.with(TuningJob.LABELS, LinkedHashMap.of("k", "a".repeat(65))),
                        JOB.with(TuningJob.LABELS, LinkedHashMap.of("k", "b".repeat(65)))),
                Tuple.of(
                        JOB.with(TuningJob.LABELS, LinkedHashMap.of(longKey + "x", "")),
                        JOB.with(TuningJob.LABELS, LinkedHashMap.of(longKey + "y", ""))),
                Tuple.of(
                        JOB.with(TuningJob.DESCRIPTION, "\ud800" + "a".repeat(201)),
                        JOB.with(TuningJob.DESCRIPTION, "\ud800" + "a".repeat(201) + "b")))) {
            assertEquals(1, TuningJobRules.checkUpdate(update._1(), update._2()).size(), update::toString);
            assertEquals(List.empty(), TuningJobRules.checkUpdate(update._2(), update._2()));
        }
    }

    @Test
    void aChangeWithinAPartIsReportedByItsPath() {
        TuningJob known = with(SupervisedHyperParameters.EMPTY.with(SupervisedHyperParameters.EPOCH_COUNT, 1L));
        SupervisedTuningSpec spec = known.supervisedTuningSpec();
        TuningJob changed = known.with(
                TuningJob.SUPERVISED_TUNING_SPEC,
                spec.with(SupervisedTuningSpec.VALIDATION_DATASET_URI, "gs://b/v")
                        .with(
                                SupervisedTuningSpec.HYPER_PARAMETERS,
                                SupervisedHyperParameters.EMPTY
                                        .with(SupervisedHyperParameters.EPOCH_COUNT, 2L)
                                        .withUnknown("batchSize", new RawJson("8"))));

        assertEquals(
                List.of(
                        "supervisedTuningSpec.hyperParameters.epochCount changed from 1 to 2",
                        "supervisedTuningSpec.hyperParameters.batchSize was set to \"8\"",
                        "supervisedTuningSpec.validationDatasetUri was set to \"gs://b/v\""),
                TuningJobRules.checkUpdate(known, changed)
                        .map(violation -> violation.message().split(": expected", 2)[0])
                        .toList());
        assertEquals(
                List.of("supervisedTuningSpec.hyperParameters.epochCount"),
                TuningJobRules.checkUpdate(
                                known, with(SupervisedHyperParameters.EMPTY.withUnknown("epochCount", RawJson.NULL)))
                        .map(FieldViolation::path)
                        .toList());
    }

    @Test
    void allThatIsWrongIsReportedInTheOrderOfTheRules() {
        TuningJob request = JOB.with(TuningJob.NAME, "x")
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "\ud83e".repeat(129))
                .with(TuningJob.DESCRIPTION, "\ud83e")
                .with(TuningJob.LABELS, LinkedHashMap.of("", "A".repeat(65)))
                .with(TuningJob.ENCRYPTION_SPEC, EncryptionSpec.of("k"))
                .with(TuningJob.BASE_MODEL, null)
                .with(
                        TuningJob.SUPERVISED_TUNING_SPEC,
                        SupervisedTuningSpec.EMPTY
                                .with(SupervisedTuningSpec.VALIDATION_DATASET_URI, "x")
                                .with(
                                        SupervisedTuningSpec.HYPER_PARAMETERS,
                                        SupervisedHyperParameters.EMPTY
                                                .with(SupervisedHyperParameters.EPOCH_COUNT, 0L)
                                                .with(SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.unknown(9))))
                .withUnknown("veoTuningSpec", new RawJson("{}"));
        Seq<FieldViolation> violations = TuningJobRules.checkCreate(request);

        assertEquals(
                violations.map(FieldViolation::rule),
                violations.map(FieldViolation::rule).sorted());
        assertEquals(
                TuningJob.TYPE.fields().map(ApiField::wireName).toSet(),
                broken(violations).map(each -> each._2().split("[.\\[]", 2)[0]).toSet());
        Set<FieldRule> notOfRequests = EnumSet.of(STATE_MISSING, STATE_UNKNOWN, OUTPUT_ONLY_CHANGED, IMMUTABLE_CHANGED);
        notOfRequests.addAll(EnumSet.of(KMS_KEY_NAME_REQUIRED, SOURCE_MODEL_AMBIGUOUS)); // another fault excludes these
        assertEquals(
                EnumSet.complementOf(EnumSet.copyOf(notOfRequests)),
                violations.map(FieldViolation::rule).toJavaSet());
    }

    @ParameterizedTest
    @EnumSource
    void aRuleHasAnIdAStatementAndTheFieldsThatItGuards(FieldRule rule) {
        assertEquals(rule.name().toLowerCase(Locale.ROOT).replace('_', '-'), rule.id());
        assertEquals(rule.id(), rule.toString());
        assertTrue(rule.statement().endsWith("."), rule.statement());
        assertFalse(rule.fields().isEmpty());
        assertTrue(rule.evidence().text().length() > 10, rule::toString);
        assertTrue(rule.scope().toString().matches("an? .*"), rule.scope()::toString);
        assertTrue(List.of(Rule.values()).forAll(other -> !other.id().equals(rule.id())));
    }

    @Test
    void everyPropertyIsGuarded() {
        assertEquals(
                TuningJob.TYPE.fields().toSet(),
                List.of(FieldRule.values()).flatMap(FieldRule::fields).toSet());
    }

    @Test
    void aNullArgumentIsNamed() {
        Nulls.assertNamed("job", () -> TuningJobRules.check(null));
        Nulls.assertNamed("request", () -> TuningJobRules.checkCreate(null));
        Nulls.assertNamed("before", () -> TuningJobRules.checkUpdate(null, JOB));
        Nulls.assertNamed("after", () -> TuningJobRules.checkClientUpdate(JOB, null));
        Nulls.assertNamed("rule", () -> new FieldViolation(null, "name", "x"));
        Nulls.assertNamed("path", () -> new FieldViolation(NAME_MALFORMED, null, "x"));
        Nulls.assertNamed("message", () -> new FieldViolation(NAME_MALFORMED, "name", null));
    }
}
