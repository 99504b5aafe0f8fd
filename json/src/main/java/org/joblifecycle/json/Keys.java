package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were read lately. The members of objects of one type mostly come in one order, so each key remembers which one
 * followed it: then a key need only be compared with the one that is expected, and not be searched for its end, nor be looked
 * up. Not thread-safe.
 */
final class Keys {
    /** The index of a key that is not wanted. */
    static final int UNWANTED = -1;

    private static final int SIZE = 1 << 8;
    private static final int LONGEST = 64;
    private static final int MOST_MADE = 1 << 12;

    private final List<String> wanted;
    private final @Nullable Key[] keys = new Key[SIZE];
    private final Key other;
    private int made;

    /** Keys of which some are wanted. */
    Keys(List<String> wanted) {
        this.wanted = wanted;
        this.other = new Key(new byte[0], 0, 0, UNWANTED);
    }

    /** A key, in its quotes. */
    static final class Key {
        /** Its bytes, and some behind them. Nothing is equal to a key that has none. */
        private final long[] text;

        /** How many bytes it has, the quotes too. */
        final int length;

        /** The bits of the last eight bytes that are the key's. */
        private final long lastBits;

        /** Which of the wanted keys it is, or UNWANTED. */
        final int index;

        /** What followed the last time, of keys that stand in the same or in another object. */
        Key next = this;

        private Key(byte[] bytes, int from, int to, int index) {
            this.length = to - from;
            this.lastBits = lowBits(length % Long.BYTES);
            this.text = new long[(length + Long.BYTES - 1) / Long.BYTES];
            for (int i = 0; i < text.length; i++) {
                text[i] = EightBytes.at(bytes, from + i * Long.BYTES);
            }
            this.index = index;
        }

        /** Whether the key stands at this index. */
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

    /** The bits of the first few of eight bytes, or of all if there are none. */
    private static long lowBits(int bytes) {
        return -1L >>> (-bytes * Byte.SIZE);
    }

    /** A key before the first one. */
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
        int place = EightBytes.place(mix, SIZE);
        Key known = keys[place];
        if (known != null && known.isAt(ascii, from)) {
            return known;
        }
        int index = wanted.indexOf(new String(ascii, from + 1, length - 2, ISO_8859_1));
        Key key = new Key(ascii, from, to, index);
        keys[place] = key;
        made++;
        return key;
    }

    /** Whether they had better be forgotten: a key keeps those that followed it in memory, long after others took their place. */
    boolean areMany() {
        return made > MOST_MADE;
    }
}
