package org.joblifecycle.protobuf;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import java.util.List;
import java.util.Random;

// Messages with any fields and values that the wire can carry, also such as no service should send.
final class RandomMessages {
    private static final int DEEPEST = 6;
    private static final List<String> TEXTS =
            List.of("", "a", "größer", "\ud83d\udca5", "\"\\\n\u2028", "null", "12", "@bytes");
    private static final List<Double> NUMBERS =
            List.of(0.0, -0.0, 1.0, 0.1, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    private static final List<Long> INTEGERS = List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 60 | 1);

    private final Random random;

    private RandomMessages(Random random) {
        this.random = random;
    }

    // A message of this type.
    @SuppressWarnings("unchecked")
    static <M extends Message> M draw(M type, Random random) {
        Message.Builder builder = type.newBuilderForType();
        new RandomMessages(random).fill(builder, 0, 0.6);
        return (M) builder.build();
    }

    private void fill(Message.Builder builder, int depth, double density) {
        Descriptor type = builder.getDescriptorForType();
        switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> builder.mergeFrom(timestamp(depth));
            case "google.protobuf.Any" -> builder.mergeFrom(any());
            default -> {
                for (FieldDescriptor field : type.getFields()) {
                    if (random.nextDouble() < density) {
                        set(builder, field, depth, density);
                    }
                }
            }
        }
        if (random.nextInt(8) == 0
                && !type.getName().equals("Timestamp")
                && !type.getOptions().getMapEntry()) {
            builder.setUnknownFields(unknown());
        }
    }

    private void set(Message.Builder builder, FieldDescriptor field, int depth, double density) {
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (isMessage && depth == DEEPEST) {
            return;
        }
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth, density));
            return;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Object value = value(builder, field, depth, density);
            if (field.isMapField()) { // the keys of a map differ
                FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
                Message.Builder entry = ((Message) value).toBuilder();
                value = key.getJavaType() == FieldDescriptor.JavaType.STRING
                        ? entry.setField(key, entry.getField(key) + "-" + i).build()
                        : entry.setField(
                                        key, key.getJavaType() == FieldDescriptor.JavaType.LONG ? (Object) (long) i : i)
                                .build();
            }
            builder.addRepeatedField(field, value);
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth, double density) {
        return switch (field.getJavaType()) {
            case STRING -> pick(TEXTS);
            case BYTE_STRING -> ByteString.copyFrom(bytes());
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) (long) pick(INTEGERS);
            case LONG -> random.nextBoolean() ? pick(INTEGERS) : (Long) random.nextLong();
            case FLOAT -> (float) (double) pick(NUMBERS);
            case DOUBLE -> random.nextBoolean() ? pick(NUMBERS) : (Double) random.nextGaussian();
            case ENUM ->
                random.nextInt(8) == 0
                        ? field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt())
                        : pick(field.getEnumType().getValues());
            case MESSAGE -> {
                Message.Builder message = builder.newBuilderForField(field);
                fill(message, depth + 1, density * 0.8);
                yield message.build();
            }
        };
    }

    // The times of a job are in range; those of parts that core does not know need not be.
    private Message timestamp(int depth) {
        boolean isWrong = depth > 1 && random.nextInt(4) == 0;
        return Timestamp.newBuilder()
                .setSeconds(isWrong ? random.nextLong() : random.nextInt())
                .setNanos(random.nextInt(1_000_000_000))
                .build();
    }

    private Message any() {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason(pick(TEXTS))
                .putMetadata("zone", pick(TEXTS))
                .build();
        Help help = Help.newBuilder()
                .addLinks(Help.Link.newBuilder().setUrl(pick(TEXTS)))
                .build();
        return pick(List.of(
                Any.pack(info),
                Any.pack(info.toBuilder().setUnknownFields(unknown()).build()),
                Any.pack(help),
                Any.pack(Any.pack(help)),
                Any.pack(Any.pack(info)),
                Any.pack(Timestamp.newBuilder().setSeconds(random.nextInt()).build()),
                Any.getDefaultInstance(),
                Any.newBuilder().setTypeUrl(pick(TEXTS)).build(),
                Any.newBuilder().setValue(ByteString.copyFrom(bytes())).build(),
                Any.newBuilder()
                        .setTypeUrl("example.com/google.rpc.ErrorInfo")
                        .setValue(ByteString.copyFrom(bytes()))
                        .build()));
    }

    private UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        1000 + random.nextInt(10),
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(random.nextLong())
                                .addFixed32(random.nextInt())
                                .addFixed64(random.nextLong())
                                .addLengthDelimited(ByteString.copyFrom(bytes()))
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .addField(
                                                7,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addVarint(1)
                                                        .build())
                                        .build())
                                .build())
                .build();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
