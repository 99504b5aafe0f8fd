package org.joblifecycle.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

// An input that is only read in bulk.
abstract class BulkInput extends InputStream {
    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    // This text, and then the input fails.
    static InputStream failingAfter(String text) {
        return new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new BulkInput() {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
    }
}
