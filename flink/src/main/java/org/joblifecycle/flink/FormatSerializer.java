package org.joblifecycle.flink;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes and reads values in a {@link Format}: the newest, or, where state is restored, the one in which it was written. */
final class FormatSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Format<T> format;
    private final int number;

    FormatSerializer(Format<T> format) {
        this(format, format.number());
    }

    private FormatSerializer(Format<T> format, int number) {
        this.format = format;
        this.number = number;
    }

    @Override
    public void serialize(T value, DataOutputView out) throws IOException {
        format.write(number, value, out);
    }

    @Override
    public T deserialize(DataInputView in) throws IOException {
        return format.read(number, in);
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView from, DataOutputView to) throws IOException {
        serialize(deserialize(from), to);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this; // it keeps nothing between two values
    }

    @Override
    public @Nullable T createInstance() {
        return null; // none is ever reused
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(format, number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FormatSerializer<?> that
                && format.getClass() == that.format.getClass()
                && number == that.number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(format.getClass(), number);
    }

    /** What a savepoint says of the bytes in it: which format they have, and its number. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private static final int VERSION = 1;

        private @Nullable Format<T> format;
        private int number;

        /** Flink makes one of these, then reads it. */
        public Snapshot() {}

        private Snapshot(Format<T> format, int number) {
            this.format = format;
            this.number = number;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(format().getClass().getName());
            out.writeInt(number);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
            String name = in.readUTF();
            number = in.readInt();
            format = instance(name, classes);
            if (number < 1) {
                throw new IOException("the state is damaged: no format has the number " + number);
            }
            if (number > format.number()) {
                throw new IOException("the state was written in format " + number + " of "
                        + format.type().getSimpleName() + ", by a later version of job-lifecycle: this one reads 1 to "
                        + format.number());
            }
        }

        @SuppressWarnings("unchecked") // a snapshot is asked for only where one of its type was written
        private static <T> Format<T> instance(String name, ClassLoader classes) throws IOException {
            try {
                return (Format<T>) Class.forName(name, true, classes)
                        .asSubclass(Format.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | ClassCastException e) {
                throw new IOException("the state was written by " + name + ", which is not on the class path", e);
            }
        }

        private Format<T> format() {
            return Objects.requireNonNull(format, "format");
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new FormatSerializer<>(format(), number);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
            if (!(old instanceof Snapshot<T> that)
                    || that.format().getClass() != format().getClass()
                    || that.number > number) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            return that.number == number
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        }
    }
}
