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

/**
 * The characters of a UTF-8 input, of which it keeps a buffer and no more. It knows the line that it stands on, because
 * no read goes beyond the end of a line. Invalid bytes are an error only once all characters before them were read.
 *
 * <p>It is the text of one line at a time, up to the LF, until {@link #joinLines} makes it the whole rest of the input.
 */
final class Utf8Lines extends Reader {
    private static final int BUFFER = 1 << 16;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private boolean joined;
    private boolean atLineEnd;
    private long line = 1;

    /** How many characters of the line were read. */
    private long column;

    /** How many characters of white space are to be read before the next byte. */
    private int indent;

    Utf8Lines(InputStream in) {
        this.in = in;
    }

    /** The line, from 1, that the last character read stands on; at the end of the input the one that would follow. */
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
            int spaces = Math.min(indent, length);
            Arrays.fill(target, offset, offset + spaces, ' ');
            indent -= spaces;
            column += spaces;
            return spaces;
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        while (chars.position() == offset && !atLineEnd && fill(1)) {
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
            } else if (chars.position() == offset && (result.isError() || lineEnds || !fill(bytes.remaining() + 1))) {
                throw new CharConversionException("not UTF-8 at column " + (column + 1));
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

    /** Reads on until this many bytes are there; answers whether they are. */
    private boolean fill(int wanted) throws IOException {
        while (bytes.remaining() < wanted) {
            bytes.compact().flip();
            int read = in.read(bytes.array(), bytes.limit(), bytes.capacity() - bytes.limit());
            if (read < 0) {
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
