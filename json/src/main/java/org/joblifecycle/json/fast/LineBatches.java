package org.joblifecycle.json.fast;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.fast.FastLines.SlowReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an input, as many at a time as a buffer holds. It is not thread-safe, but the batches that it answers
 * can be made at any time, by any thread.
 *
 * @param <T> what the slow reader makes of a line
 */
final class LineBatches<T> {
    /** The size of the buffer while only one thread reads, and of the first buffer. */
    private static final int BUFFER = 1 << 16;

    private static final int BUFFER_AHEAD = 1 << 20;

    /** Bounds the memory of short lines that were read: more lines of the same buffer are a batch of their own. */
    private static final int MOST_LINES = 1 << 13;

    /** About the least that a job takes as the API prints it. */
    private static final int SHORT_LINE = 1 << 9;

    private final Utf8Lines text;
    private final int bufferSize;
    private final SlowReader<T> slowReader;
    private final Names names;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final Queue<Keys> idleKeys = new ConcurrentLinkedQueue<>();
    private boolean withinLine;

    /**
     * The lines of a text.
     *
     * @param bufferSize of all buffers but the first, which the text has already
     */
    LineBatches(Utf8Lines text, JobKind fallback, int bufferSize, SlowReader<T> slowReader) {
        this.text = text;
        this.bufferSize = bufferSize;
        this.slowReader = slowReader;
        this.names = new Names(fallback);
    }

    /** The first buffer of an input, of which no more may be read than its reader asks for. */
    static byte[] firstBuffer() {
        return new byte[BUFFER + JobScanner.SLACK];
    }

    static int bufferSize(int threads) {
        return (threads == 1 ? BUFFER : BUFFER_AHEAD) + JobScanner.SLACK;
    }

    /**
     * The next batch, at least one line.
     *
     * @return what makes the batch; null at the end
     * @throws IOException if the input fails before there is a whole line
     */
    @Nullable
    Supplier<Batch<T>> next() throws IOException {
        if (withinLine) {
            withinLine = false;
            text.nextLine();
        }
        ByteBuffer lines = text.takeLines(this::buffer);
        if (lines == null && text.growTo(bufferSize)) {
            lines = text.takeLines(this::buffer);
        }
        if (lines != null) {
            byte[] bytes = lines.array();
            int from = lines.arrayOffset() + lines.position();
            int to = lines.arrayOffset() + lines.limit();
            return () -> batch(bytes, from, to);
        }
        if (!text.hasMore()) {
            return null;
        }
        withinLine = true;
        Batch<T> batch = longLine();
        return () -> batch;
    }

    private byte[] buffer() {
        byte[] buffer = buffers.poll();
        return buffer == null ? new byte[bufferSize] : buffer;
    }

    /** A line that is longer than the buffer is read while it comes in. */
    private Batch<T> longLine() throws IOException {
        Batch<T> batch = new Batch<>(1);
        batch.addSlowlyRead(slowReader.read(text));
        return batch;
    }

    private Batch<T> batch(byte[] bytes, int from, int to) {
        Keys keys = idleKeys.poll();
        if (keys == null) {
            keys = new Keys(JobScanner.KEYS);
        }
        JobScanner scanner = JobScanner.ofLines(bytes, names, keys);
        Batch<T> batch = new Batch<>((to - from) / SHORT_LINE + 1);
        int start = from;
        while (start < to && batch.lines() < MOST_LINES) {
            start = addLine(batch, scanner, bytes, start) + 1;
        }
        if (!keys.areTooMany()) {
            idleKeys.add(keys);
        }
        if (start < to) {
            int restStart = start;
            batch.setRest(() -> batch(bytes, restStart, to));
        } else if (bytes.length == bufferSize) { // the first one may be smaller
            buffers.add(bytes);
        }
        return batch;
    }

    /** Adds the line that starts here; answers where it ends. */
    private int addLine(Batch<T> batch, JobScanner scanner, byte[] bytes, int start) {
        int content = scanner.skipSpace(start);
        if (bytes[content] == '\n') {
            batch.addBlank();
            return content;
        }
        JobSnapshot job = scanner.read(content);
        if (job != null) {
            batch.add(job, scanner.kind());
            return scanner.end();
        }
        int end = lineEnd(bytes, content);
        batch.addSlowlyRead(slowly(bytes, start, end));
        return end;
    }

    private static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** What is on a line that is not blank. */
    private T slowly(byte[] bytes, int from, int to) {
        try {
            return requireNonNull(slowReader.read(Utf8Lines.of(bytes, from, to)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes", e);
        }
    }
}
