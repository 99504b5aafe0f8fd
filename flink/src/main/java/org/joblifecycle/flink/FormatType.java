package org.joblifecycle.flink;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** A type whose values are written in a {@link Format}. */
final class FormatType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Format<T> format;

    FormatType(Format<T> format) {
        this.format = format;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new FormatSerializer<>(format);
    }

    @Override
    public Class<T> getTypeClass() {
        return format.type();
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(@Nullable Object other) {
        return other instanceof FormatType;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FormatType<?> that && format.getClass() == that.format.getClass();
    }

    @Override
    public int hashCode() {
        return Objects.hash(format.getClass());
    }

    @Override
    public String toString() {
        return getTypeClass().getSimpleName();
    }
}
