package org.joblifecycle.testkit;

import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes calls at the same time, in threads that do not keep a program from ending. */
final class ConcurrentCalls implements AutoCloseable {
    /** Seconds to wait for an answer. */
    private static final int PATIENCE = 30;

    /** Seconds to wait for threads that work at the same time. */
    private static final int TOTAL_PATIENCE = 120;

    private static final int SPINS = 2_000;

    private final Lazy<ExecutorService> threads = Lazy.of(ConcurrentCalls::daemons);

    static ExecutorService daemons() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does the same in several threads at the same time. The first failure is thrown.
     *
     * @throws NonconformanceError if one of them does, or does not end
     */
    static void inThreads(int number, Runnable use) {
        ExecutorService executor = daemons();
        try {
            for (Future<Object> done : executor.invokeAll(
                    Collections.nCopies(number, Executors.callable(use)), TOTAL_PATIENCE, TimeUnit.SECONDS)) {
                done.get();
            }
        } catch (CancellationException e) {
            throw new NonconformanceError(
                    Requirement.ANSWERED,
                    "concurrent jobs",
                    List.empty(),
                    "no answer within " + TOTAL_PATIENCE + " s",
                    "// " + number + " threads with jobs of their own",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NonconformanceError error) {
                throw error;
            }
            throw e.getCause() instanceof Check.NotTested notTested ? notTested : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the system was called", e);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Makes a call beside others. */
    <T> Future<T> begin(Callable<T> call) {
        return threads.get().submit(call);
    }

    /** What a call that has begun answers. */
    static <T> T await(Future<T> call) throws Exception {
        try {
            return call.get(PATIENCE, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("no answer within " + PATIENCE + " s");
        }
    }

    /** What each of these calls answers or throws, made at the same time. */
    <T> Seq<Either<Throwable, Option<T>>> atOnce(Seq<Callable<T>> calls) throws Exception {
        CountDownLatch start = new CountDownLatch(calls.size());
        Seq<Future<Either<Throwable, Option<T>>>> futures = calls.map(call -> begin(() -> {
            start.countDown();
            for (int spins = 0; spins < SPINS && start.getCount() > 0; spins++) {
                Thread.onSpinWait(); // a thread that sleeps comes late
            }
            start.await(PATIENCE, TimeUnit.SECONDS);
            try {
                return Either.<Throwable, Option<T>>right(Option.of(call.call()));
            } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
                return Either.<Throwable, Option<T>>left(e);
            }
        }));
        Vector<Either<Throwable, Option<T>>> answers = Vector.empty();
        for (Future<Either<Throwable, Option<T>>> future : futures) {
            answers = answers.append(await(future));
        }
        return answers;
    }

    @Override
    public void close() {
        if (threads.isEvaluated()) {
            threads.get().shutdownNow();
        }
    }
}
