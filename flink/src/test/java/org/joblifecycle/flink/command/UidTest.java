package org.joblifecycle.flink.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.flink.FileAudit;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobFiles;
import org.joblifecycle.flink.JobFinding;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

// Without a uid of its own the state of a step is lost when the job around it changes.
class UidTest {
    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        config.set(PipelineOptions.GENERIC_TYPES, false);
        return StreamExecutionEnvironment.createLocalEnvironment(2, config);
    }

    private static OutputOptions output() {
        OutputOptions output = new OutputOptions();
        new CommandLine(output).parseArgs("--findings-folder=f", "--findings-topic=f");
        return output;
    }

    private static Brokers brokers() {
        Brokers brokers = new Brokers();
        new CommandLine(brokers).parseArgs("--brokers=localhost:1");
        return brokers;
    }

    private static void assertHasUids(StreamExecutionEnvironment env) {
        assertTrue(env.getStreamGraph().getJobGraph().getNumberOfVertices() > 1);
    }

    @Test
    void everyStepOfAStreamHasAUid() {
        StreamOptions options = new StreamOptions();
        CommandLine line = new CommandLine(options);
        Converters.register(line);
        FlinkCommand.registerWords(line);
        line.parseArgs("--sort", "--late-folder=l", "--late-topic=l");
        StreamExecutionEnvironment env = environment();
        StreamAudit.add(
                env.fromSource(JobFiles.of(List.of("jobs"), JobKind.TUNING_JOB), options.watermarks(), "jobs")
                        .uid("jobs"),
                JobRecord::key,
                options,
                output(),
                "test",
                brokers());
        assertHasUids(env);
    }

    @Test
    void everyStepOfABatchHasAUid() {
        StreamExecutionEnvironment env = environment();
        output().writeFindings(
                        FileAudit.of(JobAudit.observer(), List.of("jobs"))
                                .in(env)
                                .map(JobFinding::json)
                                .returns(Types.STRING)
                                .uid("lines"),
                        "test",
                        brokers());
        assertHasUids(env);
    }
}
