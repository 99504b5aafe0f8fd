package org.joblifecycle.flink;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The latest updateTime less the time by which a snapshot may come later. Where nothing comes for a while, time goes on by the
 * clock, so that the last snapshots do not wait for ever, and others are not held back.
 */
final class UpdateTimeWatermarks implements WatermarkGenerator<JobRecord> {
    private final long outOfOrderness;
    private final long idleAfter;
    private final RelativeClock clock;
    private long latest = Long.MIN_VALUE;
    private long lastRecord;

    UpdateTimeWatermarks(Duration outOfOrderness, Duration idleAfter, RelativeClock clock) {
        this.outOfOrderness = outOfOrderness.toMillis();
        this.idleAfter = idleAfter.toMillis();
        this.clock = clock;
        this.lastRecord = clock.relativeTimeMillis();
    }

    @Override
    public void onEvent(JobRecord record, long timestamp, WatermarkOutput output) {
        latest = Math.max(latest, timestamp);
        lastRecord = clock.relativeTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long silent = clock.relativeTimeMillis() - lastRecord;
        if (silent < idleAfter) {
            emit(output, 0);
            return;
        }
        emit(output, silent);
        output.markIdle();
    }

    private void emit(WatermarkOutput output, long silent) {
        if (latest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(latest + silent - outOfOrderness - 1));
        }
    }
}
