package org.joblifecycle.json.fast;

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
import org.jspecify.annotations.Nullable;

/**
 * Batches in the order of their lines, made ahead by several threads. The threads take turns: one reads some lines, then makes
 * a batch of them while others read on. They wait when enough batches are ready.
 *
 * @param <T> what the slow reader makes of a line
 */
final class ReadAhead<T> {
    private static final int BATCHES_A_THREAD = 4;

    private final LineBatches<T> lines;
    private final BlockingQueue<Future<@Nullable Batch<T>>> batches;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @throws OutOfMemoryError if so many threads cannot be started; those that were end
     */
    ReadAhead(LineBatches<T> lines, int threads) {
        this.lines = lines;
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
            boolean more = true;
            while (more && !stopped) {
                more = makeBatch();
            }
        } catch (InterruptedException e) {
            // stopped
        }
    }

    /** Makes the next batch; answers whether there may be another. */
    private boolean makeBatch() throws InterruptedException {
        CompletableFuture<@Nullable Batch<T>> batch = new CompletableFuture<>();
        try {
            Supplier<Batch<T>> next = readInTurn(batch);
            batch.complete(next == null ? null : next.get());
            return next != null;
        } catch (IOException | RuntimeException | Error e) {
            batch.completeExceptionally(e);
            return false;
        }
    }

    /** Reads the next lines and queues what will be their batch; null at the end. */
    private synchronized @Nullable Supplier<Batch<T>> readInTurn(Future<@Nullable Batch<T>> batch)
            throws IOException, InterruptedException {
        if (ended) {
            return null;
        }
        batches.put(batch);
        ended = true; // also if reading fails
        Supplier<Batch<T>> next = lines.next();
        ended = next == null;
        return next;
    }

    /**
     * The next batch.
     *
     * @return null at the end
     * @throws IOException if the input failed, or the thread was interrupted before or while it waited; there is no more then
     */
    @Nullable
    Batch<T> next() throws IOException {
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
