package org.joblifecycle.flink;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sinks of lines such as {@link JobFinding#json}, each of which arrives exactly once. */
public final class LineSinks {
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private LineSinks() {}

    /**
     * Files in a folder, whose names end in {@code .jsonl}. In a stream a file is complete with the next checkpoint; until then its
     * name begins with a dot.
     *
     * @param folder in any file system that Flink knows
     */
    public static FileSink<String> inFolder(String folder) {
        return FileSink.forRowFormat(new Path(folder), new SimpleStringEncoder<String>("UTF-8"))
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(".jsonl").build())
                .build();
    }

    /**
     * The messages of a Kafka topic, written in transactions: a reader with {@code isolation.level=read_committed} gets each line
     * once, with the checkpoint after it.
     *
     * @param brokers {@code host:port}, several with commas between
     * @param transactions what the names of the transactions begin with: another for each job that writes to these brokers, and the
     *     same when a job is restored
     * @param properties more settings of Kafka's producer. {@code transaction.timeout.ms} is 15 minutes if they do not say otherwise,
     *     which is the most that brokers allow unless they are told to: a job that is down for longer loses what it wrote after
     *     its last checkpoint
     */
    public static KafkaSink<String> inTopic(String brokers, String topic, String transactions, Properties properties) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        settings.putAll(properties);
        return KafkaSink.<String>builder()
                .setBootstrapServers(brokers)
                .setKafkaProducerConfig(settings)
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactions)
                .build();
    }
}
