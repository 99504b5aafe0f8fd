package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.in;

import java.io.Reader;

// Lets tests of other packages have a small buffer.
public final class Buffers {
    private Buffers() {}

    public static Reader text(byte[] input, int buffer) {
        return lines(input, buffer);
    }

    static Utf8Lines lines(byte[] input, int buffer) {
        return new Utf8Lines(in(input), new byte[buffer + JobScanner.SLACK]);
    }
}
