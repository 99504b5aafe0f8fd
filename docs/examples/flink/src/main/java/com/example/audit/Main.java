package com.example.audit;

import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.flink.JobMessages;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.flink.LineSinks;
import org.joblifecycle.job.JobKind;

/** Audits the topic {@code jobs}, and writes alerts to the topic {@code alerts}. */
public final class Main {
    private static final long CHECKPOINT_EVERY = 10_000; // milliseconds: alerts arrive with a checkpoint

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("expected one argument, the brokers: HOST:PORT");
            System.exit(2);
        }
        String brokers = args[0];
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(CHECKPOINT_EVERY);
        KafkaSource<JobRecord> source = KafkaSource.<JobRecord>builder()
                .setBootstrapServers(brokers)
                .setTopics("jobs")
                .setGroupId("alerts")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new JobMessages(JobKind.TUNING_JOB))
                .build();
        DataStream<JobRecord> snapshots =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "jobs").uid("jobs");
        Pipeline.alerts(snapshots)
                .sinkTo(LineSinks.inTopic(brokers, "alerts", "alerts", new Properties()))
                .uid("write-alerts");
        env.execute("alerts");
    }
}
