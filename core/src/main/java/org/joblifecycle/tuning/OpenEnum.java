package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.util.Objects;
import org.joblifecycle.job.WireEnum;
import org.jspecify.annotations.Nullable;

/**
 * A value of an enum of the API as a job carries it: one that this library knows, or one that it does not, which is kept
 * as what it is. The service adds values without notice. Immutable.
 *
 * @param <E> the values that are known
 */
public final class OpenEnum<E extends Enum<E> & WireEnum> {
    private final @Nullable E known;
    private final String text;
    private final boolean isNumber;

    private OpenEnum(@Nullable E known, String text, boolean isNumber) {
        this.known = known;
        this.text = text;
        this.isNumber = isNumber;
    }

    /** A value that is known. */
    public static <E extends Enum<E> & WireEnum> OpenEnum<E> of(E value) {
        return new OpenEnum<>(requireNonNull(value, "value"), value.wireName(), false);
    }

    /** A value of which only the name is known; a message that has it knows the value if it can. */
    public static <E extends Enum<E> & WireEnum> OpenEnum<E> unknown(String name) {
        return new OpenEnum<>(null, requireNonNull(name, "name"), false);
    }

    /** A value of which only the number is known; a message that has it knows the value if it can. */
    public static <E extends Enum<E> & WireEnum> OpenEnum<E> unknown(int number) {
        return new OpenEnum<>(null, Integer.toString(number), true);
    }

    /** The value; nothing if this library does not know it. {@code toJavaOptional()} leads back to the JDK. */
    public Option<E> known() {
        return Option.of(known);
    }

    /** Whether only the number is known, so that it is written as a number. */
    public boolean isNumber() {
        return isNumber;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof OpenEnum<?> that
                        && known == that.known
                        && isNumber == that.isNumber
                        && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, isNumber);
    }

    /** The name on the wire, such as {@code JOB_STATE_RUNNING}; the number if only that is known. */
    @Override
    public String toString() {
        return text;
    }
}
