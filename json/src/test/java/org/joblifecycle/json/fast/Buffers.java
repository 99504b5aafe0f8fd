package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.in;

// Lets tests of other packages have a small buffer.
public final class Buffers {
    private Buffers() {}

    public static Utf8Lines text(byte[] input, int buffer) {
        return new Utf8Lines(in(input), new byte[buffer + JobScanner.SLACK]);
    }
}
