package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Validation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobValues.Found;
import org.joblifecycle.json.fast.FastLines;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of an input in UTF-8, read as they are asked for. The input is a sequence of JSON values, laid out in one of two
 * ways, which its beginning tells:
 *
 * <ul>
 *   <li>JSON Lines: one value a line. A line that cannot be read is an {@link Unreadable} and the next one follows; blank lines
 *       are skipped.
 *   <li>Values one after another, each over as many lines as it likes: what {@code gcloud ... --format=json} and the REST API
 *       print. Where it breaks it ends, with an {@link Unreadable} that says so.
 * </ul>
 *
 * <p>A value is a job, an array of jobs, the answer of a list call ({@code {"tuningJobs": [...], "nextPageToken": ...}}) or an
 * answer that is an error. Members may have their JSON names or their proto names ({@code createTime}, {@code create_time}).
 *
 * <p>What is kept in memory does not grow with the input: in lines it is the fields that are read and the longest key or number;
 * else, and at the beginning of an input, an object of up to 64 MiB.
 *
 * <p>Not thread-safe, even where other threads read ahead. Closing it closes the input.
 */
public final class JobLines implements Iterator<JobLine>, Closeable {
    private final JsonInput in;
    private final JobKind fallback;
    private final int threads;

    /** Whether the input is lines, whatever it begins with. */
    private final boolean inLines;

    private boolean begun;
    private boolean ended;

    /** The input, if its values have as many lines as they like. */
    private @Nullable JobStream stream;

    /** The input, if it is lines: read straight from the bytes, on several threads, where a line is what the REST API prints. */
    private @Nullable FastLines<List<Found>> lines;

    /** The number of a line that, if it is no object by itself, is the beginning of one that is too large. */
    private long uncertainLine;

    /** Jobs of the last line that were not asked for yet. */
    private final Queue<JobLine> ready = new ArrayDeque<>();

    private @Nullable JobLine next;

    /**
     * The snapshots of an input, read ahead by several threads of its own: they read the lines of one input at the same time, and the
     * snapshots come in the order of the lines all the same. Nothing is read yet. The threads end with the input, with a
     * failure, or when this is closed. What is no JSON Lines is read by the thread that asks for the snapshots.
     *
     * @param in need not be buffered
     * @param fallback the kind of a job whose name tells none
     * @param threads how many, such as the number of processors; with 1, the thread that asks for the snapshots reads them itself
     * @throws IllegalArgumentException if threads is less than 1
     */
    public JobLines(InputStream in, JobKind fallback, int threads) {
        this(in, fallback, threads, false);
    }

    private JobLines(InputStream in, JobKind fallback, int threads, boolean inLines) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": expected 1 or more");
        }
        this.in = new JsonInput(requireNonNull(in, "in"));
        this.fallback = requireNonNull(fallback, "fallback");
        this.threads = threads;
        this.inLines = inLines;
    }

    /**
     * The snapshots of an input, read by the thread that asks for them; nothing is read yet.
     *
     * @param in need not be buffered
     * @param fallback the kind of a job whose name tells none
     */
    public JobLines(InputStream in, JobKind fallback) {
        this(in, fallback, 1);
    }

    /** The snapshots of an input, where a job whose name tells no kind is a tuning job; nothing is read yet. */
    public JobLines(InputStream in) {
        this(in, JobKind.TUNING_JOB);
    }

    /**
     * The snapshots on some of the lines of an input that {@linkplain #isInLines is in lines}: whoever reads such an input in parts
     * reads each of them like this. The numbers of the lines begin with 1 in each part; nothing is read yet.
     *
     * @param lines whole lines; need not be buffered. A byte order mark at the beginning of the input is no part of its lines
     * @param fallback the kind of a job whose name tells none
     */
    public static JobLines ofPart(InputStream lines, JobKind fallback) {
        return new JobLines(lines, fallback, 1, true);
    }

    /**
     * Whether the layout of an input is JSON Lines, so that some of its lines can be read without those before them. Reads as much
     * of it as tells, the first line mostly, and 64 MiB at most.
     *
     * @param in need not be buffered; is not closed
     * @throws NotJsonException if it is plainly no JSON
     */
    public static boolean isInLines(InputStream in) throws IOException {
        return JsonLayout.of(new JsonInput(requireNonNull(in, "in"))) == JsonLayout.LINES;
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
     * @throws UncheckedIOException if the input fails, if it is plainly no JSON ({@link NotJsonException}), or if other threads read
     *     ahead and the current thread is interrupted while it waits for them; there are no more snapshots then
     */
    @Override
    public boolean hasNext() {
        try {
            if (next == null && !ended) {
                next = read();
                ended |= next == null;
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
        if (stream != null) {
            return stream.next();
        }
        return lines == null ? null : read(lines);
    }

    private void begin() throws IOException {
        JsonLayout layout = inLines ? JsonLayout.LINES : JsonLayout.of(in);
        if (layout == JsonLayout.STREAM) {
            stream = new JobStream(in, fallback);
            return;
        }
        uncertainLine = layout == JsonLayout.LINES_OR_TOO_LARGE ? in.line() : 0;
        lines = new FastLines<>(in.rest(), in.line(), in.column() - 1, fallback, threads, this::readSlowly);
    }

    private @Nullable List<Found> readSlowly(Reader line) throws IOException {
        try (JsonParser parser = StrictJson.parser(line)) {
            return JobValues.readAll(parser, fallback);
        }
    }

    private @Nullable JobLine read(FastLines<List<Found>> lines) throws IOException {
        while (ready.isEmpty()) {
            if (!lines.advance()) {
                return null;
            }
            JobSnapshot job = lines.job();
            if (job != null) {
                return new JobLine(lines.number(), lines.kind(), Validation.valid(job), true);
            }
            List<Found> jobs = lines.slowlyRead();
            if (lines.number() == uncertainLine
                    && jobs.stream().anyMatch(found -> found.job().isMalformed())) {
                end();
                return JobStream.broken(fallback, BrokenJson.tooLarge(uncertainLine));
            }
            jobs.forEach(found -> ready.add(found.job().onLine(lines.number())));
        }
        return ready.poll();
    }

    @Override
    public void close() throws IOException {
        end();
        next = null;
        in.close();
    }
}
