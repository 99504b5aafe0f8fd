package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** The states, found by the bytes of their names, so that no String need be made. */
final class States {
    private static final JobState[] STATES = JobState.values();
    private static final byte[][] NAMES = Arrays.stream(STATES)
            .map(state -> state.wireName().getBytes(US_ASCII))
            .toArray(byte[][]::new);

    private States() {}

    /** The state that these bytes name, from one index to before another; null if they name none. */
    static @Nullable JobState get(byte[] bytes, int from, int to) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length == to - from && Arrays.equals(bytes, from, to, NAMES[i], 0, NAMES[i].length)) {
                return STATES[i];
            }
        }
        return null;
    }
}
