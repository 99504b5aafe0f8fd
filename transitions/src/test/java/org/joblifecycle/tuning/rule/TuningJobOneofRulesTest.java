package org.joblifecycle.tuning.rule;

import static org.joblifecycle.tuning.rule.FieldRule.IMMUTABLE_CHANGED;
import static org.joblifecycle.tuning.rule.FieldRule.SOURCE_MODEL_AMBIGUOUS;
import static org.joblifecycle.tuning.rule.FieldRule.TRAINING_DATASET_URI_REQUIRED;
import static org.joblifecycle.tuning.rule.FieldRule.TUNING_SPEC_AMBIGUOUS;
import static org.joblifecycle.tuning.rule.TuningJobRulesTest.at;
import static org.joblifecycle.tuning.rule.TuningJobRulesTest.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Locale;
import org.joblifecycle.job.JobState;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

// The fields of which a job has one at most, most of them unknown to the library.
class TuningJobOneofRulesTest {
    private static final TuningJob REQUEST = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://b/o"));
    private static final TuningJob JOB = REQUEST.withState(JobState.PENDING);

    static Seq<String> otherSpecs() {
        return TuningJob.TUNING_SPEC.fields().remove("supervisedTuningSpec");
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preTunedModel", "pre_tuned_model"})
    void aPreTunedModelStandsInPlaceOfABaseModel(String name) {
        TuningJob request =
                REQUEST.with(TuningJob.BASE_MODEL, null).withUnknown(name, new RawJson("{\"tunedModelName\":\"m\"}"));

        assertEquals(List.empty(), TuningJobRules.checkCreate(request));
        assertEquals(List.empty(), TuningJobRules.check(request.withState(JobState.PENDING)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"preTunedModel", "pre_tuned_model"})
    void aJobHasOneSourceModelAtMost(String name) {
        for (String baseModel : List.of("gemini-2.5-flash", "")) {
            TuningJob both = JOB.with(TuningJob.BASE_MODEL, baseModel).withUnknown(name, new RawJson("{}"));
            for (Seq<FieldViolation> violations :
                    List.of(TuningJobRules.check(both), TuningJobRules.checkCreate(both.withoutOutputOnly()))) {
                assertEquals(List.of(at(SOURCE_MODEL_AMBIGUOUS, "baseModel")), broken(violations));
                assertEquals(
                        "baseModel and preTunedModel are set: expected at most one of them, because they are fields of one"
                                + " oneof, source_model",
                        violations.head().message());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("otherSpecs")
    void anotherSpecStandsInPlaceOfASupervisedOne(String spec) {
        TuningJob other = REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, null);
        for (String name : List.of(spec, snakeCase(spec))) {
            TuningJob request = other.withUnknown(name, new RawJson("{\"trainingDatasetUri\":\"gs://b/o\"}"));

            assertEquals(List.empty(), TuningJobRules.checkCreate(request));
            assertEquals(List.empty(), TuningJobRules.check(request.withState(JobState.PENDING)));
        }
    }

    @ParameterizedTest
    @MethodSource("otherSpecs")
    void aSpecThatIsNullOrNoObjectStandsInPlaceOfNone(String spec) {
        TuningJob other = REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, null);
        for (String json : List.of("null", "false", "\"{}\"")) {
            assertEquals(
                    List.of(at(TRAINING_DATASET_URI_REQUIRED, "supervisedTuningSpec.trainingDatasetUri")),
                    broken(TuningJobRules.checkCreate(other.withUnknown(spec, new RawJson(json)))));
            assertEquals(
                    List.empty(), TuningJobRules.checkCreate(REQUEST.withUnknown(snakeCase(spec), new RawJson(json))));
        }
    }

    @ParameterizedTest
    @MethodSource("otherSpecs")
    void aJobHasOneTuningSpecAtMost(String spec) {
        for (String name : List.of(spec, snakeCase(spec))) {
            TuningJob both = JOB.withUnknown(name, new RawJson("{}"));
            for (Seq<FieldViolation> violations :
                    List.of(TuningJobRules.check(both), TuningJobRules.checkCreate(both.withoutOutputOnly()))) {
                assertEquals(List.of(at(TUNING_SPEC_AMBIGUOUS, "supervisedTuningSpec")), broken(violations));
                assertEquals(
                        "supervisedTuningSpec and " + spec + " are set: expected at most one of them, because they are"
                                + " fields of one oneof, tuning_spec",
                        violations.head().message());
            }
        }
    }

    @Test
    void severalSpecsAreOneViolationThatNamesThemAll() {
        TuningJob request = REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, null)
                .withUnknown("veoTuningSpec", new RawJson("{}"))
                .withUnknown("distillation_spec", new RawJson("{}"))
                .withUnknown("reinforcementTuningSpec", new RawJson("{}"));
        Seq<FieldViolation> violations = TuningJobRules.checkCreate(request);

        assertEquals(List.of(at(TUNING_SPEC_AMBIGUOUS, "distillationSpec")), broken(violations));
        assertTrue(
                violations
                        .head()
                        .message()
                        .startsWith("distillationSpec and veoTuningSpec and reinforcementTuningSpec are set: "),
                violations::toString);
    }

    @Test
    void aSpecUnderBothOfItsNamesIsOneSpec() {
        TuningJob request = REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, null)
                .withUnknown("veoTuningSpec", new RawJson("{}"))
                .withUnknown("veo_tuning_spec", new RawJson("{}"));

        assertEquals(List.empty(), TuningJobRules.checkCreate(request));
    }

    @Test
    void aSupervisedSpecBesideAnotherOneNeedsItsDataset() {
        TuningJob request = REQUEST.with(TuningJob.SUPERVISED_TUNING_SPEC, SupervisedTuningSpec.EMPTY)
                .withUnknown("distillationSpec", new RawJson("{}"));

        assertEquals(
                List.of(
                        at(TUNING_SPEC_AMBIGUOUS, "supervisedTuningSpec"),
                        at(TRAINING_DATASET_URI_REQUIRED, "supervisedTuningSpec.trainingDatasetUri")),
                broken(TuningJobRules.checkCreate(request)));
    }

    @Test
    void twoSpecsThatWereThereBeforeAreNotReportedAgain() {
        TuningJob both = JOB.withUnknown("distillationSpec", new RawJson("{}"));
        TuningJob other = JOB.withUnknown("distillationSpec", new RawJson("{\"studentModel\":\"m\"}"));

        assertEquals(List.empty(), TuningJobRules.checkUpdate(both, both.with(TuningJob.DESCRIPTION, "new")));
        assertEquals(
                List.of(at(TUNING_SPEC_AMBIGUOUS, "supervisedTuningSpec")),
                broken(TuningJobRules.checkUpdate(both, other)));
    }

    @ParameterizedTest
    @MethodSource("otherSpecs")
    void aSpecThatTheLibraryDoesNotKnowStays(String spec) {
        TuningJob without = JOB.with(TuningJob.SUPERVISED_TUNING_SPEC, null);
        TuningJob with = without.withUnknown(spec, new RawJson("{\"a\":1}"));
        TuningJob inSnakeCase = without.withUnknown(snakeCase(spec), new RawJson("{}"));
        Seq<Tuple2<FieldRule, String>> expected = List.of(at(IMMUTABLE_CHANGED, spec));

        for (Seq<FieldViolation> violations : List.of(
                TuningJobRules.checkUpdate(with, without),
                TuningJobRules.checkUpdate(without, with),
                TuningJobRules.checkClientUpdate(with, without),
                TuningJobRules.checkClientUpdate(without, inSnakeCase))) {
            assertEquals(expected, broken(violations));
        }
        assertEquals(List.empty(), TuningJobRules.checkUpdate(with, inSnakeCase)); // what stands in it is not compared
        assertEquals(List.empty(), TuningJobRules.checkUpdate(without, without.withUnknown(spec, RawJson.NULL)));
    }

    @Test
    void aPreTunedModelStays() {
        TuningJob with = JOB.with(TuningJob.BASE_MODEL, null)
                .withUnknown("preTunedModel", new RawJson("{\"checkpointId\":\"1\"}"));
        TuningJob answered = with.withUnknown("preTunedModel", new RawJson("{\"baseModel\":\"m\"}"));

        assertEquals(List.empty(), TuningJobRules.checkUpdate(with, answered)); // its baseModel is output only
        assertEquals(
                List.of(at(IMMUTABLE_CHANGED, "baseModel"), at(IMMUTABLE_CHANGED, "preTunedModel")),
                broken(TuningJobRules.checkUpdate(with, JOB)));
        assertEquals(
                "preTunedModel \"{\\\"checkpointId\\\":\\\"1\\\"}\" was removed: expected to stay, because a job keeps what it"
                        + " was created with",
                TuningJobRules.checkUpdate(with, JOB).last().message());
    }

    @Test
    void anUpdateThatAddsASecondSpecIsReportedAsBoth() {
        TuningJob both = JOB.withUnknown("distillationSpec", new RawJson("{}"));
        Seq<Tuple2<FieldRule, String>> expected =
                List.of(at(TUNING_SPEC_AMBIGUOUS, "supervisedTuningSpec"), at(IMMUTABLE_CHANGED, "distillationSpec"));

        assertEquals(expected, broken(TuningJobRules.checkUpdate(JOB, both)));
        assertEquals(expected, broken(TuningJobRules.checkClientUpdate(JOB, both)));
        assertEquals(List.of(at(IMMUTABLE_CHANGED, "distillationSpec")), broken(TuningJobRules.checkUpdate(both, JOB)));
    }
}
