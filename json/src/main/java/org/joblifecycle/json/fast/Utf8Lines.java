package org.joblifecycle.json.fast;

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
 * The text of an input in UTF-8, of which it keeps one buffer and no more. It is the text of one line at a time, up to the LF.
 * Invalid bytes are an error only once all characters before them were read.
 *
 * <p>{@link #takeLines} hands over the bytes of many lines instead.
 */
final class Utf8Lines extends Reader {
    private final InputStream in;
    private ByteBuffer bytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private boolean ended;
    private boolean atLineEnd;

    /** How many characters of the line were read. */
    private long column;

    /** How many blanks come before the next byte; they are no longer in the input and may still be read. */
    private long indent;

    private Utf8Lines(InputStream in, ByteBuffer bytes, long indent) {
        this.in = in;
        this.bytes = bytes;
        this.indent = indent;
    }

    /**
     * The text of the rest of an input; nothing is read yet.
     *
     * @param in need not be buffered
     * @param indent how many blanks of its first line it lacks
     */
    Utf8Lines(InputStream in, long indent) {
        this(in, empty(LineBatches.firstBuffer()), indent);
    }

    /** The text of an input, read through this buffer, whose last bytes stay free as slack. */
    Utf8Lines(InputStream in, byte[] buffer) {
        this(in, empty(buffer), 0);
    }

    /** The text of one line, without its LF. */
    static Utf8Lines of(byte[] bytes, int from, int to) {
        return new Utf8Lines(
                InputStream.nullInputStream(),
                ByteBuffer.wrap(bytes, from, to - from).slice(),
                0);
    }

    private static ByteBuffer empty(byte[] buffer) {
        return ByteBuffer.wrap(buffer, 0, buffer.length - JobScanner.SLACK)
                .slice()
                .flip();
    }

    /**
     * The whole lines in the buffer, from the start of the current line on; it reads until there is at least one. The buffer is
     * handed over with them, and another takes its place.
     *
     * @param otherBuffer makes the other buffer
     * @return lines that end with LF, in an array with slack behind them; null if the current line is longer than the buffer, or
     *     if nothing is left
     */
    @Nullable
    ByteBuffer takeLines(Supplier<byte[]> otherBuffer) throws IOException {
        if (indent > 0) {
            return null;
        }
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
        bytes = empty(otherBuffer.get())
                .clear()
                .put(taken.slice(to, taken.limit() - to))
                .flip();
        int from = taken.arrayOffset() + taken.position();
        return ByteBuffer.wrap(taken.array(), from, end + 1 - taken.position());
    }

    /** Makes the buffer as large as this, slack included; answers whether it was smaller. */
    boolean growTo(int size) {
        if (bytes.capacity() + JobScanner.SLACK >= size) {
            return false;
        }
        bytes = empty(new byte[size]).clear().put(bytes).flip();
        return true;
    }

    /** The index of the last LF among the bytes that were not searched yet; -1 if there is none. */
    private int lastLineEnd(int searched) {
        int first = bytes.position() + searched;
        int end = bytes.limit() - 1;
        while (end >= first && bytes.get(end) != '\n') {
            end--;
        }
        return end < first ? -1 : end;
    }

    /** Goes to the start of the next line, whatever part of this line was read; answers whether there is one. */
    boolean nextLine() throws IOException {
        while (!atLineEnd && fill(1)) {
            int end = lineEnd();
            atLineEnd = end < bytes.limit();
            bytes.position(atLineEnd ? end + 1 : end);
        }
        atLineEnd = false;
        column = 0;
        indent = 0;
        return fill(1);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (atLineEnd) {
            return -1;
        }
        if (indent > 0) {
            int spaces = (int) Math.min(indent, length);
            Arrays.fill(target, offset, offset + spaces, ' ');
            indent -= spaces;
            column += spaces;
            return spaces;
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        boolean more = true;
        while (more && !atLineEnd && fill(1)) {
            int limit = bytes.limit();
            int end = lineEnd();
            boolean lineEnds = end < limit;
            bytes.limit(end);
            CoderResult result = decoder.reset().decode(bytes, chars, false);
            boolean done = !bytes.hasRemaining();
            bytes.limit(limit);
            if (done) {
                atLineEnd = lineEnds;
                bytes.position(lineEnds ? end + 1 : end);
                more = chars.hasRemaining();
            } else {
                more = result.isUnderflow() && !lineEnds && fill(bytes.remaining() + 1);
                if (!more && chars.position() == offset) {
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

    /** Reads until this many bytes are in the buffer; answers whether they are. */
    private boolean fill(int wanted) throws IOException {
        while (bytes.remaining() < wanted) {
            if (!bytes.hasRemaining() || bytes.limit() == bytes.capacity()) {
                bytes.compact().flip();
            }
            int free = bytes.capacity() - bytes.limit();
            if (ended || free == 0) {
                return false;
            }
            int read = in.read(bytes.array(), bytes.arrayOffset() + bytes.limit(), free);
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
