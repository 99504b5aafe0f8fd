package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideTest {
    @TempDir
    private Path folder;

    private static void addTopicAudit(StreamExecutionEnvironment env, String brokers) {
        // guide: flink-topic
        KafkaSource<JobRecord> source = KafkaSource.<JobRecord>builder()
                .setBootstrapServers(brokers)
                .setTopics("jobs")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new JobMessages(JobKind.TUNING_JOB))
                .build();
        SingleOutputStreamOperator<JobFinding> violations = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "jobs")
                .uid("jobs")
                .keyBy(JobRecord::key)
                .process(JobAudit.observer().forgetFinishedAfter(Duration.ofDays(7)))
                .uid("audit");
        DataStream<JobFinding> unreadable = violations.getSideOutput(JobAudit.UNREADABLE);
        violations
                .union(unreadable)
                .map(JobFinding::json)
                .uid("lines")
                .sinkTo(LineSinks.inTopic(brokers, "findings", "audit-of-jobs", new Properties()))
                .uid("findings");
        // end
    }

    private static void addFileAudit(StreamExecutionEnvironment env, String jobs, String findings) {
        // guide: flink-files
        FileAudit.of(JobAudit.observer().inOrderOfUpdateTime(), List.of(jobs)) // such as s3://bucket/jobs/
                .together()
                .in(env)
                .map(JobFinding::json)
                .sinkTo(LineSinks.inFolder(findings));
        // end
    }

    private record Observed(String region, long sequence, JobSnapshot job) {}

    private static DataStream<JobFinding> audit(DataStream<Observed> observations) {
        // guide: flink-own
        DataStream<JobRecord> records =
                observations.map(each -> JobRecord.of(Place.ofOffset(each.region(), 0, each.sequence()), each.job()));
        return records.assignTimestampsAndWatermarks(JobAudit.watermarks(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .keyBy(JobRecord::key)
                .process(JobAudit.observer().inOrderOfUpdateTime())
                .uid("audit");
        // end
    }

    @Test
    void theAuditOfATopicWritesFindingsToATopic() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder)) {
            broker.createTopic("jobs", 2);
            broker.createTopic("findings", 1);
            JobSnapshot again = Jobs.running("7").withUpdateTime(Jobs.ENDED.plusSeconds(1));
            broker.send(Stream.of(
                            JobJson.write(Jobs.succeeded("7")),
                            JobJson.write(again),
                            "no job",
                            JobJson.write(Jobs.pending("8")))
                    .map(value -> KafkaBroker.message("jobs", null, Jobs.name("7"), value))
                    .toList());
            Configuration config = new Configuration();
            config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
            config.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    folder.resolve("checkpoints").toUri().toString());
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, config);
            addTopicAudit(env, broker.bootstrapServers());
            JobClient job = env.executeAsync();
            List<String> found = broker.read("findings", true, 3, Duration.ofSeconds(60)).stream()
                    .map(message -> new String(message.value(), UTF_8))
                    .map(line -> line.replaceFirst(".*\"offset\":(\\d+),.*\"rule\":\"([^\"]*)\".*", "$1 $2"))
                    .sorted()
                    .toList();
            job.cancel().get();
            assertEquals(List.of("1 end-time-changed", "1 transition-illegal", "2 malformed-json"), found);
        }
    }

    @Test
    void theAuditOfFilesWritesFindingsToFiles() throws Exception {
        Path jobs = Check.generate(folder.resolve("jobs"), 200, 9);
        Path findings = folder.resolve("findings");
        StreamExecutionEnvironment env = Runs.environment(2, "hashmap");
        addFileAudit(env, jobs.toString(), findings.toString());
        env.execute();
        assertEquals(Check.sorted(Check.findings(List.of(jobs), "--sort")), Check.sorted(Findings.inFolder(findings)));
    }

    @Test
    @SuppressWarnings("try") // an interrupt may come of it
    void snapshotsOfOnesOwnAreAudited() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        DataStream<Observed> observations = env.fromData(
                new Observed("us-central1", 1, Jobs.succeeded("7").withEndTime(null)),
                new Observed("us-central1", 2, Jobs.running("7")));
        try (var found = audit(observations).executeAndCollect()) {
            assertEquals("us-central1-0@1", found.next().place().toString());
        }
    }
}
