package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkProcessesTest {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int KEYS = 7;
    // One source, and two of the rest.
    private static final int TASKS = 3;

    @TempDir
    Path folder;

    private Path jar;
    private Path out;

    // Writes the sum so far of the numbers with the same remainder, for each number. Flink wants it public.
    public static final class Sums {
        private Sums() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(2);
            env.fromSource(
                            new DataGeneratorSource<>(
                                    number -> number,
                                    Long.parseLong(args[1]),
                                    RateLimiterStrategy.perSecond(Double.parseDouble(args[2])),
                                    Types.LONG),
                            WatermarkStrategy.noWatermarks(),
                            "numbers")
                    .setParallelism(1)
                    .keyBy(number -> number % KEYS)
                    .reduce(Long::sum)
                    .sinkTo(FileSink.forRowFormat(
                                    new org.apache.flink.core.fs.Path(args[0]), new SimpleStringEncoder<Long>())
                            .withBucketAssigner(new BasePathBucketAssigner<>())
                            .withRollingPolicy(OnCheckpointRollingPolicy.build())
                            .build());
            env.execute("sums");
        }
    }

    @BeforeEach
    void makeJar() throws IOException, URISyntaxException {
        jar = FlinkProcesses.jar(folder.resolve("sums.jar"), Sums.class);
        out = folder.resolve("out");
    }

    @Test
    void aJobRunsAndFinishes() throws Exception {
        try (FlinkProcesses cluster = start(1, 2, Map.of())) {
            String job = submit(cluster, 1000, 10_000);
            cluster.awaitState(job, "FINISHED", MOST);
            assertEquals(0, cluster.runningTasks(job));
            assertEquals(0, cluster.numberOfRestarts(job));
        }
        assertEquals(sums(1000), written());
    }

    @Test
    void aJobGoesOnOnceATaskManagerIsReplaced() throws Exception {
        try (FlinkProcesses cluster = start(2, 1, Map.of())) {
            String job = submit(cluster, 3000, 500);
            awaitCheckpoint(cluster, job);
            assertEquals("RUNNING", cluster.state(job));

            cluster.killTaskManager(0);
            assertEquals(2, cluster.startTaskManager());
            // There may be more: each attempt without enough slots fails at once.
            cluster.await("a restart", MOST, () -> cluster.numberOfRestarts(job) > 0);
            cluster.awaitRunningTasks(job, TASKS, MOST);
            cluster.awaitState(job, "FINISHED", MOST);
            assertNotEquals(0, cluster.restoredCheckpoints(job));
        }
        assertEquals(sums(3000), written());
    }

    @Test
    void aJobGoesOnOnceTheJobManagerIsThereAgain() throws Exception {
        try (FlinkProcesses cluster = start(2, 1, Map.of("high-availability.type", "zookeeper"))) {
            String job = submit(cluster, 3000, 500);
            awaitCheckpoint(cluster, job);

            cluster.killJobManager();
            assertEquals("UNKNOWN", cluster.state(job));
            cluster.startJobManager();
            cluster.awaitRunningTasks(job, TASKS, MOST);
            cluster.awaitState(job, "FINISHED", MOST);
            assertEquals(1, cluster.restoredCheckpoints(job));
        }
        assertEquals(sums(3000), written());
    }

    private FlinkProcesses start(int taskManagers, int slotsEach, Map<String, String> more) throws Exception {
        Map<String, String> config = new HashMap<>(more);
        config.put("execution.checkpointing.interval", "500 ms");
        config.put(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        config.put("restart-strategy.type", "fixed-delay");
        config.put("restart-strategy.fixed-delay.attempts", "100");
        config.put("restart-strategy.fixed-delay.delay", "200 ms");
        return FlinkProcesses.start(
                Files.createDirectories(folder.resolve("cluster")), taskManagers, slotsEach, config);
    }

    private String submit(FlinkProcesses cluster, int numbers, int perSecond) throws Exception {
        return cluster.run(
                jar, Sums.class, out.toUri().toString(), Integer.toString(numbers), Integer.toString(perSecond));
    }

    private static void awaitCheckpoint(FlinkProcesses cluster, String job) throws Exception {
        cluster.awaitRunningTasks(job, TASKS, MOST);
        cluster.await("a checkpoint", MOST, () -> cluster.completedCheckpoints(job) > 0);
    }

    private static List<Long> sums(int numbers) {
        long[] sums = new long[KEYS];
        return LongStream.range(0, numbers)
                .map(number -> sums[(int) (number % KEYS)] += number)
                .sorted()
                .boxed()
                .toList();
    }

    // What is committed: the names of other files begin with a dot.
    private List<Long> written() throws IOException {
        List<Long> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path each : files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                Files.readAllLines(each).forEach(line -> all.add(Long.valueOf(line)));
            }
        }
        return all.stream().sorted().toList();
    }
}
