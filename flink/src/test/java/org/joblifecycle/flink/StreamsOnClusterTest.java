package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.joblifecycle.flink.command.FlinkCommand;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsOnClusterTest {
    private static final int JOBS = Integer.getInteger("flink.megabytes", 15) * 150;
    private static final int PARTITIONS = 4;
    private static final Duration MOST = Duration.ofSeconds(60 + JOBS / 50);
    private static final Pattern NAME = Pattern.compile("\"name\":\"(projects/[^\"]*)\"");
    private static final Pattern UPDATE_TIME = Pattern.compile("\"updateTime\":\"([^\"]*Z)\"");
    private static final Pattern JOB_AND_RULE = Pattern.compile("\"job\":\"([^\"]*)\",\"rule\":\"([^\"]*)\"");

    @TempDir
    static Path folder;

    static FlinkProcesses cluster;
    static Path jar;
    static Path jobs;
    private String job;
    static final List<Integer> taskManagers = new ArrayList<>(List.of(0, 1));

    @BeforeAll
    static void start() throws Exception {
        jar = JobJar.make(folder.resolve("job.jar"));
        jobs = Check.generate(folder.resolve("jobs.jsonl"), JOBS, 1);
        Map<String, String> config = new HashMap<>();
        config.put("parallelism.default", "4");
        config.put("high-availability.type", "zookeeper");
        config.put("execution.checkpointing.interval", "500 ms");
        config.put(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        config.put("source.reader.close.timeout", "1000");
        config.put("restart-strategy.type", "fixed-delay");
        config.put("restart-strategy.fixed-delay.attempts", "200");
        config.put("restart-strategy.fixed-delay.delay", "200 ms");
        cluster = FlinkProcesses.start(Files.createDirectory(folder.resolve("cluster")), 2, 2, config);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @AfterEach
    void cancel() throws Exception {
        if (job != null) {
            cluster.cancel(job);
        }
    }

    @Test
    void findingsInATopicAreCommittedOnceThoughProcessesAreKilled() throws Exception {
        // The last message of each partition has a finding: with that all before it were read.
        List<String> lines = new ArrayList<>(Files.readAllLines(jobs));
        lines.addAll(Collections.nCopies(PARTITIONS, "{}"));
        List<String> inFile =
                Check.findings(List.of(Check.write(folder.resolve("sent.jsonl"), String.join("\n", lines))));
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
            broker.createTopic("jobs", PARTITIONS);
            broker.createTopic("findings", 1);
            List<RecordMetadata> places = new ArrayList<>();
            try (Feed feed =
                    Feed.start(lines.size(), (from, to) -> places.addAll(broker.send(messages(lines, from, to))))) {
                job = cluster.run(
                        jar,
                        FlinkCommand.class,
                        "topic",
                        "--brokers",
                        broker.bootstrapServers(),
                        "--findings-topic",
                        "findings",
                        "jobs");
                killInTurn(job, feed);
                feed.finish(MOST);
            }
            // A message is an input of its own.
            List<String> expected = Findings.moved(inFile, places).stream()
                    .map(finding -> finding.replace(
                            "\"message\":\"the JSON breaks off",
                            "\"message\":\"the input cannot be read on: the JSON breaks off"))
                    .toList();
            Findings.inTopic(broker, "findings", true, expected.size(), MOST);
            awaitCheckpoints(job, 2);
            List<String> committed = Findings.inTopic(broker, "findings", true, expected.size(), MOST);
            Findings.assertSame(expected, committed);
            assertEquals(violationsByJob(expected), violationsByJob(committed));
            List<String> all = Findings.inTopic(broker, "findings", false, expected.size(), MOST);
            assertTrue(all.containsAll(committed));
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> messages(List<String> lines, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Matcher name = NAME.matcher(lines.get(i));
            int fromEnd = lines.size() - 1 - i;
            messages.add(KafkaBroker.message(
                    "jobs", fromEnd < PARTITIONS ? fromEnd : null, name.find() ? name.group(1) : null, lines.get(i)));
        }
        return messages;
    }

    // In the order in which they came. What cannot be read is in none, since it is found elsewhere.
    private static Map<String, List<String>> violationsByJob(List<String> findings) {
        Set<String> rules = Stream.of(Rule.values()).map(Rule::id).collect(Collectors.toSet());
        Map<String, List<String>> all = new HashMap<>();
        for (String each : findings) {
            Matcher matcher = JOB_AND_RULE.matcher(each);
            if (matcher.find() && rules.contains(matcher.group(2))) {
                all.computeIfAbsent(matcher.group(1), job -> new ArrayList<>()).add(each);
            }
        }
        return all;
    }

    @Test
    void findingsInAFolderAreCommittedOnceThoughProcessesAreKilled() throws Exception {
        List<String> lines = Files.readAllLines(Check.shuffle(
                Check.write(folder.resolve("recent.jsonl"), recent(Files.readAllLines(jobs))),
                folder.resolve("shuffled.jsonl"),
                100));
        Path watched = Files.createDirectory(folder.resolve("watched"));
        Path found = folder.resolve("found");
        Path late = folder.resolve("late");
        List<Path> files = new ArrayList<>();
        int each = Math.max(1, lines.size() / 500);
        for (int i = 0; i < lines.size(); i += each) {
            files.add(watched.resolve("%06d.jsonl".formatted(i)));
        }
        try (Feed feed = Feed.start(files.size(), (from, to) -> {
            for (int i = from; i < to; i++) {
                List<String> some = lines.subList(i * each, Math.min(lines.size(), (i + 1) * each));
                move(String.join("\n", some), files.get(i));
            }
        })) {
            job = cluster.run(
                    jar,
                    FlinkCommand.class,
                    "watch",
                    "--together",
                    "--sort",
                    "--out-of-order",
                    disorder(lines).toSeconds() + 1 + "s",
                    "--interval",
                    "300ms",
                    "--findings-folder",
                    found.toString(),
                    "--late-folder",
                    late.toString(),
                    watched.toString());
            killInTurn(job, feed);
            feed.finish(MOST);
        }
        List<String> expected = Check.findings(files, "--together", "--sort");
        int[] number = {0};
        cluster.await("all findings", MOST, () -> {
            // So that each reader gets one, and time goes on for all of them.
            for (int i = 0; i < 4; i++) {
                String id = "later-" + number[0]++;
                Instant time = Instant.parse("2035-01-01T00:00:00Z").plusSeconds(number[0]);
                move(
                        JobJson.write(Jobs.pending(id).withCreateTime(time).withUpdateTime(time)),
                        watched.resolve("z" + id + ".jsonl"));
            }
            return Findings.inFolder(found).size() >= expected.size();
        });
        awaitCheckpoints(job, 2);
        Findings.assertSame(expected, Findings.inFolder(found));
        assertEquals(List.of(), Findings.inFolder(late));
    }

    private static void move(String text, Path file) throws IOException {
        Path hidden = Check.write(file.resolveSibling("." + file.getFileName()), text);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    // Without what was last changed hours before: else all would have to wait for so long.
    private static String recent(List<String> lines) {
        StringBuilder recent = new StringBuilder();
        Instant latest = Instant.EPOCH;
        for (String line : lines) {
            Instant time = updateTime(line);
            if (time == null || !time.isBefore(latest.minus(Duration.ofHours(3)))) {
                recent.append(line).append('\n');
            }
            latest = time != null && time.isAfter(latest) ? time : latest;
        }
        return recent.toString();
    }

    private static Duration disorder(List<String> lines) {
        Duration most = Duration.ZERO;
        Instant latest = Instant.EPOCH;
        for (String line : lines) {
            Instant time = updateTime(line);
            if (time != null && time.isBefore(latest)) {
                Duration before = Duration.between(time, latest);
                most = before.compareTo(most) > 0 ? before : most;
            } else if (time != null) {
                latest = time;
            }
        }
        return most;
    }

    private static Instant updateTime(String line) {
        Matcher time = UPDATE_TIME.matcher(line);
        return time.find() ? Instant.parse(time.group(1)) : null;
    }

    // Two TaskManagers, then the JobManager, each while the job runs and more comes.
    private static void killInTurn(String job, Feed feed) throws Exception {
        cluster.awaitState(job, "RUNNING", MOST);
        awaitCheckpoints(job, 2);
        for (int i = 0; i < 2; i++) {
            int restarts = cluster.numberOfRestarts(job);
            int sent = feed.sent();
            cluster.killTaskManager(taskManagers.remove(0));
            taskManagers.add(cluster.startTaskManager());
            cluster.await("a restart", MOST, () -> cluster.numberOfRestarts(job) > restarts);
            awaitCheckpoints(job, 2);
            assertTrue(feed.sent() > sent);
        }
        int sent = feed.sent();
        cluster.killJobManager();
        assertEquals("UNKNOWN", cluster.state(job));
        cluster.startJobManager();
        cluster.awaitState(job, "RUNNING", MOST);
        awaitCheckpoints(job, 2);
        assertTrue(cluster.restoredCheckpoints(job) > 0);
        assertTrue(feed.sent() > sent);
    }

    // So many more than now: one that is under way does not hold what has just been read.
    private static void awaitCheckpoints(String job, int more) throws Exception {
        int[] before = {-1};
        cluster.await(more + " checkpoints", MOST, () -> {
            int completed = cluster.completedCheckpoints(job);
            before[0] = before[0] < 0 ? completed : before[0];
            return completed >= before[0] + more;
        });
    }
}
