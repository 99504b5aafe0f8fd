package org.joblifecycle.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StructProto;
import com.google.protobuf.Value;

// A tuning job as a later version might define it: with a state more, and a field of any JSON value.
final class FutureTuningJob {
    private static final Descriptor TYPE = type();

    private FutureTuningJob() {}

    private static Descriptor type() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("future.proto")
                .setSyntax("proto3")
                .setPackage("google.cloud.aiplatform.v1beta1")
                .addDependency(StructProto.getDescriptor().getName())
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("JobState")
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("JOB_STATE_UNSPECIFIED")
                                .setNumber(0))
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("JOB_STATE_HIBERNATING")
                                .setNumber(12)))
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("TuningJob")
                        .addField(field("name", 1).setType(FieldDescriptorProto.Type.TYPE_STRING))
                        .addField(field("state", 6)
                                .setType(FieldDescriptorProto.Type.TYPE_ENUM)
                                .setTypeName(".google.cloud.aiplatform.v1beta1.JobState"))
                        .addField(field("any_value", 99)
                                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".google.protobuf.Value")))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {StructProto.getDescriptor()})
                    .findMessageTypeByName("TuningJob");
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    static DynamicMessage of(String name, int state) {
        return DynamicMessage.newBuilder(TYPE)
                .setField(TYPE.findFieldByName("name"), name)
                .setField(
                        TYPE.findFieldByName("state"),
                        TYPE.findFieldByName("state").getEnumType().findValueByNumberCreatingIfUnknown(state))
                .build();
    }

    static DynamicMessage of(Value anyValue) {
        return DynamicMessage.newBuilder(TYPE)
                .setField(TYPE.findFieldByName("any_value"), anyValue)
                .build();
    }
}
