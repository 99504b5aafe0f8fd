package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.joblifecycle.job.JobKind;

/**
 * The names that were read lately. Jobs come again and again, and where a name is the same String each time, it need not
 * be made again, nor compared character by character where jobs are kept by name. Threads may share it: at worst they make a
 * name twice.
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

    /** The name in these bytes of ASCII, before which seven others stand at least. */
    Name get(byte[] ascii, int from, int to) {
        long lastEight = EightBytes.at(ascii, to - Long.BYTES); // where most names differ
        int place = EightBytes.place(lastEight, SIZE);
        Name known = names[place];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, ascii, from, to)) {
            return known;
        }
        Name name = new Name(Arrays.copyOfRange(ascii, from, to), fallback);
        if (to - from <= LONGEST) {
            names[place] = name;
        }
        return name;
    }
}
