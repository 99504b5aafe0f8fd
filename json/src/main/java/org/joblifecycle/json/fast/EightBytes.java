package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of ASCII in a long, the first of them lowest, so that one operation works on all of them. */
final class EightBytes {
    /** The highest bit of each byte, which no character of ASCII has. */
    static final long HIGH_BITS = eachByte(0x80);

    private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    /** The eight bytes from this index on. */
    static long at(byte[] bytes, int index) {
        return (long) BYTES.get(bytes, index);
    }

    /** These eight characters. */
    static long of(String text) {
        return at(text.getBytes(US_ASCII), 0);
    }

    /** Eight times the same byte. */
    static long eachByte(int value) {
        return value * 0x0101010101010101L;
    }

    /**
     * The index of such a long in a hash table.
     *
     * @param size of the table: a power of two
     */
    static int index(long eight, int size) {
        return (int) (spread(eight) >>> Long.numberOfLeadingZeros(size - 1));
    }

    /** Another long for each, whose high bits depend on all bits. */
    static long spread(long eight) {
        return eight * 0x9E3779B97F4A7C15L;
    }
}
