package org.joblifecycle.flink;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * The lines of a file that begin in a range of its bytes, each to its end. So every line is in one range, however a file is cut.
 * Counts them.
 */
final class LinesOfRange extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final long end;
    private final long from;

    /** The index in the file of the next byte. */
    private long next;

    private boolean ended;
    private long lines;

    private LinesOfRange(InputStream in, long next, long end) {
        this.in = in;
        this.from = next;
        this.next = next;
        this.end = end;
        this.ended = next >= end;
    }

    /**
     * The lines of a range, which are read from here on.
     *
     * @param from the first byte of the range
     * @param end the byte behind it
     */
    static LinesOfRange of(FSDataInputStream file, long from, long end) throws IOException {
        file.seek(Math.max(0, from - 1));
        BufferedInputStream in = new BufferedInputStream(file, BUFFER);
        return new LinesOfRange(in, from == 0 ? skipByteOrderMark(in) : skipLine(in, from - 1), end);
    }

    private static long skipByteOrderMark(BufferedInputStream in) throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        for (int expected : BYTE_ORDER_MARK) {
            if (in.read() != expected) {
                in.reset();
                return 0;
            }
        }
        return BYTE_ORDER_MARK.length;
    }

    /** Skips the rest of a line that begins before the range; answers where the next one begins. */
    private static long skipLine(InputStream in, long at) throws IOException {
        long next = at;
        int read;
        do {
            read = in.read();
            next++;
        } while (read != '\n' && read >= 0);
        return read < 0 ? Long.MAX_VALUE : next;
    }

    /** Where the first of the lines begins. */
    long from() {
        return from;
    }

    /** How many lines were read, the last counted if it ends in an LF. */
    long lines() {
        return lines;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = ended ? -1 : in.read(bytes, offset, length);
        if (read < 0) {
            ended = true;
            return -1;
        }
        int kept = (int) Math.min(read, Math.max(0, end - 1 - next)); // of lines that begin in the range for certain
        while (kept < read && !ended) {
            ended = bytes[offset + kept] == '\n';
            kept++;
        }
        for (int i = offset; i < offset + kept; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        next += kept;
        return kept;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
