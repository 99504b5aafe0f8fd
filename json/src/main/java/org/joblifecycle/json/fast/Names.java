package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.joblifecycle.job.JobKind;

/**
 * The names that were read lately. A job appears on many lines, and while its name is the same String each time, the name need not
 * be made again, nor compared character by character where jobs are found by name. Threads may share it: at worst they make
 * a name twice.
 */
final class Names {
    private static final int SIZE = 1 << 12;
    private static final int LONGEST = 256;

    private final JobKind fallback;
    private final Name[] names = new Name[SIZE];

    Names(JobKind fallback) {
        this.fallback = fallback;
    }

    /** A name and the kind that it tells. */
    static final class Name {
        final String text;
        final JobKind kind;
        private final byte[] bytes;

        private Name(byte[] bytes, JobKind fallback) {
            this.bytes = bytes;
            this.text = new String(bytes, ISO_8859_1);
            this.kind = JobKind.of(text).getOrElse(fallback);
        }
    }

    /** The name in these bytes of ASCII; at least seven other bytes must come before it. */
    Name get(byte[] ascii, int from, int to) {
        long lastEight = EightBytes.at(ascii, to - Long.BYTES); // in which most names differ
        int index = EightBytes.index(lastEight, SIZE);
        Name known = names[index];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, ascii, from, to)) {
            return known;
        }
        Name name = new Name(Arrays.copyOfRange(ascii, from, to), fallback);
        if (to - from <= LONGEST) {
            names[index] = name;
        }
        return name;
    }
}
