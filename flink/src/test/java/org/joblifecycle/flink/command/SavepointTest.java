package org.joblifecycle.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.flink.Check;
import org.joblifecycle.flink.Findings;
import org.joblifecycle.flink.JobFiles;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SavepointTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** A savepoint that the job "watch" made in the first format, after the first of the two files. */
    private static final Path FIRST_FORMAT = Path.of("src/test/resources/savepoint-1/_metadata");

    @TempDir
    private Path folder;

    private Path first;
    private Path second;

    // Two files: of most jobs the first has the beginning and the second the end, then some of the beginning again.
    @BeforeEach
    void writeFiles() throws IOException {
        Path all = Check.generate(folder.resolve("all"), 60, 11);
        List<String> lines = Files.readAllLines(all);
        int half = lines.size() / 2;
        Files.createDirectories(folder.resolve("1"));
        Files.createDirectories(folder.resolve("2"));
        first = write("1/jobs", lines.subList(0, half));
        List<String> rest = new ArrayList<>(lines.subList(half, lines.size()));
        rest.addAll(lines.subList(0, 40));
        second = write("2/jobs", rest);
    }

    private Path write(String name, List<String> lines) {
        return Check.write(
                folder.resolve(name), lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private JobClient start(Path watched, Configuration config, int slots) throws Exception {
        StreamOptions options = new StreamOptions();
        OutputOptions output = new OutputOptions();
        CommandLine line = new CommandLine(options);
        Converters.register(line);
        FlinkCommand.registerWords(line);
        line.parseArgs();
        new CommandLine(output)
                .parseArgs(
                        "--findings-folder", folder.resolve("findings").toUri().toString());
        Configuration all = Jobs.local(slots);
        all.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        all.addAll(config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(slots, all);
        StreamAudit.add(
                env.fromSource(
                                JobFiles.watching(
                                        List.of(watched.toString()), Duration.ofMillis(100), JobKind.TUNING_JOB),
                                WatermarkStrategy.noWatermarks(),
                                "watch folders")
                        .uid("watch-folders"),
                JobRecord::key,
                options,
                output,
                "test",
                new Brokers());
        return env.executeAsync();
    }

    // Waits for so many findings, then stops the job with a savepoint; answers where that is.
    private URI stop(JobClient job, int findings) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (findings().size() < findings) {
            if (System.nanoTime() > end) {
                throw new AssertionError(findings().size() + " findings: expected " + findings);
            }
            Thread.onSpinWait();
        }
        String path = job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        job.getJobExecutionResult().get();
        return URI.create(path);
    }

    // "line rule" of each finding so far, in order.
    private List<String> findings() {
        try {
            return places(Findings.inFolder(folder.resolve("findings")).stream());
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // a file was moved meanwhile
        }
    }

    private static List<String> places(Stream<String> findings) {
        return findings.map(finding ->
                        finding.replaceFirst(".*(/[12])/jobs\",\"line\":(\\d+),.*\"rule\":\"([^\"]*)\".*", "$1 $2 $3"))
                .sorted()
                .toList();
    }

    private static Configuration restored(Path savepoint, String backend) {
        Configuration config = new Configuration();
        config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        config.set(StateBackendOptions.STATE_BACKEND, backend);
        return config;
    }

    private List<String> expected() {
        return places(Check.findings(List.of(first, second), "--together").stream());
    }

    private int expectedOfFirst() {
        return Check.findings(List.of(first)).size();
    }

    @ParameterizedTest
    @CsvSource({"2, 4, rocksdb", "4, 1, hashmap"})
    void aJobGoesOnFromASavepointWithAnotherNumberOfSlots(int before, int after, String backend) throws Exception {
        URI savepoint = stop(start(folder.resolve("1"), new Configuration(), before), expectedOfFirst());
        List<String> expected = expected();
        stop(start(folder.resolve("2"), restored(Path.of(savepoint), backend), after), expected.size());
        assertEquals(expected, findings());
        assertTrue(expected.size() > expectedOfFirst());
    }

    @ParameterizedTest
    @CsvSource({"hashmap", "rocksdb"})
    void theFirstFormatIsRead(String backend) throws Exception {
        if (Boolean.getBoolean("update.savepoint")) {
            updateFirstFormat();
        }
        List<String> expected =
                expected().stream().filter(finding -> finding.startsWith("/2 ")).toList();
        stop(
                start(folder.resolve("2"), restored(FIRST_FORMAT.getParent().toAbsolutePath(), backend), 2),
                expected.size());
        assertEquals(expected, findings());
        List<String> alone = places(Check.findings(List.of(second)).stream());
        assertTrue(expected.size() > alone.size(), "the savepoint matters");
    }

    private void updateFirstFormat() throws Exception {
        URI savepoint = stop(start(folder.resolve("1"), new Configuration(), 2), expectedOfFirst());
        Files.createDirectories(FIRST_FORMAT.getParent());
        Files.copy(Path.of(savepoint).resolve("_metadata"), FIRST_FORMAT, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> written = Files.walk(folder.resolve("findings"))) {
            written.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
