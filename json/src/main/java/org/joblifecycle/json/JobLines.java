package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Validation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.fast.FastLines;
import org.joblifecycle.json.fast.Utf8Lines;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of an input in UTF-8, read as they are asked for: JSON Lines, a job a line, or one JSON array of jobs,
 * which is what {@code gcloud ... list --format=json} prints. A line that cannot be read is an {@link Unreadable} and the
 * next one follows; blank lines are skipped. What is kept in memory does not grow with the input, nor with a line, except for
 * the fields that are read and for the longest key or number.
 *
 * <p>Not thread-safe, even where other threads read ahead. Closing it closes the input.
 */
public final class JobLines implements Iterator<JobLine>, Closeable {
    private final Utf8Lines text;
    private final JobKind fallback;
    private final int threads;
    private boolean begun;
    private boolean ended;

    /** The input, if it is an array. */
    private @Nullable JobArray array;

    /** The input, if it is lines: read straight from the bytes, on several threads, where a line is what the REST API prints. */
    private @Nullable FastLines<ReadJob> lines;

    private @Nullable JobLine next;

    /**
     * The snapshots of an input, read ahead by several threads of its own: they read the lines of one input at the same time, and the
     * snapshots come in the order of the lines all the same. Nothing is read yet. The threads end with the input, with a
     * failure, or when this is closed. An array is read by the thread that asks for its elements.
     *
     * @param in JSON Lines or a JSON array; need not be buffered
     * @param fallback the kind of a job whose name tells none
     * @param threads how many, such as the number of processors; with 1, the thread that asks for the snapshots reads them itself
     * @throws IllegalArgumentException if threads is less than 1
     */
    public JobLines(InputStream in, JobKind fallback, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": expected 1 or more");
        }
        this.text = new Utf8Lines(requireNonNull(in, "in"));
        this.fallback = requireNonNull(fallback, "fallback");
        this.threads = threads;
    }

    /**
     * The snapshots of an input, read by the thread that asks for them; nothing is read yet.
     *
     * @param in JSON Lines or a JSON array; need not be buffered
     * @param fallback the kind of a job whose name tells none
     */
    public JobLines(InputStream in, JobKind fallback) {
        this(in, fallback, 1);
    }

    /** The snapshots of an input, where a job whose name tells no kind is a tuning job; nothing is read yet. */
    public JobLines(InputStream in) {
        this(in, JobKind.TUNING_JOB);
    }

    /** The rest of the snapshots as a lazy sequential stream; closing it closes the input. */
    public Stream<JobLine> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(() -> {
                    try {
                        close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /**
     * Whether there is another snapshot, readable or not.
     *
     * @throws UncheckedIOException if the input fails, or if other threads read ahead and the current thread is interrupted while
     *     it waits for them; there are no more snapshots then
     */
    @Override
    public boolean hasNext() {
        try {
            if (next == null && !ended) {
                next = read();
                ended = next == null;
            }
            return next != null;
        } catch (IOException e) {
            end();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    private void end() {
        ended = true;
        if (lines != null) {
            lines.stop();
        }
    }

    /**
     * The next snapshot, readable or not.
     *
     * @throws UncheckedIOException as {@link #hasNext} does
     * @throws NoSuchElementException if there is no other snapshot
     */
    @Override
    public JobLine next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the input has no more snapshots");
        }
        JobLine line = next;
        next = null;
        return line;
    }

    private @Nullable JobLine read() throws IOException {
        if (!begun) {
            begun = true;
            begin();
        }
        if (array != null) {
            return array.next();
        }
        return lines != null && lines.advance() ? line(lines) : null;
    }

    private void begin() throws IOException {
        if (text.skipToContent() == '[') {
            text.joinLines();
            array = new JobArray(text, text::line, fallback);
        } else {
            lines = new FastLines<>(text, fallback, threads, this::readSlowly);
        }
    }

    private @Nullable ReadJob readSlowly(Reader line) throws IOException {
        try (JsonParser parser = StrictJson.parser(line)) {
            return JobReader.readAll(parser, fallback);
        }
    }

    private static JobLine line(FastLines<ReadJob> lines) {
        JobSnapshot job = lines.job();
        return job == null
                ? lines.slowlyRead().onLine(lines.number())
                : new JobLine(lines.number(), lines.kind(), Validation.valid(job), true);
    }

    @Override
    public void close() throws IOException {
        end();
        next = null;
        if (array != null) {
            array.close();
        }
        text.close();
    }
}
