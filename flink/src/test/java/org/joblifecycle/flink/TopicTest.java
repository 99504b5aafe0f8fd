package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.joblifecycle.flink.command.CommandRun;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class TopicTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String NO_END =
            "endTime is missing: a TuningJob that is SUCCEEDED carries the time when it ended";

    @TempDir
    static Path folder;

    static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start(folder.resolve("broker"));
        broker.createTopic("there", 1);
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void whatCannotBeReadIsAFindingWhereItIs() throws Exception {
        broker.createTopic("unreadable", 2);
        broker.createTopic("unreadable-findings", 1);
        String array = "[" + faulty("1") + ",\n" + faulty("2") + "]";
        String list = "{\"tuningJobs\": [" + faulty("3") + ", {\"state\": 4}], \"nextPageToken\": \"x\"}";
        broker.send(List.of(
                new ProducerRecord<>("unreadable", 1, null, "{\"name\": ".getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, new byte[] {'{', '"', (byte) 0xC3, '(', '"', '}'}),
                new ProducerRecord<>("unreadable", 1, null, new byte[0]),
                new ProducerRecord<>("unreadable", 1, null, null),
                new ProducerRecord<>("unreadable", 1, null, array.getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, list.getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, "name: x".getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, "no job".getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, " \r\n".getBytes(UTF_8)),
                new ProducerRecord<>("unreadable", 1, null, "[]".getBytes(UTF_8))));
        Path found = folder.resolve("unreadable-found");
        CommandRun.Result result = CommandRun.run(topic(
                "unreadable",
                "--to-latest",
                "--findings-folder",
                found.toString(),
                "--findings-topic",
                "unreadable-findings"));
        assertEquals(new CommandRun.Result(0, "", ""), result);
        List<String> expected = List.of(
                malformed(0, "the input cannot be read on: the JSON breaks off at column 10"),
                malformed(1, "not UTF-8 at column 3"),
                malformed(2, "the message is empty: expected a job as JSON"),
                finding(4, "\"" + Jobs.name("1") + "\"", "end-time-required", "\"endTime\"", NO_END),
                finding(4, "\"" + Jobs.name("2") + "\"", "end-time-required", "\"endTime\"", NO_END),
                finding(5, "\"" + Jobs.name("3") + "\"", "end-time-required", "\"endTime\"", NO_END),
                finding(
                        5,
                        "null",
                        "name-missing",
                        "\"name\"",
                        "name is missing: expected the resource name of the job, such as"
                                + " projects/p/locations/l/tuningJobs/7"),
                malformed(
                        6,
                        "this is no JSON: it looks like YAML, which gcloud prints by default: ask for JSON with"
                                + " --format=json"),
                malformed(
                        7,
                        "not JSON at column 3: Unrecognized token 'no': was expecting (JSON String, Number, Array, Object"
                                + " or token 'null', 'true' or 'false')"),
                malformed(8, "the message is empty: expected a job as JSON"));
        Findings.assertSame(expected, Findings.inFolder(found));
        Findings.assertSame(expected, Findings.inTopic(broker, "unreadable-findings", true, expected.size(), MOST));
        assertTrue(
                broker.transactions().stream()
                        .anyMatch(name -> name.startsWith("unreadable: findings to unreadable-findings")),
                () -> "the option --transactions names them");
    }

    private static String malformed(int offset, String message) {
        return finding(offset, "null", "malformed-json", "null", message);
    }

    private static String finding(int offset, String job, String rule, String field, String message) {
        return "{\"topic\":\"unreadable\",\"partition\":1,\"offset\":" + offset + ",\"job\":" + job + ",\"rule\":\""
                + rule + "\",\"field\":" + field + ",\"message\":\"" + message + "\"}";
    }

    @Test
    void aPartitionThatFallsSilentHoldsUpNoOthersAndTheLastSnapshotsAreAuditedToo() throws Exception {
        int partitions = 3;
        broker.createTopic("silent", partitions + 2);
        broker.createTopic("silent-findings", 1);
        // Of the two others one has a single old message, and one has none.
        List<String> lines = new ArrayList<>(List.of(job("old", JobState.SUCCEEDED, -86_400)));
        for (int i = 0; i < 400; i++) {
            // Running and pending, but the second is read first.
            lines.add(job("" + i / 2, i % 2 == 0 ? JobState.PENDING : JobState.RUNNING, 60 - i % 2 + i));
        }
        List<RecordMetadata> places = new ArrayList<>(broker.send(List.of(message(lines.get(0), partitions))));
        List<String> inFile = Check.findings(
                List.of(Check.write(folder.resolve("silent.jsonl"), String.join("\n", lines))), "--sort");
        try (CommandRun command = CommandRun.start(topic(
                        "silent",
                        "--sort",
                        "--out-of-order",
                        "3s",
                        "--idle-after",
                        "1s",
                        "--findings-topic",
                        "silent-findings"));
                Feed feed = Feed.start(lines.size() - 1, (from, to) -> {
                    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
                    for (int i = from; i < to; i++) {
                        messages.add(message(lines.get(i + 1), i / 2 % partitions));
                    }
                    places.addAll(broker.send(messages));
                })) {
            Findings.inTopic(broker, "silent-findings", true, 10, MOST);
            assertTrue(feed.sent() < lines.size() - 1);
            feed.finish(MOST);
            List<String> found = Findings.inTopic(broker, "silent-findings", true, inFile.size(), MOST);
            Findings.assertSame(Findings.moved(inFile, places), found);
            assertTrue(command.isRunning());
        }
    }

    private static ProducerRecord<byte[], byte[]> message(String line, int partition) {
        return KafkaBroker.message("silent", partition, null, line);
    }

    private static String job(String id, JobState state, int seconds) {
        return JobJson.write(JobSnapshot.of(Jobs.name(id), state)
                .withCreateTime(Jobs.NOON.minusSeconds(100_000))
                .withUpdateTime(Jobs.NOON.plusSeconds(seconds)));
    }

    private static String faulty(String id) {
        return JobJson.write(Jobs.succeeded(id).withEndTime(null));
    }

    // Kafka may lose the last commit of a run that ends; then the second reads it again.
    @Test
    void aSecondRunLosesNothing() throws Exception {
        broker.createTopic("twice", 1);
        Path found = folder.resolve("twice-found");
        for (int i = 1; i <= 2; i++) {
            broker.send(List.of(KafkaBroker.message("twice", null, null, faulty("" + i))));
            String[] arguments = topic("twice", "--to-latest", "--findings-folder", found.toString());
            assertEquals(new CommandRun.Result(0, "", ""), CommandRun.run(arguments));
            assertEquals(i, Set.copyOf(Findings.inFolder(found)).size());
        }
    }

    @Test
    void aJobBeginsWhereItIsTold() throws Exception {
        broker.createTopic("begin", 1);
        broker.send(Stream.of("1", "2", "3")
                .map(id -> KafkaBroker.message("begin", 0, null, faulty(id)))
                .toList());
        broker.commit("begin", "begin", 2);
        assertEquals(List.of(2), offsets("begin", "committed"));
        assertEquals(List.of(0, 1, 2), offsets("begin", "earliest"));
        assertEquals(List.of(), offsets("begin", "latest"));
    }

    // Of the messages with a finding, up to what is the end now.
    private static List<Integer> offsets(String name, String begin, String... options) throws Exception {
        Path found = Files.createTempDirectory(folder, name);
        List<String> all =
                new ArrayList<>(List.of("--to-latest", "--begin", begin, "--findings-folder", found.toString()));
        all.addAll(List.of(options));
        assertEquals(new CommandRun.Result(0, "", ""), CommandRun.run(topic(name, all.toArray(String[]::new))));
        return Findings.inFolder(found).stream()
                .map(finding -> Integer.valueOf(finding.replaceFirst(".*\"offset\":(\\d+),.*", "$1")))
                .sorted()
                .toList();
    }

    @Test
    void settingsOfTheClientsReachThem() throws Exception {
        broker.createTopic("settings", 1);
        broker.createTopic("settings-findings", 1);
        broker.sendAborted(KafkaBroker.message("settings", 0, null, faulty("1")));
        broker.send(List.of(KafkaBroker.message("settings", 0, null, faulty("2"))));
        // The first is at offset 0, and 1 is where the transaction ends.
        assertEquals(List.of(0, 2), offsets("settings", "earliest"));
        assertEquals(List.of(2), offsets("settings", "earliest", "--property", "isolation.level=read_committed"));
        CommandRun.Result refused = CommandRun.run(topic(
                "settings",
                "--to-latest",
                "--findings-topic",
                "settings-findings",
                "--property",
                "transaction.timeout.ms=" + Duration.ofHours(1).toMillis()));
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("The transaction timeout is larger than the maximum"), refused.err());
    }

    @Test
    void aNameThatTellsNoKindIsReadAsTheOneThatIsNamed() throws Exception {
        broker.createTopic("kinds", 1);
        broker.send(List.of(
                KafkaBroker.message("kinds", 0, null, "{\"name\":\"job 7\",\"jobState\":\"JOB_STATE_RUNNING\"}")));
        Path found = folder.resolve("kinds-found");
        String[] arguments = topic(
                "kinds", "--to-latest", "--kind", "notebook-execution-job", "--findings-folder", found.toString());
        assertEquals(new CommandRun.Result(0, "", ""), CommandRun.run(arguments));
        List<String> rules = Findings.inFolder(found).stream()
                .map(finding -> finding.replaceFirst(".*\"rule\":\"([^\"]*)\".*", "$1"))
                .sorted()
                .toList();
        assertEquals(List.of("create-time-required"), rules);
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        assertRefused(
                "there is no topic jobs at " + broker.bootstrapServers(), topic("jobs", "--findings-topic", "there"));
        assertRefused(
                "there is no topic jobs at " + broker.bootstrapServers(),
                topic("jobs", "--findings-topic", "there", "there"));
        assertRefused(
                "there is no topic findings at " + broker.bootstrapServers(),
                topic("there", "--findings-topic", "findings"));
        assertRefused(
                "there is no topic no topic at " + broker.bootstrapServers(),
                topic("no topic", "--findings-topic", "there"));
        assertRefused(
                "there is no topic late at " + broker.bootstrapServers(),
                topic("there", "--sort", "--findings-topic", "there", "--late-topic", "late"));
    }

    @Test
    void brokersThatDoNotAnswerAreNamedSoon() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertRefused(
                    "no broker answers at " + address + " within 10 s",
                    "topic",
                    "--brokers",
                    address,
                    "--findings-folder",
                    "found",
                    "jobs");
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingStarts() {
        assertRefused(
                "no brokers are named: expected --brokers HOST:PORT", "topic", "jobs", "--findings-folder", "found");
        assertRefused(
                "cannot use the brokers at nowhere: Invalid url in bootstrap.servers: nowhere",
                "topic",
                "--brokers",
                "nowhere",
                "--findings-folder",
                "found",
                "jobs");
        assertRefused("findings go nowhere: name a place with --findings-folder or --findings-topic", topic("there"));
        assertRefused(
                "there is no folder for checkpoints: name one with --checkpoints, or with execution.checkpointing.dir in"
                        + " the configuration of the cluster",
                "topic",
                "--brokers",
                broker.bootstrapServers(),
                "--findings-folder",
                "found",
                "there");
    }

    private static String[] topic(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "topic",
                "--brokers",
                broker.bootstrapServers(),
                "--group",
                name,
                "--transactions",
                name,
                "--checkpoints",
                folder.resolve("checkpoints").toString()));
        arguments.addAll(List.of(options));
        arguments.add(name);
        return arguments.toArray(String[]::new);
    }

    private static void assertRefused(String why, String... arguments) {
        assertEquals(new CommandRun.Result(2, "", "job-lifecycle: " + why + "\n"), CommandRun.run(arguments));
    }
}
