package org.joblifecycle.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

// Runs audits on a cluster within this process.
final class Runs {
    private Runs() {}

    static StreamExecutionEnvironment environment(int slots, String backend) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(CoreOptions.TMP_DIRS, "target/flink");
        config.set(StateBackendOptions.STATE_BACKEND, backend);
        config.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, 500L);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64L * slots));
        return StreamExecutionEnvironment.createLocalEnvironment(slots, config);
    }

    static List<String> names(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    // The findings of a batch in the order in which they come, as lines of JSON.
    static List<String> batch(FileAudit audit, int slots) throws Exception {
        return batch(audit, environment(slots, "hashmap"));
    }

    static List<String> batch(FileAudit audit, StreamExecutionEnvironment env) throws Exception {
        return collect(audit.in(env)
                .setParallelism(1)
                .map(JobFinding::json)
                .returns(Types.STRING)
                .setParallelism(1));
    }

    // What an audit of the files as streams finds, in no order: findings, then the places that were late.
    record Streamed(List<String> findings, List<Long> late) {}

    static Streamed stream(
            JobAudit audit, List<Path> files, WatermarkStrategy<JobRecord> watermarks, int slots, String backend)
            throws Exception {
        StreamExecutionEnvironment env = environment(slots, backend);
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.getConfig().setAutoWatermarkInterval(1); // milliseconds, so that some snapshots are late
        SingleOutputStreamOperator<JobFinding> violations = env.fromSource(
                        JobFiles.of(names(files), audit.fallback()), watermarks, "files")
                .keyBy(JobRecord::keyInSource, Types.STRING)
                .process(audit);
        DataStream<String> late = violations
                .getSideOutput(JobAudit.LATE)
                .map(record -> "late " + record.place().number())
                .returns(Types.STRING);
        List<String> lines = collect(violations
                .union(violations.getSideOutput(JobAudit.UNREADABLE))
                .map(JobFinding::json)
                .returns(Types.STRING)
                .union(late));
        return new Streamed(
                lines.stream()
                        .filter(line -> !line.startsWith("late "))
                        .sorted()
                        .toList(),
                lines.stream()
                        .filter(line -> line.startsWith("late "))
                        .map(line -> Long.valueOf(line.substring(5)))
                        .toList());
    }

    @SuppressWarnings("try") // an interrupt may come of it
    private static List<String> collect(DataStream<String> lines) throws Exception {
        List<String> all = new ArrayList<>();
        try (CloseableIterator<String> found = lines.executeAndCollect()) {
            found.forEachRemaining(all::add);
        }
        return all;
    }
}
