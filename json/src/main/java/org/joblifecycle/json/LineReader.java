package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an input, as many at a time as a buffer holds. It is not thread-safe, but the batches that it answers
 * can be made at any time, by any thread.
 */
final class LineReader {
    /** Bounds what is kept of lines that are short: the rest of them is made when it is asked for. */
    private static final int MOST_LINES = 1 << 13;

    private final Utf8Lines text;
    private final JobKind fallback;
    private final int bufferSize;
    private final Names names;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final Queue<Keys> idleKeys = new ConcurrentLinkedQueue<>();
    private boolean withinLine;

    LineReader(Utf8Lines text, JobKind fallback, int bufferSize) {
        this.text = text;
        this.fallback = fallback;
        this.bufferSize = bufferSize;
        this.names = new Names(fallback);
    }

    /**
     * The jobs of some lines.
     *
     * @param jobs numbered as if the first of these lines were the first of all
     * @param lines how many lines there are, blank ones too
     * @param rest what makes the batch of the lines that follow these in the buffer; null if none do
     */
    record Batch(List<JobLine> jobs, long lines, @Nullable Supplier<Batch> rest) {}

    /**
     * The next batch, at least one line.
     *
     * @return what makes the batch; null if there is no more
     * @throws IOException if the input fails before there is a whole line
     */
    @Nullable
    Supplier<Batch> next() throws IOException {
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
            int start = lines.arrayOffset() + lines.position();
            int to = lines.arrayOffset() + lines.limit();
            return () -> batch(bytes, start, to);
        }
        if (!text.hasMore()) {
            return null;
        }
        withinLine = true;
        Batch batch = longLine();
        return () -> batch;
    }

    private byte[] buffer() {
        byte[] buffer = buffers.poll();
        return buffer == null ? new byte[bufferSize] : buffer;
    }

    /** A line that is longer than the buffer is read while it comes in. */
    private Batch longLine() throws IOException {
        Validation<Unreadable, JobSnapshot> job = slowly(text);
        return new Batch(job == null ? List.of() : List.of(new JobLine(1, job, true)), 1, null);
    }

    private @Nullable Validation<Unreadable, JobSnapshot> slowly(Utf8Lines line) throws IOException {
        try (JsonParser parser = JobJson.FACTORY.createParser(line)) {
            return JobJson.readOnly(parser, fallback).getOrNull();
        }
    }

    private Batch batch(byte[] bytes, int from, int to) {
        Keys keys = idleKeys.poll();
        if (keys == null) {
            keys = new Keys(JobScanner.KEYS);
        }
        JobScanner scanner = new JobScanner(bytes, names, keys);
        List<JobLine> jobs = new ArrayList<>();
        long number = 0;
        int start = from;
        while (start < to && number < MOST_LINES) {
            number++;
            int end = scanner.skipSpace(start);
            if (bytes[end] != '\n') {
                JobSnapshot job = scanner.read(end);
                end = job == null ? lineEnd(bytes, end) : scanner.end();
                jobs.add(new JobLine(number, job == null ? slowly(bytes, start, end) : Validation.valid(job), true));
            }
            start = end + 1;
        }
        if (!keys.areMany()) {
            idleKeys.add(keys);
        }
        if (start < to) {
            int restStart = start;
            return new Batch(jobs, number, () -> batch(bytes, restStart, to));
        }
        if (bytes.length == bufferSize) { // the first one may be smaller
            buffers.add(bytes);
        }
        return new Batch(jobs, number, null);
    }

    private static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** The job on a line that is not blank. */
    private Validation<Unreadable, JobSnapshot> slowly(byte[] bytes, int from, int to) {
        try {
            return requireNonNull(slowly(Utf8Lines.of(bytes, from, to)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes", e);
        }
    }
}
