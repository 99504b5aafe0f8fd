package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joblifecycle.flink.command.FlinkCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOnClusterTest {
    private static final int MEGABYTES = Integer.getInteger("flink.megabytes", 50);
    private static final int JOBS_OF_A_MEGABYTE = 150;
    private static final Duration MOST = Duration.ofSeconds(90 + 2 * MEGABYTES);

    @TempDir
    static Path folder;

    static FlinkProcesses cluster;
    static Path jar;
    static List<Path> files;
    static Path zipped;
    static List<String> expected;

    @BeforeAll
    static void start() throws Exception {
        jar = JobJar.make(folder.resolve("job.jar"));
        // More than one range of a file, and files that are one.
        Path large = Check.generate(folder.resolve("large.jsonl"), 4 * MEGABYTES * JOBS_OF_A_MEGABYTE / 5, 1);
        Path part = Check.generate(folder.resolve("unzipped"), MEGABYTES * JOBS_OF_A_MEGABYTE / 10, 2);
        zipped = Check.zip(part, folder.resolve("zipped.jsonl.gz"));
        files = List.of(large, Files.copy(part, folder.resolve("part")), zipped);
        expected = expected(files);
        cluster = FlinkProcesses.start(
                Files.createDirectory(folder.resolve("cluster")),
                2,
                2,
                Map.of(
                        "parallelism.default", "4",
                        // What each partition of a batch is written and read with does not fit into less.
                        "taskmanager.memory.network.min", "96m",
                        "taskmanager.memory.network.max", "96m",
                        "taskmanager.memory.framework.off-heap.size", "128m",
                        "source.reader.close.timeout", "1000",
                        "restart-strategy.type", "fixed-delay",
                        "restart-strategy.fixed-delay.attempts", "50",
                        "restart-strategy.fixed-delay.delay", "500 ms"));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void findingsOnAClusterAreThoseOfTheCommand() throws Exception {
        Path findings = folder.resolve("findings");
        String job = submit(files, findings);
        cluster.awaitState(job, "FINISHED", MOST);
        assertEquals(0, cluster.numberOfRestarts(job));
        Findings.assertSame(expected, Findings.inFolder(findings));
    }

    @Test
    void snapshotsInAnotherOrderAreSortedAsTheCommandDoesIt() throws Exception {
        Path shuffled = Check.shuffle(files.get(1), folder.resolve("shuffled.jsonl"), 3000);
        Path findings = folder.resolve("findings-sorted");
        List<Path> all = List.of(shuffled, zipped);
        cluster.awaitState(submit(all, findings, "--sort", "--together"), "FINISHED", MOST);
        Findings.assertSame(expected(all, "--sort", "--together"), Findings.inFolder(findings));
    }

    @Test
    void findingsAreThereOnceThoughTaskManagersAreLost() throws Exception {
        Path findings = folder.resolve("findings-after-loss");
        List<Path> many = new ArrayList<>(files);
        for (int i = 0; i < 3; i++) {
            many.add(Files.copy(files.get(0), folder.resolve("copy-" + i)));
        }
        String job = submit(many, findings);
        for (String task : List.of("read files", "audit")) {
            int taskManager = cluster.awaitRunningTask(job, task, MOST);
            assertEquals("RUNNING", cluster.state(job));
            cluster.killTaskManager(taskManager);
            cluster.launchTaskManager();
        }
        cluster.awaitState(job, "FINISHED", MOST);
        assertNotEquals(0, cluster.restartedTasks(job, "read files"));
        assertNotEquals(0, cluster.restartedTasks(job, "audit"));
        Findings.assertSame(expected(many), Findings.inFolder(findings));
    }

    // The command does not unzip.
    private static List<String> expected(List<Path> files, String... options) {
        List<Path> unzipped = files.stream()
                .map(file -> file.equals(zipped) ? folder.resolve("unzipped") : file)
                .toList();
        return Check.findings(unzipped, options).stream()
                .map(finding -> finding.replace(folder.resolve("unzipped").toString(), zipped.toString()))
                .toList();
    }

    private static String submit(List<Path> files, Path findings, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("files", "--findings-folder", findings.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(Runs.names(files));
        return cluster.run(jar, FlinkCommand.class, arguments.toArray(String[]::new));
    }
}
