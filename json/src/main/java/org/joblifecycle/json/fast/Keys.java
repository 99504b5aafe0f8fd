package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were read lately. The members of objects of one type mostly come in one order, so each key remembers which key
 * followed it. Then most keys need only be compared with the expected one: their end is not searched for, and no table is
 * asked. Not thread-safe.
 */
final class Keys {
    /** The slot of a key that is not wanted. */
    static final int UNWANTED = -1;

    private static final int SIZE = 1 << 8;
    private static final int LONGEST = 64;
    private static final int MOST_MADE = 1 << 12;

    private final Map<String, Integer> wanted;
    private final @Nullable Key[] keys = new Key[SIZE];
    private final Key other;
    private int made;

    /** Keys of which some are wanted, with their slots. */
    Keys(Map<String, Integer> wanted) {
        this.wanted = wanted;
        this.other = new Key(new byte[0], 0, 0, UNWANTED);
    }

    /** A key, in its quotes. */
    static final class Key {
        /** Its bytes, and some behind them; empty for a key that equals nothing. */
        private final long[] text;

        /** How many bytes it has, including the quotes. */
        final int length;

        /** Which bits of the last eight bytes belong to the key. */
        private final long lastBits;

        /** The slot of the key if it is wanted, or UNWANTED. */
        final int slot;

        /** The key that followed it the last time, in the same object or in another. */
        Key next = this;

        private Key(byte[] bytes, int from, int to, int slot) {
            this.length = to - from;
            this.lastBits = lowBits(length % Long.BYTES);
            this.text = new long[(length + Long.BYTES - 1) / Long.BYTES];
            for (int i = 0; i < text.length; i++) {
                text[i] = EightBytes.at(bytes, from + i * Long.BYTES);
            }
            this.slot = slot;
        }

        /** Whether the key is at this index. */
        boolean isAt(byte[] bytes, int index) {
            int last = text.length - 1;
            if (last < 0) {
                return false;
            }
            for (int i = 0; i < last; i++) {
                if (EightBytes.at(bytes, index + i * Long.BYTES) != text[i]) {
                    return false;
                }
            }
            return ((EightBytes.at(bytes, index + last * Long.BYTES) ^ text[last]) & lastBits) == 0;
        }
    }

    /** The bits of this many of eight bytes, the first ones; all bits for 0. */
    private static long lowBits(int bytes) {
        return -1L >>> (-bytes * Byte.SIZE);
    }

    /** A key to come before the first one. */
    Key first() {
        return other;
    }

    /** The key in these bytes: its quotes, and between them ASCII without escapes. */
    Key get(byte[] ascii, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return other;
        }
        long head = EightBytes.at(ascii, from);
        long mix = length < Long.BYTES
                ? head & lowBits(length)
                : EightBytes.spread(head) + EightBytes.at(ascii, to - Long.BYTES);
        int index = EightBytes.index(mix, SIZE);
        Key known = keys[index];
        if (known != null && known.isAt(ascii, from)) {
            return known;
        }
        int slot = wanted.getOrDefault(new String(ascii, from + 1, length - 2, ISO_8859_1), UNWANTED);
        Key key = new Key(ascii, from, to, slot);
        keys[index] = key;
        made++;
        return key;
    }

    /**
     * Whether so many were made that all should be forgotten: a key keeps the keys that followed it in memory, long after others
     * have replaced them in the table.
     */
    boolean areTooMany() {
        return made > MOST_MADE;
    }
}
