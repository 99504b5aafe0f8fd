package org.joblifecycle.flink.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.Console;

// Runs the command in this process: to its end, or in a thread until it is closed.
public final class CommandRun implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CompletableFuture<JobClient> job = new CompletableFuture<>();
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    private CommandRun() {}

    public record Result(int exit, String out, String err) {}

    public static Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(InputStream.nullInputStream(), out, err, false, false, false);
        int exit = FlinkCommand.run(console, args);
        return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    // What a cluster is configured with on which a job fails at once, and soon commits what it has found.
    private static Configuration configuration() {
        Configuration config = new Configuration();
        config.set(CoreOptions.DEFAULT_PARALLELISM, 2);
        config.set(PipelineOptions.AUTO_GENERATE_UIDS, false); // so a step without one fails
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, 500L);
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        return config;
    }

    // Returns when the job was submitted, to a cluster within this process.
    public static CommandRun start(String... args) throws Exception {
        Configuration local = configuration();
        local.set(DeploymentOptions.TARGET, "local");
        local.set(DeploymentOptions.ATTACHED, true);
        CommandRun command = new CommandRun();
        Thread thread = new Thread(
                () -> {
                    Context.set(local, command.job);
                    try {
                        command.result.complete(run(args));
                    } catch (RuntimeException | Error e) {
                        command.result.completeExceptionally(e);
                    } finally {
                        Context.unset();
                    }
                },
                "command");
        thread.setDaemon(true);
        thread.start();
        CompletableFuture.anyOf(command.job, command.result).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        if (!command.job.isDone()) {
            throw new AssertionError("no job was submitted: " + command.result.get());
        }
        return command;
    }

    // Waits for the end of a job that has one.
    public Result result() throws Exception {
        return result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    public boolean isRunning() {
        return !result.isDone();
    }

    // Polls; the command must not end before.
    public void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.call()) {
            if (!isRunning()) {
                throw new AssertionError("it ended before " + what + ": " + result.get());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + LONGEST.toSeconds() + " s in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    // Cancels the job, and waits until the command has ended.
    @Override
    public void close() {
        if (isRunning()) {
            job.join().cancel().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
            result.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    // What the command finds as the environment of the cluster to which it is submitted.
    @SuppressWarnings("try") // an interrupt may come of it
    static final class Context extends StreamExecutionEnvironment {
        static void set(Configuration config, CompletableFuture<JobClient> job) {
            initializeContextEnvironment(ofTheClient -> {
                StreamExecutionEnvironment env = new StreamExecutionEnvironment(config);
                env.registerJobListener(new JobListener() {
                    @Override
                    public void onJobSubmitted(JobClient client, Throwable failure) {
                        if (client != null) {
                            job.complete(client);
                        }
                    }

                    @Override
                    public void onJobExecuted(JobExecutionResult executed, Throwable failure) {
                        // the command says it
                    }
                });
                return env;
            });
        }

        static void unset() {
            resetContextEnvironment();
        }
    }
}
