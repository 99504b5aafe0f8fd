package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.stream.Stream;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.WireEnum;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.FieldType;
import org.joblifecycle.tuning.FieldType.Scalar;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedTuningDataStats;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// Holds the names, numbers and types of core against the definitions of v1 and v1beta1.
class DescriptorsTest {
    private static final Seq<FileDescriptor> SERVICES = List.of(
            com.google.cloud.aiplatform.v1.JobServiceProto.getDescriptor(),
            com.google.cloud.aiplatform.v1.GenAiTuningServiceProto.getDescriptor(),
            com.google.cloud.aiplatform.v1.NotebookServiceProto.getDescriptor(),
            com.google.cloud.aiplatform.v1beta1.JobServiceProto.getDescriptor(),
            com.google.cloud.aiplatform.v1beta1.GenAiTuningServiceProto.getDescriptor(),
            com.google.cloud.aiplatform.v1beta1.NotebookServiceProto.getDescriptor());

    static Stream<Descriptor> jobs() {
        return JobMessages.GENERATED.map(Message::getDescriptorForType).toJavaStream();
    }

    static Stream<Descriptor> tuningJobs() {
        return jobs().filter(job -> job.getName().equals("TuningJob"));
    }

    private static JobKind kind(Descriptor job) {
        return Array.of(JobKind.values())
                .find(kind -> kind.resource().equals(job.getName()))
                .get();
    }

    @Test
    void everyKindIsAMessageOfBothVersions() {
        assertEquals(
                HashSet.of("v1", "v1beta1")
                        .flatMap(version -> Array.of(JobKind.values())
                                .map(kind -> "google.cloud.aiplatform." + version + "." + kind.resource())),
                HashSet.ofAll(jobs().map(Descriptor::getFullName).toList()));
        for (Message message : JobMessages.ALL) {
            assertEquals(
                    kind(message.getDescriptorForType()),
                    JobProtobuf.kind(message).get());
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void everyFieldHasItsNamesAndItsType(Descriptor job) {
        JobKind kind = kind(job);
        for (JobField field : JobField.values()) {
            FieldDescriptor descriptor = job.findFieldByName(field.protoName(kind));
            boolean isThere = switch (field) {
                case START_TIME -> kind.hasStartTime();
                case END_TIME -> kind.hasEndTime();
                default -> true;
            };
            assertEquals(isThere, descriptor != null, field::toString);
            if (descriptor != null) {
                assertEquals(field.wireName(kind), descriptor.getJsonName());
                assertEquals(type(job, field), typeName(descriptor));
            }
        }
    }

    private static String type(Descriptor job, JobField field) {
        return switch (field) {
            case NAME -> "STRING";
            case STATE -> job.getFile().getPackage() + ".JobState";
            case ERROR -> "google.rpc.Status";
            default -> "google.protobuf.Timestamp";
        };
    }

    private static String typeName(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case ENUM -> field.getEnumType().getFullName();
            case MESSAGE -> field.getMessageType().getFullName();
            default -> field.getType().toString();
        };
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theStatesHaveTheirNamesAndNumbers(Descriptor job) {
        FieldDescriptor state = job.findFieldByName(JobField.STATE.protoName(kind(job)));

        assertSameValues(Array.of(JobState.values()), state);
    }

    private static void assertSameValues(Seq<? extends WireEnum> values, FieldDescriptor field) {
        assertEquals(
                HashSet.ofAll(values.map(value -> value.wireName() + " = " + value.number())),
                HashSet.ofAll(field.getEnumType().getValues())
                        .map((EnumValueDescriptor value) -> value.getName() + " = " + value.getNumber()));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void aListAnswerHasTheCollectionOfItsKind(Descriptor job) {
        JobKind kind = kind(job);
        String answer = "List" + kind.resource() + "sResponse";
        Descriptor response = SERVICES.filter(
                        file -> file.getPackage().equals(job.getFile().getPackage()))
                .map(file -> file.findMessageTypeByName(answer))
                .find(message -> message != null)
                .get();
        FieldDescriptor jobs = response.findFieldByName(kind.protoCollection());

        assertEquals(kind.collection(), jobs.getJsonName());
        assertEquals(job.getFullName(), jobs.getMessageType().getFullName());
    }

    @ParameterizedTest
    @MethodSource("tuningJobs")
    void everyPropertyOfATuningJobHasItsNamesAndItsType(Descriptor tuningJob) {
        assertSameFields(TuningJob.TYPE, tuningJob);
    }

    private static void assertSameFields(ApiType<?> type, Descriptor message) {
        for (ApiField<?, ?> field : type.fields()) {
            FieldDescriptor descriptor = message.findFieldByName(field.protoName());
            String path = message.getFullName() + "." + field;
            assertEquals(field.wireName(), descriptor.getJsonName(), path);
            assertEquals(
                    field.type() instanceof FieldType.Repeated || field.type() instanceof FieldType.Labels,
                    descriptor.isRepeated(),
                    path);
            assertSameType(
                    path,
                    field.type() instanceof FieldType.Repeated<?> repeated ? repeated.element() : field.type(),
                    descriptor);
        }
    }

    private static void assertSameType(String path, FieldType<?> type, FieldDescriptor field) {
        if (type instanceof FieldType.Nested<?> nested) {
            assertSameFields(nested.message(), field.getMessageType());
        } else if (type instanceof FieldType.Values<?> values) {
            assertSameValues(Array.of(values.values().getEnumConstants()).map(WireEnum.class::cast), field);
        } else if (type instanceof FieldType.Labels) {
            assertEquals(
                    List.of("STRING", "STRING"),
                    List.ofAll(field.getMessageType().getFields()).map(DescriptorsTest::typeName));
        } else if (type == Scalar.OBJECT) {
            assertEquals(FieldDescriptor.JavaType.MESSAGE, field.getJavaType(), path);
        } else {
            assertEquals(
                    type == Scalar.TIMESTAMP
                            ? "google.protobuf.Timestamp"
                            : type == Scalar.STRING
                                    ? "STRING"
                                    : type == Scalar.INT32
                                            ? "INT32"
                                            : type == Scalar.INT64 ? "INT64" : type == Scalar.BOOL ? "BOOL" : "DOUBLE",
                    typeName(field),
                    path);
        }
    }

    @ParameterizedTest
    @MethodSource("tuningJobs")
    void onlyDetailsAndExamplesAreObjectsThatAreNotRead(Descriptor tuningJob) {
        assertEquals("google.protobuf.Any", detail(tuningJob).getFullName());
        assertEquals(
                tuningJob.getFile().getPackage() + ".Content",
                typeName(tuningJob
                        .findFieldByName(TuningJob.TUNING_DATA_STATS.protoName())
                        .getMessageType()
                        .findFieldByName("supervised_tuning_data_stats")
                        .getMessageType()
                        .findFieldByName(SupervisedTuningDataStats.USER_DATASET_EXAMPLES.protoName())));
    }

    private static Descriptor detail(Descriptor tuningJob) {
        return tuningJob
                .findFieldByName(TuningJob.ERROR.protoName())
                .getMessageType()
                .findFieldByName(RpcStatus.DETAILS.protoName())
                .getMessageType();
    }
}
