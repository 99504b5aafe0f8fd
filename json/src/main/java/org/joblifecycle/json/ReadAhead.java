package org.joblifecycle.json;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.joblifecycle.json.LineReader.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a reader in their order, made ahead by several threads. Each of them reads some lines, in turn, and then
 * makes a batch of them while others read on. They wait when enough batches are ahead.
 */
final class ReadAhead {
    private static final int BATCHES_A_THREAD = 4;

    private final LineReader reader;
    private final BlockingQueue<Future<@Nullable Batch>> batches;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @throws OutOfMemoryError if there cannot be so many threads; none goes on then
     */
    ReadAhead(LineReader reader, int threads) {
        this.reader = reader;
        this.batches = new ArrayBlockingQueue<>(BATCHES_A_THREAD * threads);
        try {
            for (int i = 1; i <= threads; i++) {
                Thread thread = new Thread(this::work, "job-lines-" + i);
                thread.setDaemon(true);
                thread.start();
                this.threads.add(thread);
            }
        } catch (OutOfMemoryError e) {
            stop();
            throw e;
        }
    }

    private void work() {
        try {
            boolean goesOn = true;
            while (goesOn && !stopped) {
                goesOn = makeBatch();
            }
        } catch (InterruptedException e) {
            // nobody wants more
        }
    }

    private boolean makeBatch() throws InterruptedException {
        CompletableFuture<@Nullable Batch> batch = new CompletableFuture<>();
        try {
            Supplier<Batch> lines = readInTurn(batch);
            batch.complete(lines == null ? null : lines.get());
            return lines != null;
        } catch (IOException | RuntimeException | Error e) {
            batch.completeExceptionally(e);
            return false;
        }
    }

    /** Reads some lines and puts what will be their batch behind the others; null at the end. */
    private synchronized @Nullable Supplier<Batch> readInTurn(Future<@Nullable Batch> batch)
            throws IOException, InterruptedException {
        if (ended) {
            return null;
        }
        batches.put(batch);
        ended = true; // unless all goes well
        Supplier<Batch> lines = reader.next();
        ended = lines == null;
        return lines;
    }

    /**
     * The next batch.
     *
     * @return null at the end
     * @throws IOException if the input failed, or the thread was interrupted before or while it waited; there is no more then
     */
    @Nullable
    Batch next() throws IOException {
        try {
            return batches.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException defect ? defect : new IllegalStateException(cause);
        }
    }

    /** Lets the threads end. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }
}
