package org.joblifecycle.json.fast;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of an input of JSON Lines, in their order. A line that is what the REST API prints is read straight from its bytes,
 * any other line by a slow reader, which knows all of JSON and says what is wrong.
 *
 * <p>With more than one thread, several threads of its own read ahead. They end with the input, with a failure, or when
 * {@link #stop} is called. Not thread-safe all the same.
 *
 * @param <T> what the slow reader makes of a line
 */
public final class FastLines<T> {

    /** Reads any line, however it is written. Several threads call it at the same time. */
    public interface SlowReader<T> {
        /**
         * Reads a line.
         *
         * @param line the text of the line, without its LF
         * @return null if the line is blank
         * @throws IOException if the input fails; not if the line is malformed
         */
        @Nullable
        T read(Reader line) throws IOException;
    }

    private final LineBatches<T> batches;
    private final int threads;
    private @Nullable ReadAhead<T> ahead;
    private Batch<T> batch = new Batch<>(0);

    /** How many lines there are before the batch. */
    private long linesBefore;

    /**
     * The jobs of an input, or of the rest of one; nothing is read yet.
     *
     * @param in need not be buffered
     * @param firstLine the number of its first line, from 1
     * @param indent how many blanks of its first line it lacks
     * @param fallback the kind of a job whose name tells none
     * @param threads how many read ahead; with 1, the thread that asks for the jobs reads them itself
     */
    public FastLines(
            InputStream in, long firstLine, long indent, JobKind fallback, int threads, SlowReader<T> slowReader) {
        this.batches =
                new LineBatches<>(new Utf8Lines(in, indent), fallback, LineBatches.bufferSize(threads), slowReader);
        this.threads = threads;
        this.linesBefore = firstLine - 1;
    }

    /**
     * Goes to the next line that is not blank.
     *
     * @return false at the end
     * @throws IOException if the input fails, or if other threads read ahead and this one is interrupted while it waits for
     *     them; there is no more then
     */
    public boolean advance() throws IOException {
        while (!batch.advance()) {
            Batch<T> next = nextBatch();
            if (next == null) {
                return false;
            }
            linesBefore += batch.lines();
            batch = next;
        }
        return true;
    }

    /** The next batch. If there is more than one, and other threads may read, they make it. */
    private @Nullable Batch<T> nextBatch() throws IOException {
        Supplier<Batch<T>> rest = batch.rest();
        if (rest != null) {
            return rest.get();
        }
        if (ahead == null && threads > 1 && batch.lines() > 0) {
            ahead = new ReadAhead<>(batches, threads);
        }
        if (ahead != null) {
            return ahead.next();
        }
        Supplier<Batch<T>> next = batches.next();
        return next == null ? null : next.get();
    }

    /** The number of the line in the input, from 1. */
    public long number() {
        return linesBefore + batch.number();
    }

    /** The job on the line; null if the slow reader read it, see {@link #slowlyRead}. */
    public @Nullable JobSnapshot job() {
        return batch.job();
    }

    /** The kind of the {@link #job}: the one that its name tells, or the fallback. */
    public JobKind kind() {
        return batch.kind();
    }

    /** What the slow reader made of the line. */
    public T slowlyRead() {
        return batch.slowlyRead();
    }

    /** Lets the threads end. */
    public void stop() {
        if (ahead != null) {
            ahead.stop();
        }
    }
}
