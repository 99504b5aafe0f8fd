package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** The states by their names, found by their bytes without making a String of them. */
final class States {
    private static final JobState[] STATES = JobState.values();
    private static final byte[][] NAMES = Arrays.stream(STATES)
            .map(state -> state.wireName().getBytes(US_ASCII))
            .toArray(byte[][]::new);

    private States() {}

    /** The state whose name stands in the bytes from one index to before another; null if none does. */
    static @Nullable JobState get(byte[] bytes, int from, int to) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length == to - from && Arrays.equals(bytes, from, to, NAMES[i], 0, NAMES[i].length)) {
                return STATES[i];
            }
        }
        return null;
    }
}
