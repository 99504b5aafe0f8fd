package org.joblifecycle.protobuf;

import com.google.protobuf.Message;
import io.vavr.control.Either;
import java.time.Instant;

/** Instants from and to messages that are a {@code google.protobuf.Timestamp}, generated or not. */
final class ProtoTime {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String SECONDS = "seconds";
    private static final String NANOS = "nanos";

    private ProtoTime() {}

    /** The instant; or what is wrong with a timestamp that its definition does not allow, such as one of the year 10000. */
    static Either<String, Instant> read(Message timestamp) {
        long seconds = (long) get(timestamp, SECONDS);
        int nanos = (int) get(timestamp, NANOS);
        boolean isTime = seconds >= FIRST.getEpochSecond()
                && seconds <= LAST.getEpochSecond()
                && nanos >= 0
                && nanos <= LAST.getNano();
        return isTime
                ? Either.right(Instant.ofEpochSecond(seconds, nanos))
                : Either.left("is " + seconds + " seconds and " + nanos + " nanos: expected a time from " + FIRST
                        + " to " + LAST + ", with 0 to " + LAST.getNano() + " nanos");
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    /** The timestamp that is made with this builder; or what is wrong with an instant that no timestamp can hold. */
    static Either<String, Message> write(Instant time, Message.Builder builder) {
        return time.isBefore(FIRST) || time.isAfter(LAST)
                ? Either.left(time + " lies outside the years 0001 to 9999, which a Timestamp cannot hold")
                : Either.right(set(set(builder, SECONDS, time.getEpochSecond()), NANOS, time.getNano())
                        .build());
    }

    private static Message.Builder set(Message.Builder builder, String field, Object value) {
        return builder.setField(builder.getDescriptorForType().findFieldByName(field), value);
    }
}
