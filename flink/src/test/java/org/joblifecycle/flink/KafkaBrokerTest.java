package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.flink.KafkaBroker.message;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start(folder.resolve("broker"));
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void messagesThatWereSentAreRead() throws Exception {
        broker.createTopic("sent", 2);
        broker.send(
                List.of(message("sent", 1, "k", "a"), message("sent", 1, "k", null), message("sent", null, null, "b")));
        List<ConsumerRecord<byte[], byte[]>> read = broker.read("sent", true, 3, LONGEST);
        assertEquals(3, read.size());
        List<ConsumerRecord<byte[], byte[]>> keyed =
                read.stream().filter(each -> each.key() != null).toList();
        assertEquals(
                List.of(1, 1), keyed.stream().map(ConsumerRecord::partition).toList());
        assertArrayEquals("a".getBytes(UTF_8), keyed.get(0).value());
        assertNull(keyed.get(1).value());
    }

    @Test
    void fewerMessagesThanExpectedAreAnError() throws Exception {
        broker.createTopic("few", 1);
        broker.send(List.of(message("few", null, null, "a")));
        Duration second = Duration.ofSeconds(1);
        AssertionError error = assertThrows(AssertionError.class, () -> broker.read("few", true, 2, second));
        assertTrue(error.getMessage().contains("1 messages of few"), error.getMessage());
    }

    @Test
    void aBrokerThatCannotStartSaysWhy() throws Exception {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.createFile(full.resolve("data"));
        Exception error = assertThrows(IllegalStateException.class, () -> KafkaBroker.start(full));
        assertTrue(error.getMessage().contains("No available log directories"), error.getMessage());
    }

    @Test
    void openAndAbortedTransactionsAreNotCommitted() throws Exception {
        broker.createTopic("transactions", 1);
        try (KafkaProducer<byte[], byte[]> producer = transactional("test")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(message("transactions", null, null, "committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(message("transactions", null, null, "not committed")).get();
            assertEquals(List.of("committed"), values("transactions", true, 1));
            assertEquals(List.of("committed", "not committed"), values("transactions", false, 2));
            producer.abortTransaction();
        }
        broker.send(List.of(message("transactions", null, null, "later")));
        assertEquals(List.of("committed", "later"), values("transactions", true, 2));
        assertEquals(List.of("committed", "not committed", "later"), values("transactions", false, 3));
    }

    @Test
    void aBrokerThatWasKilledHasWhatWasCommitted() throws Exception {
        broker.createTopic("killed", 1);
        broker.send(List.of(message("killed", null, null, "sent")));
        try (KafkaProducer<byte[], byte[]> producer = transactional("killed")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(message("killed", null, null, "committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(message("killed", null, null, "open")).get();
            broker.kill();
            broker.restart();
            assertEquals(List.of("sent", "committed"), values("killed", true, 2));
            assertEquals(List.of("sent", "committed", "open"), values("killed", false, 3));
            producer.commitTransaction();
        }
        assertEquals(List.of("sent", "committed", "open"), values("killed", true, 3));
    }

    @Test
    void aJobOfFlinkWritesEachMessageOnce() throws Exception {
        List<String> values = IntStream.range(0, 1_000).mapToObj(i -> "v" + i).toList();
        broker.createTopic("input", 2);
        broker.createTopic("output", 2);
        broker.send(values.stream()
                .map(value -> message("input", null, value, value))
                .toList());
        Configuration configuration = new Configuration();
        // A job with checkpoints starts again for ever, unless it is told not to.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        flink.fromSource(source("input"), WatermarkStrategy.noWatermarks(), "source")
                .sinkTo(sink("output"));
        flink.execute();
        assertEquals(sorted(values), sorted(values("output", true, values.size())));
        assertEquals(values.size(), values("output", false, values.size()).size());
    }

    private static KafkaSource<String> source(String topic) {
        return KafkaSource.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build();
    }

    private static KafkaSink<String> sink(String topic) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                // Flink asks for one hour, and a broker allows 15 minutes.
                .setProperty("transaction.timeout.ms", "60000")
                .setTransactionalIdPrefix(topic)
                .build();
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> values(String topic, boolean committedOnly, int atLeast) {
        return broker.read(topic, committedOnly, atLeast, LONGEST).stream()
                .map(each -> new String(each.value(), UTF_8))
                .toList();
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }
}
