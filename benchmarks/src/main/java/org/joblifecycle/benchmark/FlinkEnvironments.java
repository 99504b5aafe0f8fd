package org.joblifecycle.benchmark;

import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Clusters within this process. */
final class FlinkEnvironments {
    static final String HEAP = "hashmap";
    static final String ROCKSDB = "rocksdb";

    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(128);

    private FlinkEnvironments() {}

    /**
     * A cluster that gives up where a task fails.
     *
     * @param folder for what does not fit into memory, and for checkpoints
     */
    static StreamExecutionEnvironment local(int slots, String backend, Path folder) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(StateBackendOptions.STATE_BACKEND, backend);
        // Without these it slows down from some millions of jobs on.
        config.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
        config.setString("state.backend.rocksdb.use-bloom-filter", "true");
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY.multiply(slots));
        config.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, 500L); // it waits in vain now and then: FLINK-40660
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(CoreOptions.TMP_DIRS, folder.toString());
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return StreamExecutionEnvironment.createLocalEnvironment(slots, config);
    }
}
