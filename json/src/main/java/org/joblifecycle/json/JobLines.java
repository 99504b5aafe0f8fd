package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.LineReader.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of an input in UTF-8, read as they are asked for: JSON Lines, a job a line, or one JSON array of jobs,
 * which is what {@code gcloud ... list --format=json} prints. A line that cannot be read is an {@link Unreadable} and the
 * next one follows; blank lines are passed over. What is kept in memory does not grow with the input, nor with a line,
 * except for the fields that are read and for the longest key or number.
 *
 * <p>Not thread-safe, even where other threads read ahead. Closing it closes the input.
 */
public final class JobLines implements Iterator<JobLine>, Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int BUFFER_AHEAD = 1 << 20;

    private final Utf8Lines text;
    private final JobKind fallback;
    private final int threads;
    private final LineReader lines;
    private @Nullable JsonParser array;
    private @Nullable ReadAhead ahead;
    private boolean begun;
    private boolean ended;
    private Iterator<JobLine> batch = Collections.emptyIterator();

    /** How many lines stand before the batch, and behind it. */
    private long linesBefore;

    private long linesWithin;
    private @Nullable Supplier<Batch> restOfBatch;
    private @Nullable JobLine next;

    /**
     * The snapshots of an input, read ahead by threads of their own: several of them parse the lines of one input, which come
     * out in their order all the same. Nothing is read yet. The threads end with the input, with a failure, or when
     * this is closed. An array is read by the thread that asks for its elements.
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
        this.text = new Utf8Lines(requireNonNull(in, "in"), new byte[BUFFER + JobScanner.SLACK]);
        this.fallback = requireNonNull(fallback, "fallback");
        this.threads = threads;
        this.lines = new LineReader(text, fallback, (threads == 1 ? BUFFER : BUFFER_AHEAD) + JobScanner.SLACK);
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

    /** The snapshots of an input where a name that tells no kind is a tuning job's; nothing is read yet. */
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
     * @throws UncheckedIOException if the input fails, or if other threads read ahead and the thread is interrupted while it
     *     waits for them; it has no more then
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
        if (ahead != null) {
            ahead.stop();
        }
    }

    /**
     * The next snapshot, readable or not.
     *
     * @throws UncheckedIOException if the input fails
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
            begin();
        }
        if (array != null) {
            return readElement(array);
        }
        while (!batch.hasNext()) {
            linesBefore += linesWithin;
            Batch more = nextBatch();
            if (more == null) {
                return null;
            }
            batch = more.jobs().iterator();
            linesWithin = more.lines();
            restOfBatch = more.rest();
        }
        JobLine line = batch.next();
        return new JobLine(linesBefore + line.number(), line.job(), line.isElement());
    }

    private void begin() throws IOException {
        begun = true;
        if (text.skipToContent() == '[') {
            text.joinLines();
            array = JobJson.FACTORY.createParser(text);
            array.nextToken();
        } else {
            linesBefore = text.line() - 1;
        }
    }

    /** The next batch; if there is more than one, and there are to be threads, it is theirs. */
    private @Nullable Batch nextBatch() throws IOException {
        if (restOfBatch != null) {
            return restOfBatch.get();
        }
        if (ahead == null && threads > 1 && linesWithin > 0) {
            ahead = new ReadAhead(lines, threads);
        }
        if (ahead != null) {
            return ahead.next();
        }
        Supplier<Batch> more = lines.next();
        return more == null ? null : more.get();
    }

    /** The next element of the array; null at its end. */
    private @Nullable JobLine readElement(JsonParser parser) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            long line = text.line();
            if (token == JsonToken.START_OBJECT) {
                return new JobLine(line, JobReader.read(parser, fallback), true);
            }
            if (token != JsonToken.END_ARRAY) {
                parser.skipChildren();
                parser.finishToken(); // a string is read only now, and may break off
                return new JobLine(
                        line, JobJson.malformed("expected a JSON object, found " + JobJson.describe(token)), true);
            }
            ended = true;
            return parser.nextToken() == null ? null : rest("expected nothing after the array");
        } catch (JsonProcessingException | CharConversionException e) {
            ended = true;
            return rest("the array cannot be read on: " + JobJson.fault(e, parser));
        }
    }

    private JobLine rest(String message) {
        return new JobLine(text.line(), JobJson.malformed(message), false);
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
