package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * One broker of Kafka, its own controller, in a process of its own on loopback. It can be killed and started again. It
 * dies with the process that started it. What it says is in the file broker.log of its folder.
 */
final class KafkaBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    private static final int LOG_TAIL_LINES = 40;

    private final Path folder;
    private final String clusterId = Uuid.randomUuid().toString();
    private final int port;
    private Process process;

    private KafkaBroker(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = freePort();
        int controllerPort = freePort();
        while (controllerPort == port) {
            controllerPort = freePort();
        }
        writeProperties(controllerPort);
        writeJavaArguments();
    }

    /** Starts a broker with its data in a folder, and returns when it answers. */
    static KafkaBroker start(Path folder) throws IOException, InterruptedException {
        KafkaBroker broker = new KafkaBroker(folder);
        broker.startProcess();
        return broker;
    }

    /** A message with texts. A partition of null leaves the choice to Kafka; key and value may be null too. */
    static ProducerRecord<byte[], byte[]> message(String topic, Integer partition, String key, String value) {
        return new ProducerRecord<>(
                topic,
                partition,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8));
    }

    String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Creates a topic, and returns when messages can be sent to it. */
    void createTopic(String name, int partitions) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + LONGEST_CALL.toNanos();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
            while (!hasLeaders(admin, name)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the topic " + name + " has no leader" + logTail());
                }
            }
        }
    }

    private static boolean hasLeaders(Admin admin, String topic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            return false; // The controller knows it, the broker does not yet.
        }
    }

    /** Sends messages without a transaction, in their order, and answers where they are when all are stored. */
    List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> messages)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                client(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> message : messages) {
                sent.add(producer.send(message));
            }
            producer.flush();
            List<RecordMetadata> places = new ArrayList<>();
            for (Future<RecordMetadata> each : sent) {
                places.add(each.get());
            }
            return places;
        }
    }

    /**
     * The messages of a topic from its beginning to its end, ordered within each partition. It waits for {@code atLeast}
     * messages; if there are fewer when the time is up, that is an {@link AssertionError}. With {@code committedOnly} the
     * messages of aborted transactions are skipped, and a partition ends where the first open transaction begins.
     */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, boolean committedOnly, int atLeast, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        Map<String, Object> configuration = client(Map.of(
                "isolation.level",
                committedOnly ? "read_committed" : "read_uncommitted",
                "allow.auto.create.topics",
                "false",
                "default.api.timeout.ms",
                String.valueOf(within.toMillis())));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalArgumentException("there is no topic " + topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                if (read.size() >= atLeast && isAtEnd(consumer)) {
                    return read;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("after " + within + " " + read.size() + " messages of " + topic
                            + " were read, at least " + atLeast + " expected");
                }
            }
        }
    }

    // The end for a consumer of committed messages is where the first open transaction begins.
    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Sends a message in a transaction that is aborted. */
    void sendAborted(ProducerRecord<byte[], byte[]> message) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                client(Map.of("transactional.id", "aborted")), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(message).get();
            producer.abortTransaction();
        }
    }

    /** Commits the offset at which a group of consumers goes on in the first partition of a topic. */
    void commit(String group, String topic, long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    /** The names of the transactions that it knows. */
    List<String> transactions() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
        }
    }

    /** Kills the process, as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts the broker again, on the same port and with its data, and returns when it answers. Kills it if it runs. */
    void restart() throws IOException, InterruptedException {
        kill();
        startProcess();
    }

    @Override
    public void close() {
        kill();
    }

    private void startProcess() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(
                        java.toString(),
                        "@" + folder.resolve("java.arguments"),
                        KafkaBroker.class.getName(),
                        properties().toString(),
                        clusterId)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        boolean started = false;
        try {
            awaitStart();
            started = true;
        } finally {
            if (!started) {
                kill();
            }
        }
    }

    private void awaitStart() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try (Admin admin = admin()) {
            while (!answers(admin)) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the broker ended with " + process.exitValue() + logTail());
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the broker did not start in " + LONGEST_START + logTail());
                }
            }
        }
    }

    // Another broker may have the port, so the cluster is compared. A broker that is not ready is no node.
    private boolean answers(Admin admin) throws InterruptedException {
        DescribeClusterResult cluster = admin.describeCluster(new DescribeClusterOptions().timeoutMs(1_000));
        try {
            return cluster.clusterId().get().equals(clusterId)
                    && !cluster.nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }

    private Admin admin() {
        return Admin.create(client(Map.of("default.api.timeout.ms", String.valueOf(LONGEST_CALL.toMillis()))));
    }

    // Clients try every 100 ms to connect, so that they notice a start soon.
    private Map<String, Object> client(Map<String, String> more) {
        Map<String, Object> configuration = new HashMap<>(more);
        configuration.put("bootstrap.servers", bootstrapServers());
        configuration.put("reconnect.backoff.max.ms", "100");
        return configuration;
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return "; its log ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "; its log cannot be read: " + e;
        }
    }

    private void writeProperties(int controllerPort) throws IOException {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("log.dirs", folder.resolve("data").toString());
        // The internal topics ask for three brokers and 50 partitions.
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("auto.create.topics.enable", "false");
        // A broker that was killed is let in again when its session ends, by default after 9 s.
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "250");
        // By default this takes 128 MiB, half of the heap.
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        try (OutputStream out = Files.newOutputStream(properties())) {
            properties.store(out, null);
        }
    }

    // In a file, because a class path may be longer than a command may be.
    private void writeJavaArguments() throws IOException {
        String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
        Files.writeString(
                folder.resolve("java.arguments"),
                "-Xmx256m\n-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n-cp \"" + classPath + "\"\n");
    }

    // Below the ports that systems give to clients: a client that tries to connect to a broker that is dead could get
    // its
    // port, and connect to itself.
    private static int freePort() throws IOException {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it.
            }
        }
        throw new IOException("no port is free");
    }

    /** The process of the broker. It formats the storage if that was not done. */
    public static void main(String[] args) {
        // The pipe ends with the process that holds its other end, however that dies.
        Thread starter = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The same as its end.
            }
            Runtime.getRuntime().halt(1);
        });
        starter.setDaemon(true);
        starter.start();
        try {
            String[] format = {"format", "--ignore-formatted", "--config", args[0], "--cluster-id", args[1]};
            int status = StorageTool.execute(format, System.err);
            if (status != 0) {
                throw new IllegalStateException("the storage cannot be formatted: " + status);
            }
            // As kafka.Kafka does, which says nothing of a failure where there is no log.
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(Utils.loadProps(args[0])), Time.SYSTEM);
            server.startup();
            server.awaitShutdown();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
