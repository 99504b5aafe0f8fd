package org.joblifecycle.flink.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.flink.JobMessages;
import org.joblifecycle.flink.JobRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Audits Kafka topics that never end. */
@Command(
        name = "topic",
        description = {
            "Audits the job snapshots in Kafka topics, from the offsets that were committed or else from the beginning.",
            "",
            "The value of a message is a job as JSON. All snapshots of a job have to be in one partition, in their order:"
                    + " give messages the name of the job as their key. Where that cannot be had, --sort.",
            ""
        },
        footer = {
            "",
            SubmittedJob.EXIT_CODES,
            "",
            "Example:",
            "  flink run -d JOB.jar topic jobs --brokers kafka:9092 --findings-topic findings \\",
            "      --checkpoints s3://bucket/checkpoints/"
        })
final class TopicCommand extends SubmittedJob {
    /** Where a job begins to read. */
    enum Begin {
        COMMITTED,
        EARLIEST,
        LATEST
    }

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "job-lifecycle",
            description = "The consumer group under which offsets are committed. Default: ${DEFAULT-VALUE}.")
    private String group = "";

    @Option(
            names = "--begin",
            paramLabel = "WHERE",
            defaultValue = "committed",
            description =
                    "committed: what the group has committed, else the beginning; earliest; or latest. A job that is"
                            + " restored goes on where it was. Default: ${DEFAULT-VALUE}.")
    private Begin begin = Begin.COMMITTED;

    @Option(names = "--to-latest", description = "End at what is the end of the topics when the job starts.")
    private boolean toLatest;

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The topics to audit.")
    private List<String> topics = new ArrayList<>();

    TopicCommand(Console console) {
        super(console);
    }

    @Override
    List<String> inputs() {
        return topics;
    }

    @Override
    StreamExecutionEnvironment job() throws Refused, IOException {
        brokers().check(topics);
        output().check(brokers());
        options.check(brokers());
        StreamExecutionEnvironment env = Jobs.streaming(options.checkpoints());
        DataStream<JobRecord> records =
                env.fromSource(source(), options.watermarks(), "read topics").uid("read-topics");
        StreamAudit.add(records, JobRecord::key, options, output(), name(), brokers());
        return env;
    }

    @SuppressWarnings("deprecation") // Flink's connector asks for Kafka's old type
    private KafkaSource<JobRecord> source() {
        KafkaSourceBuilder<JobRecord> source = KafkaSource.<JobRecord>builder()
                .setBootstrapServers(brokers().address())
                .setProperties(brokers().properties())
                .setTopics(topics)
                .setGroupId(group)
                .setStartingOffsets(
                        switch (begin) {
                            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
                            case EARLIEST -> OffsetsInitializer.earliest();
                            case LATEST -> OffsetsInitializer.latest();
                        })
                .setDeserializer(new JobMessages(options.options().fallback()));
        if (toLatest) {
            source.setBounded(OffsetsInitializer.latest());
        }
        return source.build();
    }
}
