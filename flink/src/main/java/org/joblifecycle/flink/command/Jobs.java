package org.joblifecycle.flink.command;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.joblifecycle.cli.command.Console;
import org.jspecify.annotations.Nullable;

/** The environments in which the jobs run: of the cluster to which they are submitted, or one within this process. */
final class Jobs {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final MemorySize LONGEST_FINDING = MemorySize.ofMebiBytes(32);
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(128);

    private Jobs() {}

    /** The cluster to which the job is submitted; one within this process if it is not. */
    static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        if (env instanceof LocalStreamEnvironment) {
            int slots = Runtime.getRuntime().availableProcessors();
            return StreamExecutionEnvironment.createLocalEnvironment(slots, local(slots));
        }
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        env.configure(config);
        return env;
    }

    /**
     * The configuration of a cluster within this process.
     *
     * @param slots how many tasks run at the same time
     */
    static Configuration local(int slots) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(CoreOptions.TMP_DIRS, TemporaryFolder.path());
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY.multiply(slots));
        config.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, AuditProgress.INTERVAL); // by which they tell counts
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none"); // so that it ends with a message
        config.set(CollectSinkOperatorFactory.MAX_BATCH_SIZE, LONGEST_FINDING);
        // A source now and then misses its end, and waits for this long (FLINK-40660).
        config.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, CLOSE_TIMEOUT.toMillis());
        return config;
    }

    /**
     * The environment of a stream, which makes checkpoints: without them nothing would arrive exactly once.
     *
     * @param checkpoints the folder for checkpoints; null if the configuration of the cluster names one
     * @throws Refused if there is no folder for checkpoints
     * @throws IOException if the default file system cannot be used
     */
    static StreamExecutionEnvironment streaming(@Nullable String checkpoints) throws Refused, IOException {
        StreamExecutionEnvironment env = environment();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING); // whatever the cluster says: it keeps the order
        Configuration config = new Configuration();
        if (checkpoints != null) {
            config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, qualified(new Path(checkpoints)));
        } else if (env.getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .isEmpty()) {
            throw new Refused("there is no folder for checkpoints: name one with --checkpoints, or with "
                    + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key() + " in the configuration of the cluster");
        }
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
        }
        env.configure(config);
        return env;
    }

    /**
     * Runs a job to its end, or submits it. While it runs within this process it shows on a terminal how far it is.
     *
     * @throws Refused if it fails
     */
    static void execute(Console console, StreamExecutionEnvironment env, String name) throws Refused {
        try {
            if (env instanceof LocalStreamEnvironment) {
                JobClient job = env.executeAsync(name);
                AuditProgress progress = AuditProgress.show(console, job);
                try {
                    job.getJobExecutionResult().get();
                } finally {
                    progress.end();
                }
            } else {
                env.execute(name);
            }
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** What to say of a job that failed. */
    static Refused failed(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return new Refused(
                "the job failed: " + root.getClass().getSimpleName() + (message == null ? "" : ": " + message), e);
    }

    /** The path with the scheme of the default file system if it has none: for checkpoints alone Flink asks for one. */
    private static String qualified(Path path) throws IOException {
        boolean hasScheme = path.toUri().getScheme() != null;
        return (hasScheme ? path : path.makeQualified(path.getFileSystem())).toString();
    }
}
