package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class UpdateTimeWatermarksTest {
    private static final long NOON = Jobs.NOON.toEpochMilli();

    private final ManualClock clock = new ManualClock();
    private final List<String> emitted = new ArrayList<>();
    private final UpdateTimeWatermarks watermarks =
            new UpdateTimeWatermarks(Duration.ofMillis(100), Duration.ofMillis(1000), clock);

    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add("" + (watermark.getTimestamp() - NOON));
        }

        @Override
        public void markIdle() {
            emitted.add("idle");
        }

        @Override
        public void markActive() {
            emitted.add("active");
        }
    };

    private void read(Instant updateTime) {
        JobRecord record =
                JobRecord.of(Place.ofLine("file", 1), Jobs.pending("7").withUpdateTime(updateTime));
        watermarks.onEvent(record, record.timestamp(), output);
    }

    private List<String> after(long milliseconds) {
        clock.advanceTime(milliseconds, TimeUnit.MILLISECONDS);
        emitted.clear();
        watermarks.onPeriodicEmit(output);
        return List.copyOf(emitted);
    }

    @Test
    void theWatermarkIsTheLatestUpdateTimeLessTheOutOfOrderness() {
        assertEquals(List.of(), after(0));
        read(Jobs.NOON.plusMillis(500));
        read(Jobs.NOON);
        assertEquals(List.of("399"), after(200));
    }

    @Test
    void aPartThatFallsSilentGoesOnByTheClockAndHoldsNobodyBack() {
        read(Jobs.NOON);
        assertEquals(List.of("-101"), after(999));
        assertEquals(List.of("899", "idle"), after(1));
        assertEquals(List.of("1899", "idle"), after(1000));
        read(Jobs.NOON.plusMillis(3000));
        assertEquals(List.of("2899"), after(10));
    }

    @Test
    void aPartInWhichNothingCameYetIsIdle() {
        assertEquals(List.of(), after(999));
        assertEquals(List.of("idle"), after(1));
    }

    @Test
    void snapshotsWithoutUpdateTimeMoveNothing() {
        read(null);
        assertEquals(List.of(), after(10));
        assertEquals(List.of("idle"), after(1000));
    }
}
