package org.joblifecycle.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.flink.Place;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StreamOptionsTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> emitted = new ArrayList<>();

    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add("" + watermark.getTimestamp());
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

    private final WatermarkGeneratorSupplier.Context context = new WatermarkGeneratorSupplier.Context() {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    };

    private static StreamOptions options(String... args) {
        StreamOptions options = new StreamOptions();
        CommandLine line = new CommandLine(options);
        Converters.register(line);
        FlinkCommand.registerWords(line);
        line.parseArgs(args);
        return options;
    }

    // What is emitted after a snapshot whose updateTime is 0, then after so many seconds of silence.
    private List<String> emitted(StreamOptions options, int seconds) {
        emitted.clear();
        WatermarkGenerator<JobRecord> watermarks = options.watermarks().createWatermarkGenerator(context);
        JobSnapshot job = JobSnapshot.of("7", JobState.RUNNING).withUpdateTime(Instant.EPOCH);
        JobRecord record = JobRecord.of(Place.ofLine("file", 1), job);
        watermarks.onEvent(record, record.timestamp(), output);
        watermarks.onPeriodicEmit(output);
        clock.advanceTime(seconds, TimeUnit.SECONDS);
        watermarks.onPeriodicEmit(output);
        return List.copyOf(emitted);
    }

    @Test
    void eachTimeIsForWhatItIsCalled() {
        StreamOptions options = options("--sort", "--out-of-order=3s", "--idle-after=20s");
        assertEquals(List.of("-3001", "-3001"), emitted(options, 19));
        assertEquals(List.of("-3001", "16999", "idle"), emitted(options, 20));
    }

    @Test
    void bothTimesAreAMinuteIfNothingIsSaid() {
        assertEquals(List.of("-60001", "-60001"), emitted(options("--sort"), 59));
        assertEquals(List.of("-60001", "-1", "idle"), emitted(options("--sort"), 60));
    }

    @Test
    void inOrderOfArrivalThereAreNoWatermarks() {
        assertEquals(List.of(), emitted(options(), 1000));
    }
}
