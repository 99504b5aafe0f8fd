package org.joblifecycle.json;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a UTF-8 input, of which it keeps a buffer and no more. It knows the line that it stands on, because
 * no read goes beyond the end of a line; only of lines that were taken it does not count how many they are. Invalid bytes are an error only once all characters before them were read.
 *
 * <p>It is the text of one line at a time, up to the LF, until {@link #joinLines} makes it the whole rest of the input.
 */
final class Utf8Lines extends Reader {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private ByteBuffer bytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private boolean joined;
    private boolean ended;
    private boolean atLineEnd;
    private long line = 1;

    /** How many characters of the line were read. */
    private long column;

    /** How many characters of white space are to be read before the next byte. */
    private long indent;

    private Utf8Lines(InputStream in, ByteBuffer bytes) {
        this.in = in;
        this.bytes = bytes;
    }

    /** The text of an input, read by way of a buffer, the end of which stays free. */
    Utf8Lines(InputStream in, byte[] buffer) {
        this(in, free(buffer));
    }

    /** The text of one line, without its LF. */
    static Utf8Lines of(byte[] bytes, int from, int to) {
        return new Utf8Lines(
                InputStream.nullInputStream(),
                ByteBuffer.wrap(bytes, from, to - from).slice());
    }

    private static ByteBuffer free(byte[] buffer) {
        return ByteBuffer.wrap(buffer, 0, buffer.length - JobScanner.SLACK)
                .slice()
                .flip();
    }

    /**
     * The line, from 1, that the last character read stands on; at the end of the input the one that would follow. Only as
     * long as no lines were taken.
     */
    long line() {
        return line;
    }

    /**
     * Skips a byte order mark at the start, then blank lines.
     *
     * @return the first byte that is no white space, which is not read yet; -1 at the end
     */
    int skipToContent() throws IOException {
        if (fill(MARK.length) && bytes.slice(bytes.position(), MARK.length).equals(ByteBuffer.wrap(MARK))) {
            bytes.position(bytes.position() + MARK.length);
        }
        while (fill(1)) {
            byte next = bytes.get(bytes.position());
            if (next == '\n') {
                startLine();
            } else if (next == ' ' || next == '\t' || next == '\r') {
                indent++;
            } else {
                return Byte.toUnsignedInt(next);
            }
            bytes.get();
        }
        return -1;
    }

    /**
     * The lines, at least one, that are at hand from the start of this one on; if need be it reads until there is one.
     * They stay in the buffer, which is given away for another.
     *
     * @return lines that end with LF, in an array with slack behind them; null if this line is not at hand as a whole,
     *     being longer than the buffer, or if nothing is left
     */
    @Nullable
    ByteBuffer takeLines(Supplier<byte[]> otherBuffer) throws IOException {
        if (indent > bytes.position()) {
            return null;
        }
        bytes.position(bytes.position() - (int) indent); // white space that was skipped
        indent = 0;
        int searched = 0;
        int end = lastLineEnd(searched);
        while (end < 0) {
            searched = bytes.remaining();
            if (searched == bytes.capacity()) {
                return null;
            }
            if (fill(searched + 1)) {
                end = lastLineEnd(searched);
            } else if (bytes.hasRemaining()) {
                bytes.array()[bytes.arrayOffset() + bytes.limit()] = '\n';
                end = bytes.limit();
            } else {
                return null;
            }
        }
        ByteBuffer taken = bytes;
        int to = Math.min(end + 1, taken.limit());
        bytes = free(otherBuffer.get())
                .clear()
                .put(taken.slice(to, taken.limit() - to))
                .flip();
        int from = taken.arrayOffset() + taken.position();
        return ByteBuffer.wrap(taken.array(), from, end + 1 - taken.position());
    }

    /** Makes room for lines of such a size in the buffer, with slack behind them; answers whether there was less. */
    boolean growTo(int size) {
        if (bytes.capacity() + JobScanner.SLACK >= size) {
            return false;
        }
        bytes = free(new byte[size]).clear().put(bytes).flip();
        return true;
    }

    /** Where the last LF is of the bytes that were not searched yet; -1 if there is none. */
    private int lastLineEnd(int searched) {
        int first = bytes.position() + searched;
        int end = bytes.limit() - 1;
        while (end >= first && bytes.get(end) != '\n') {
            end--;
        }
        return end < first ? -1 : end;
    }

    /** From here on line ends are characters like others, and the text ends where the input does. */
    void joinLines() {
        joined = true;
    }

    /** Goes to the start of the next line, wherever in this one reading stopped; answers whether there is one. */
    boolean nextLine() throws IOException {
        while (!atLineEnd && fill(1)) {
            int end = lineEnd();
            atLineEnd = end < bytes.limit();
            bytes.position(atLineEnd ? end + 1 : end);
        }
        startLine();
        return fill(1);
    }

    private void startLine() {
        atLineEnd = false;
        line++;
        column = 0;
        indent = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (atLineEnd) {
            if (!joined) {
                return -1;
            }
            startLine();
        }
        if (indent > 0) {
            int spaces = (int) Math.min(indent, length);
            Arrays.fill(target, offset, offset + spaces, ' ');
            indent -= spaces;
            column += spaces;
            return spaces;
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        boolean goesOn = true;
        while (goesOn && !atLineEnd && fill(1)) {
            int limit = bytes.limit();
            int end = lineEnd();
            boolean lineEnds = end < limit;
            bytes.limit(lineEnds && joined ? end + 1 : end);
            CoderResult result = decoder.reset().decode(bytes, chars, false);
            boolean done = !bytes.hasRemaining();
            bytes.limit(limit);
            if (done) {
                atLineEnd = lineEnds;
                bytes.position(lineEnds ? end + 1 : end);
                goesOn = chars.hasRemaining() && !joined;
            } else {
                goesOn = result.isUnderflow() && !lineEnds && fill(bytes.remaining() + 1);
                if (!goesOn && chars.position() == offset) {
                    throw new CharConversionException("not UTF-8 at column " + (column + 1));
                }
            }
        }
        int read = chars.position() - offset;
        column += read;
        return read == 0 ? -1 : read;
    }

    private int lineEnd() {
        int end = bytes.position();
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        return end;
    }

    /** Whether there is another byte. */
    boolean hasMore() throws IOException {
        return fill(1);
    }

    /** Reads on until this many bytes are there; answers whether they are. */
    private boolean fill(int wanted) throws IOException {
        while (bytes.remaining() < wanted) {
            if (!bytes.hasRemaining() || bytes.limit() == bytes.capacity()) {
                bytes.compact().flip();
            }
            int room = bytes.capacity() - bytes.limit();
            if (ended || room == 0) {
                return false;
            }
            int read = in.read(bytes.array(), bytes.arrayOffset() + bytes.limit(), room);
            ended = read < 0;
            if (ended) {
                return false;
            }
            bytes.limit(bytes.limit() + read);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
