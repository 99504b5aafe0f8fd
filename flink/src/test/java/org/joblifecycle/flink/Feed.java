package org.joblifecycle.flink;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

// Sends things from time to time: each time a part of what is left, so that there is always more to come; the rest when
// it is told to.
final class Feed implements AutoCloseable {
    private static final int PARTS = 200;
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final int count;
    private final Part part;
    private final ScheduledFuture<?> sending;
    private int sent;

    interface Part {
        void send(int from, int to) throws Exception;
    }

    private Feed(int count, Part part) {
        this.count = count;
        this.part = part;
        sending = thread.scheduleWithFixedDelay(this::sendPart, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Feed start(int count, Part part) {
        return new Feed(count, part);
    }

    private void sendPart() {
        send(Math.min(count, sent + Math.max(1, (count - sent) / PARTS)));
    }

    private synchronized void send(int to) {
        try {
            part.send(sent, to);
            sent = to;
        } catch (Exception e) {
            throw new IllegalStateException("sending " + sent + " to " + to, e);
        }
    }

    int sent() throws Exception {
        checkSending();
        synchronized (this) {
            return sent;
        }
    }

    // A part that failed was the last.
    private void checkSending() throws Exception {
        if (sending.isDone()) {
            sending.get();
        }
    }

    // Sends the rest, and returns when all was sent.
    void finish(Duration most) throws Exception {
        checkSending();
        sending.cancel(false);
        thread.submit(() -> send(count)).get(most.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
