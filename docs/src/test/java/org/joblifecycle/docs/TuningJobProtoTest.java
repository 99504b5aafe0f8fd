package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.text.ProtoName;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiOneof;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.DatasetBucket;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.FieldBehavior;
import org.joblifecycle.tuning.FieldType;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningDataStats;
import org.joblifecycle.tuning.SupervisedTuningDatasetDistribution;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TunedModel;
import org.joblifecycle.tuning.TunedModelCheckpoint;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

// Compares the properties of a tuning job with the API definition.
class TuningJobProtoTest {
    static Stream<ApiType<?>> messages() {
        return Stream.of(
                TuningJob.TYPE,
                TunedModel.TYPE,
                TunedModelCheckpoint.TYPE,
                SupervisedTuningSpec.TYPE,
                SupervisedHyperParameters.TYPE,
                TuningDataStats.TYPE,
                SupervisedTuningDataStats.TYPE,
                SupervisedTuningDatasetDistribution.TYPE,
                DatasetBucket.TYPE,
                EncryptionSpec.TYPE);
    }

    private static ProtoFile proto(ApiType<?> message) throws IOException {
        return ProtoFile.of(message == EncryptionSpec.TYPE ? "v1/encryption_spec.proto" : "v1/tuning_job.proto");
    }

    private static String element(ApiType<?> message) {
        return message == DatasetBucket.TYPE ? "SupervisedTuningDatasetDistribution.DatasetBucket" : message.name();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyFieldIsDeclaredWithItsType(ApiType<?> message) throws IOException {
        for (ApiField<?, ?> field : message.fields()) {
            String declaration = proto(message).declaration(element(message) + "." + field.protoName());
            assertTrue(declaration.startsWith(protoType(field.type()) + " " + field.protoName() + " = "), declaration);
        }
    }

    private static String protoType(FieldType<?> type) {
        if (type instanceof FieldType.Repeated<?> repeated) {
            return "repeated "
                    + (repeated.element() == FieldType.Scalar.OBJECT ? "Content" : protoType(repeated.element()));
        }
        if (type instanceof FieldType.Nested<?> nested) {
            return nested.message() == RpcStatus.TYPE
                    ? "google.rpc.Status"
                    : nested.message().name();
        }
        if (type instanceof FieldType.Values<?> values) {
            return values.values().getSimpleName();
        }
        if (type instanceof FieldType.Labels) {
            return "map<string, string>";
        }
        return type == FieldType.Scalar.INT64
                ? "int64"
                : type == FieldType.Scalar.DOUBLE
                        ? "double"
                        : type == FieldType.Scalar.BOOL
                                ? "bool"
                                : type == FieldType.Scalar.TIMESTAMP ? "google.protobuf.Timestamp" : "string";
    }

    @Test
    void outputOnlyFieldsAreDeclaredAsOutputOnly() throws IOException {
        for (ApiField<TuningJob, ?> field : TuningJob.TYPE.fields()) {
            assertEquals(
                    field.behavior() == FieldBehavior.OUTPUT_ONLY,
                    proto(TuningJob.TYPE)
                            .declaration("TuningJob." + field.protoName())
                            .contains("OUTPUT_ONLY"),
                    field::toString);
        }
    }

    @Test
    void everyDeclaredFieldIsModelledOrListedHere() throws IOException {
        Set<String> others = new TreeSet<>();
        for (ApiType<?> message : messages().toList()) {
            for (String field : proto(message).fields(message.name())) {
                if (message.field(field).isEmpty()) {
                    others.add(message + "." + field);
                }
            }
        }
        assertEquals(
                Set.of(
                        "TuningJob.evaluate_dataset_runs",
                        "TuningJob.pre_tuned_model",
                        "TuningJob.service_account",
                        "SupervisedTuningSpec.evaluation_config"),
                others); // kept as JSON
    }

    @ParameterizedTest
    @EnumSource
    void everyAdapterSizeIsDeclaredWithItsNumber(AdapterSize size) throws IOException {
        assertEquals(
                size.wireName() + " = " + size.number() + ";",
                ProtoFile.of("v1/tuning_job.proto")
                        .declaration("SupervisedHyperParameters.AdapterSize." + size.wireName()));
    }

    @Test
    void thereIsNoOtherAdapterSize() throws IOException {
        assertEquals(
                Stream.of(AdapterSize.values()).map(AdapterSize::wireName).collect(Collectors.toSet()),
                Pattern.compile("ADAPTER_SIZE_\\w+(?= = )")
                        .matcher(ProtoFile.of("v1/tuning_job.proto").text())
                        .results()
                        .map(match -> match.group())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aPreTunedModelIsTheOtherSourceModel() throws IOException {
        assertEquals(
                "The pre-tuned model for continuous tuning.",
                ProtoFile.of("v1/tuning_job.proto").comment("TuningJob.pre_tuned_model"));
        for (String version : List.of("v1", "v1beta1")) {
            assertEquals(protoNames(TuningJob.SOURCE_MODEL), oneof(version, TuningJob.SOURCE_MODEL), version);
        }
    }

    @Test
    void everySpecOfTheOneofIsListed() throws IOException {
        assertEquals(Set.of("supervised_tuning_spec"), oneof("v1", TuningJob.TUNING_SPEC));

        Set<String> others = protoNames(TuningJob.TUNING_SPEC);
        Set<String> declared = oneof("v1beta1", TuningJob.TUNING_SPEC);
        assertTrue(others.containsAll(declared), declared::toString);
        others.removeAll(declared);
        assertEquals(
                Set.of(
                        "reinforcement_tuning_spec", // the reference page of v1beta1
                        "preference_optimization_spec", // Google's Gen AI SDK, as the two below
                        "full_fine_tuning_spec",
                        "distillation_sampling_spec"),
                others);
    }

    private static Set<String> oneof(String version, ApiOneof<TuningJob> oneof) throws IOException {
        return ProtoFile.of(version + "/tuning_job.proto").oneof("TuningJob." + oneof);
    }

    private static Set<String> protoNames(ApiOneof<TuningJob> oneof) {
        return new TreeSet<>(oneof.fields().map(ProtoName::of).asJava());
    }

    @Test
    void aMultimodalDatasetIsNamedAsTheRuleSays() throws IOException {
        String comment = ProtoFile.of("v1/io.proto").comment("VertexMultimodalDatasetSource.dataset_name");
        Matcher format = Pattern.compile("Format: `(.*)`").matcher(comment);

        assertTrue(format.find(), comment);
        assertTrue(FieldRule.DATASET_URI_MALFORMED.statement().contains(format.group(1)), format.group(1));
    }
}
