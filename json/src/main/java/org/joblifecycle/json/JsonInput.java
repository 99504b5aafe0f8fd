package org.joblifecycle.json;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.joblifecycle.json.fast.FastObjects;

/**
 * The bytes of an input, read when they are asked for, and the place of the next one. What was passed is forgotten, except for
 * what comes after a mark.
 */
final class JsonInput implements Closeable {
    /** In place of a byte, where there is none. */
    static final int END = -1;

    /** How many bytes are kept after a mark. */
    static final int MOST_KEPT = 64 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int NONE = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private byte[] bytes = buffer(BUFFER);
    private int at;

    /** How far {@link #peek} may go without a check: to the last byte that was read, or to the last that may be kept. */
    private int bound;

    private int limit;

    /** How many bytes of the input come before those in the buffer. */
    private long before;

    private boolean ended;
    private int mark = NONE;
    private long line = 1;
    private long column = 1;
    private long markedLine;
    private long markedColumn;

    /** The bytes of an input, which need not be buffered; nothing is read yet. */
    JsonInput(InputStream in) {
        this.in = in;
    }

    /** The number of the line on which the next byte stands, from 1. */
    long line() {
        return line;
    }

    /** The number, from 1, that the next character has on its line. */
    long column() {
        return column;
    }

    /** How many bytes were passed. */
    long passed() {
        return before + at;
    }

    /**
     * The next byte, which stays the next.
     *
     * @return 0 to 255, or {@link #END}
     * @throws BrokenJson if so many bytes may not be kept
     */
    int peek() throws IOException, BrokenJson {
        return at < bound || more() ? Byte.toUnsignedInt(bytes[at]) : END;
    }

    /** Goes behind the byte that was peeked at. */
    void pass() {
        int passed = Byte.toUnsignedInt(bytes[at]);
        at++;
        if (passed == '\n') {
            line++;
            column = 1;
        } else {
            column += Utf8.characters(passed);
        }
    }

    /** Goes behind white space, line ends too, and answers what {@link #peek} does. */
    int skipSpace() throws IOException, BrokenJson {
        int next = skipBlanks();
        while (next == '\n') {
            pass();
            next = skipBlanks();
        }
        return next;
    }

    /** Goes behind white space on this line, and answers what {@link #peek} does. */
    int skipBlanks() throws IOException, BrokenJson {
        int next = peek();
        while (next == ' ' || next == '\t' || next == '\r') {
            pass();
            next = peek();
        }
        return next;
    }

    /** Goes behind a byte order mark, if that is next. */
    void skipByteOrderMark() throws IOException, BrokenJson {
        if (startsWith(BYTE_ORDER_MARK)) {
            at += BYTE_ORDER_MARK.length;
        }
    }

    /** Whether these bytes are next. */
    boolean startsWith(byte... expected) throws IOException {
        return Arrays.equals(ahead(expected.length), expected);
    }

    /** A copy of the next bytes, which stay the next: this many, or as many as there are. */
    byte[] ahead(int length) throws IOException {
        while (limit - at < length && fill()) {
            // until there are as many, or all
        }
        return Arrays.copyOfRange(bytes, at, Math.min(limit, at + length));
    }

    /** Marks the next byte: what comes after it is kept. */
    void mark() {
        mark = at;
        markedLine = line;
        markedColumn = column;
        setBound();
    }

    /** Goes back to the mark, which is no more. */
    void reset() {
        at = mark;
        line = markedLine;
        column = markedColumn;
        unmark();
    }

    /** Keeps nothing more. */
    void unmark() {
        mark = NONE;
        setBound();
    }

    /** The buffer, in which the bytes between the mark and the next byte are. It has some bytes to spare behind them. */
    byte[] array() {
        return bytes;
    }

    /** The index of the mark in the buffer. */
    int marked() {
        return mark;
    }

    /** The index of the next byte in the buffer. */
    int position() {
        return at;
    }

    /**
     * Reads a job with a fast reader, if all of it is in the buffer, and goes behind it.
     *
     * @return whether the fast reader read it
     */
    boolean passJob(FastObjects objects) {
        if (!objects.read(bytes, at, limit)) {
            return false;
        }
        int end = objects.end();
        long lineEnds = objects.lineEnds();
        line += lineEnds;
        column = lineEnds == 0 ? column + end - at : end - objects.lastLineEnd();
        at = end;
        return true;
    }

    /**
     * The bytes that follow, then the rest of the input. Nothing may be asked of this any more but to {@link #close}, which alone
     * closes the input.
     */
    InputStream rest() {
        byte[] next = Arrays.copyOfRange(bytes, at, limit);
        bytes = new byte[0]; // it may be large
        InputStream open = new FilterInputStream(in) {
            @Override
            public void close() {
                // a sequence closes what it has read to its end
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(next), open);
    }

    private boolean more() throws IOException, BrokenJson {
        if (mark != NONE && at - mark == MOST_KEPT) {
            throw BrokenJson.tooLarge(line);
        }
        return fill();
    }

    /** Reads some bytes; answers whether there are any. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        makeRoom();
        int read = in.read(bytes, limit, bytes.length - FastObjects.SLACK - limit);
        ended = read < 0;
        limit += Math.max(0, read);
        setBound();
        return !ended;
    }

    private void makeRoom() {
        int capacity = bytes.length - FastObjects.SLACK;
        if (limit < capacity) {
            return;
        }
        int first = mark == NONE ? at : mark;
        int kept = limit - first;
        byte[] target = kept > capacity / 2 && capacity < MOST_KEPT ? buffer(2 * capacity) : bytes;
        System.arraycopy(bytes, first, target, 0, kept);
        bytes = target;
        before += first;
        at -= first;
        limit = kept;
        mark = mark == NONE ? NONE : 0;
    }

    private static byte[] buffer(int capacity) {
        return new byte[capacity + FastObjects.SLACK];
    }

    private void setBound() {
        bound = mark == NONE ? limit : Math.min(limit, mark + MOST_KEPT);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
