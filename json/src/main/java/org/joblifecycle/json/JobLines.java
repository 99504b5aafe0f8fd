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
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of an input in UTF-8, read as they are asked for: JSON Lines, a job a line, or one JSON array of jobs,
 * which is what {@code gcloud ... list --format=json} prints. A line that cannot be read is an {@link Unreadable} and the
 * next one follows; blank lines are passed over. What is kept in memory does not grow with the input, nor with a line,
 * except for the fields that are read and for the longest key or number.
 *
 * <p>Not thread-safe. Closing it closes the input.
 */
public final class JobLines implements Iterator<JobLine>, Closeable {
    private final Utf8Lines text;
    private final JobKind fallback;
    private @Nullable JsonParser array;
    private boolean begun;
    private boolean ended;
    private @Nullable JobLine next;

    /**
     * The snapshots of an input; nothing is read yet.
     *
     * @param in JSON Lines or a JSON array; need not be buffered
     * @param fallback the kind of a job whose name tells none
     */
    public JobLines(InputStream in, JobKind fallback) {
        this.text = new Utf8Lines(requireNonNull(in, "in"));
        this.fallback = requireNonNull(fallback, "fallback");
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
     * @throws UncheckedIOException if the input fails; it has no more then
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
            ended = true;
            throw new UncheckedIOException(e);
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
        if (!(begun ? array != null || text.nextLine() : begin())) {
            return null;
        }
        if (array != null) {
            return readElement(array);
        }
        JobLine line = readLine();
        while (line == null && text.nextLine()) {
            line = readLine();
        }
        return line;
    }

    private boolean begin() throws IOException {
        begun = true;
        int first = text.skipToContent();
        if (first == '[') {
            text.joinLines();
            array = JobJson.FACTORY.createParser(text);
            array.nextToken();
        }
        return first >= 0;
    }

    /** The job on this line; null if the line is blank. */
    private @Nullable JobLine readLine() throws IOException {
        try (JsonParser parser = JobJson.FACTORY.createParser(text)) {
            return JobJson.readOnly(parser, fallback)
                    .map(job -> new JobLine(text.line(), job, true))
                    .getOrNull();
        }
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
        ended = true;
        if (array != null) {
            array.close();
        }
        text.close();
    }
}
