package org.joblifecycle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.text.ProtoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiOneofTest {
    private static final RawJson OBJECT = new RawJson("{}");

    static Seq<String> otherSpecs() {
        return TuningJob.TUNING_SPEC.fields().remove("supervisedTuningSpec");
    }

    @ParameterizedTest
    @MethodSource("otherSpecs")
    void anUnknownFieldIsFoundUnderEitherName(String spec) {
        for (String name : List.of(spec, ProtoName.of(spec))) {
            assertEquals(
                    LinkedHashMap.of(spec, OBJECT),
                    TuningJob.TUNING_SPEC.in(TuningJob.EMPTY.withUnknown(name, OBJECT)));
        }
    }

    @Test
    void anUnknownFieldUnderBothNamesIsOne() {
        RawJson last = new RawJson("{\"a\":1}");
        TuningJob job = TuningJob.EMPTY.withUnknown("distillation_spec", OBJECT).withUnknown("distillationSpec", last);

        assertEquals(LinkedHashMap.of("distillationSpec", last), TuningJob.TUNING_SPEC.in(job));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "1", "\"{}\"", "[{}]"})
    void anUnknownFieldThatIsNoObjectIsNotCounted(String json) {
        TuningJob job = TuningJob.EMPTY
                .withUnknown("preTunedModel", new RawJson(json))
                .withUnknown("veo_tuning_spec", new RawJson(json));

        assertEquals(LinkedHashMap.empty(), TuningJob.SOURCE_MODEL.in(job));
        assertEquals(LinkedHashMap.empty(), TuningJob.TUNING_SPEC.in(job));
    }

    @Test
    void aKnownFieldIsSetIfItIsEmptyAndNotIfItIsNull() {
        TuningJob empty = TuningJob.of("", SupervisedTuningSpec.EMPTY);
        TuningJob nulls = TuningJob.EMPTY
                .withUnknown("baseModel", RawJson.NULL)
                .withUnknown("supervised_tuning_spec", RawJson.NULL);

        assertEquals(LinkedHashMap.of("baseModel", ""), TuningJob.SOURCE_MODEL.in(empty));
        assertEquals(
                LinkedHashMap.of("supervisedTuningSpec", SupervisedTuningSpec.EMPTY), TuningJob.TUNING_SPEC.in(empty));
        assertEquals(LinkedHashMap.empty(), TuningJob.SOURCE_MODEL.in(nulls));
        assertEquals(LinkedHashMap.empty(), TuningJob.TUNING_SPEC.in(nulls));
    }

    @Test
    void fieldsAreAnsweredInTheOrderOfTheOneof() {
        TuningJob job = TuningJob.EMPTY
                .withUnknown("veoTuningSpec", OBJECT)
                .withUnknown("distillation_spec", new RawJson(" \n{}"))
                .withUnknown("otherSpec", OBJECT)
                .with(TuningJob.SUPERVISED_TUNING_SPEC, SupervisedTuningSpec.EMPTY);

        assertEquals(
                List.of("supervisedTuningSpec", "distillationSpec", "veoTuningSpec"),
                TuningJob.TUNING_SPEC.in(job).keySet().toList());
    }

    @Test
    void itIsCalledAsInTheProto() {
        assertEquals("tuning_spec", TuningJob.TUNING_SPEC.name());
        assertEquals("source_model", TuningJob.SOURCE_MODEL.toString());
        assertEquals(List.of("baseModel", "preTunedModel"), TuningJob.SOURCE_MODEL.fields());
    }

    @Test
    void aNullArgumentIsNamed() {
        assertEquals(
                "message",
                assertThrows(NullPointerException.class, () -> TuningJob.TUNING_SPEC.in(null))
                        .getMessage());
    }
}
