package org.joblifecycle.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    // Of the cluster to which the jobs are submitted.
    private final Configuration cluster = new Configuration();

    @BeforeEach
    void submit() {
        CommandRun.Context.set(cluster, new CompletableFuture<>());
    }

    @AfterEach
    void end() {
        CommandRun.Context.unset();
    }

    @Test
    void aStreamIsOneWhateverTheClusterSays() throws Exception {
        cluster.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        assertEquals(
                RuntimeExecutionMode.STREAMING,
                Jobs.streaming("file:///checkpoints").getConfiguration().get(ExecutionOptions.RUNTIME_MODE));
    }

    @Test
    void checkpointsAreMadeEvery10SecondsUnlessTheClusterSaysOtherwise() throws Exception {
        assertEquals(
                Duration.ofSeconds(10),
                Jobs.streaming("file:///checkpoints")
                        .getConfiguration()
                        .get(CheckpointingOptions.CHECKPOINTING_INTERVAL));
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(3));
        assertEquals(
                Duration.ofMinutes(3),
                Jobs.streaming("file:///checkpoints")
                        .getConfiguration()
                        .get(CheckpointingOptions.CHECKPOINTING_INTERVAL));
    }

    @Test
    void theFolderForCheckpointsIsTheOneThatIsNamed() throws Exception {
        cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///of-the-cluster");
        ReadableConfig ofTheCluster = Jobs.streaming(null).getConfiguration();
        assertEquals("file:///of-the-cluster", ofTheCluster.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
        ReadableConfig named = Jobs.streaming("/named").getConfiguration();
        assertEquals("file:/named", named.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
    }

    // What Flink writes by itself, by Kryo, cannot be restored when a class has changed.
    @Test
    void noTypeIsGeneric() throws Exception {
        assertFalse(Jobs.environment().getConfiguration().get(PipelineOptions.GENERIC_TYPES));
        assertFalse(Jobs.streaming("file:///checkpoints").getConfiguration().get(PipelineOptions.GENERIC_TYPES));
        assertFalse(Jobs.local(1).get(PipelineOptions.GENERIC_TYPES));
        CommandRun.Context.unset();
        assertFalse(Jobs.environment().getConfiguration().get(PipelineOptions.GENERIC_TYPES));
    }
}
