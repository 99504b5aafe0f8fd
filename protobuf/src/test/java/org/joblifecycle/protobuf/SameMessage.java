package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;

// Compares a message of the library with one of Google's, field by field.
final class SameMessage {
    // The types of the details that the generators of the test kit draw.
    static final TypeRegistry TYPES =
            TypeRegistry.newBuilder().add(ErrorInfo.getDescriptor()).build();

    private SameMessage() {}

    // Every field of the library is the field of the same name in the proto, with the same value, except for defaults.
    static <M extends ApiMessage<M>> void assertSame(M message, Message proto) throws Exception {
        for (ApiField<M, ?> field : message.type().fields()) {
            FieldDescriptor descriptor = proto.getDescriptorForType().findFieldByName(field.protoName());
            assertEquals(field.wireName(), descriptor.getJsonName());
            assertSameValue(
                    proto.getDescriptorForType().getName() + "." + field,
                    message.has(field) ? message.get(field) : null,
                    descriptor,
                    proto);
        }
    }

    private static void assertSameValue(String path, Object ours, FieldDescriptor descriptor, Message proto)
            throws Exception {
        Object theirs = proto.getField(descriptor);
        if (descriptor.isMapField()) {
            java.util.Map<String, String> map = new java.util.HashMap<>();
            ((java.util.List<?>) theirs)
                    .forEach(entry -> map.put(
                            (String) ((MapEntry<?, ?>) entry).getKey(), (String) ((MapEntry<?, ?>) entry).getValue()));
            assertEquals(ours == null ? java.util.Map.of() : ((Map<?, ?>) ours).toJavaMap(), map, path);
        } else if (descriptor.isRepeated()) {
            java.util.List<?> list = (java.util.List<?>) theirs;
            Seq<?> elements = ours == null ? List.empty() : (Seq<?>) ours;
            assertEquals(elements.size(), list.size(), path);
            for (int i = 0; i < list.size(); i++) {
                assertSameElement(path + "[" + i + "]", elements.get(i), list.get(i));
            }
        } else if (ours == null) {
            assertEquals(proto.toBuilder().clearField(descriptor).build(), proto, path);
        } else {
            assertSameElement(path, ours, theirs);
        }
    }

    private static void assertSameElement(String path, Object ours, Object theirs) throws Exception {
        if (ours instanceof ApiMessage<?> message) {
            assertSameMessage(message, (Message) theirs);
        } else if (ours instanceof Instant time) {
            Timestamp timestamp = (Timestamp) theirs;
            assertEquals(time, Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()), path);
        } else if (ours instanceof OpenEnum<?> value) {
            EnumValueDescriptor descriptor = (EnumValueDescriptor) theirs;
            boolean isKnown = value.known().isDefined();
            if (isKnown) {
                assertEquals(value.toString(), descriptor.getName(), path);
            } else { // kept as it was written, such as 12e0
                assertEquals(new BigDecimal(value.toString()).intValueExact(), descriptor.getNumber(), path);
            }
        } else if (ours instanceof RawJson json) {
            Message.Builder builder = ((Message) theirs).newBuilderForType();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(json.text(), builder);
            assertEquals(builder.build(), theirs, path);
        } else if (ours instanceof Double number) {
            assertEquals(number + 0.0, (double) theirs + 0.0, path); // their parser drops the sign of -0.0
        } else {
            assertEquals(ours, theirs, path);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void assertSameMessage(ApiMessage<?> message, Message proto) throws Exception {
        assertSame((ApiMessage) message, proto);
    }
}
