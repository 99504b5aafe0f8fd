package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.job;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.Inputs;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    @Test
    void threadsEndThoughTheInputIgnoresInterrupts() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
        InputStream endless = new FilterInputStream(Inputs.repeated(job("a") + "\n", Long.MAX_VALUE / 100)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                readers.add(Thread.currentThread());
                while (true) {
                    try {
                        stopped.await();
                        return super.read(target, offset, length);
                    } catch (InterruptedException e) {
                        // ignored, as by an input that knows nothing of threads
                    }
                }
            }
        };
        Utf8Lines text = new Utf8Lines(endless, new byte[1000]);
        ReadAhead<String> ahead =
                new ReadAhead<>(new LineBatches<>(text, JobKind.TUNING_JOB, 1000, LineBatchesTest::text), 2);
        Thread reader = readers.take();
        ahead.stop();
        stopped.countDown();
        reader.join(20_000);
        assertFalse(reader.isAlive());
    }
}
