package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileAuditTest {
    private static final JobAudit ARRIVAL = JobAudit.observer();
    private static final JobAudit SORTED = JobAudit.observer().inOrderOfUpdateTime();

    @TempDir
    private Path folder;

    private Path file(String name, String content) {
        return Check.write(folder.resolve(name), content);
    }

    private static List<String> found(JobAudit audit, long range, Path... files) throws Exception {
        return Runs.batch(FileAudit.of(audit, Runs.names(List.of(files))).inRangesOf(range), 2);
    }

    private static void assertAsTheCommand(long range, Path... files) throws Exception {
        List<Path> all = List.of(files);
        assertEquals(Check.findings(all), found(ARRIVAL, range, files));
        assertEquals(Check.findings(all, "--sort"), found(SORTED, range, files));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theFindingsAreThoseOfTheCommandInItsOrder(int slots) throws Exception {
        Path file = Check.generate(folder.resolve("jobs"), 1000, slots);
        Path shuffled = Check.shuffle(file, folder.resolve("shuffled"), 300);
        for (Path each : List.of(file, shuffled)) {
            List<String> names = Runs.names(List.of(each));
            List<String> expected = Check.findings(List.of(each));
            assertTrue(expected.size() > 50, expected.toString());
            assertEquals(expected, Runs.batch(FileAudit.of(ARRIVAL, names).inRangesOf(99_999), slots));
            assertEquals(
                    Check.findings(List.of(each), "--sort"),
                    Runs.batch(FileAudit.of(SORTED, names).inRangesOf(99_999), slots));
        }
    }

    @Test
    void rangesSmallerThanALineChangeNothing() throws Exception {
        String lines = Check.run("generate", "--jobs", "4", "--faults", "0.3").out();
        assertAsTheCommand(100, file("jobs", lines));
        assertAsTheCommand(1000, file("marked", "\uFEFF\n \n" + lines + "\n\n" + lines.stripTrailing()));
    }

    @Test
    void aJobInSeveralFilesHasOneHistoryIfTheyAreAuditedTogether() throws Exception {
        Path all = Check.generate(folder.resolve("all"), 300, 3);
        List<String> lines = Files.readAllLines(all);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int part = i;
            files.add(file(
                    "part" + i,
                    lines.subList(part * lines.size() / 3, (part + 1) * lines.size() / 3).stream()
                            .map(line -> line + "\n")
                            .collect(Collectors.joining())));
        }
        assertAsTheCommand(50_000, files.toArray(Path[]::new));
        for (JobAudit audit : List.of(ARRIVAL, SORTED)) {
            String[] options = audit == SORTED ? new String[] {"--together", "--sort"} : new String[] {"--together"};
            List<String> together = Check.findings(files, options);
            FileAudit onFlink =
                    FileAudit.of(audit, Runs.names(files)).inRangesOf(50_000).together();
            assertEquals(together, Runs.batch(onFlink, 2));
            Files.deleteIfExists(all);
            FileAudit ofFolder = FileAudit.of(audit, List.of(folder.toString())).together();
            assertEquals(together, Runs.batch(ofFolder, 2));
        }
    }

    @Test
    void theSameFileTwiceIsTwoHistoriesByItselfAndGoesBackTogether() throws Exception {
        Path file = file("jobs", JobJson.write(Jobs.running("7")) + "\n" + JobJson.write(Jobs.succeeded("7")));
        List<String> names = Runs.names(List.of(file, file));
        assertEquals(List.of(), Runs.batch(FileAudit.of(ARRIVAL, names), 2));
        assertEquals(
                Check.findings(List.of(file, file), "--together"),
                Runs.batch(FileAudit.of(ARRIVAL, names).together(), 2));
        assertEquals(List.of(), Runs.batch(FileAudit.of(SORTED, names).together(), 2));
    }

    @Test
    void whatIsNotInLinesOrIsCompressedIsReadWhole() throws Exception {
        Path jobs = Check.generate(folder.resolve("jobs"), 200, 5);
        String pretty = Files.readString(jobs).replace(",\"state\"", ",\n  \"state\"");
        Path zipped = Check.zip(jobs, folder.resolve("jobs.gz"));
        List<String> unzipped = found(ARRIVAL, 50_000, zipped).stream()
                .map(finding -> finding.replace("jobs.gz", "jobs"))
                .toList();
        assertEquals(Check.findings(List.of(jobs)), unzipped);
        assertAsTheCommand(10_000, file("pretty", pretty), jobs);
        assertAsTheCommand(
                10_000,
                file(
                        "array",
                        "["
                                + Files.readString(jobs)
                                        .lines()
                                        .filter(line -> line.endsWith("}"))
                                        .collect(Collectors.joining(",\n"))
                                + "]"));
    }

    @Test
    void severalJobsOnALineKeepTheirOrder() throws Exception {
        String running = JobJson.write(Jobs.running("7"));
        String pending = JobJson.write(Jobs.pending("7"));
        String line = "{\"tuningJobs\":[" + running + "," + pending + "," + running + "," + pending + "]}\n";
        assertAsTheCommand(50, file("lists", line + "\n" + line + JobJson.write(Jobs.succeeded("7")) + "\n"));
    }

    @Test
    void emptyFilesAndFoldersHaveNoFindings() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(List.of(), found(ARRIVAL, 100, empty, file("nothing", ""), file("blank", "\n\n \n")));
        FileAudit ofEmpty = FileAudit.of(ARRIVAL, List.of(empty.toString()));
        assertEquals(0, ofEmpty.findFiles());
    }

    @Test
    void hiddenFilesInFoldersAreLeftOut() throws Exception {
        file(".part", "broken\n");
        file("_SUCCESS", "broken\n");
        Files.createDirectory(folder.resolve("sub"));
        Path seen = file("sub/seen", "broken\n");
        assertEquals(Check.findings(List.of(seen)), found(ARRIVAL, 100, folder));
    }

    @Test
    void whatIsNoJsonIsAFindingAndTheRestIsRead() throws Exception {
        Path yaml = file("yaml", "---\nname: x\n");
        Path damaged = file("damaged.gz", "no gzip");
        Path cut = folder.resolve("cut.gz");
        byte[] whole = Files.readAllBytes(Check.zip(Check.generate(folder.resolve("jobs"), 100, 1), cut));
        Files.write(cut, Arrays.copyOf(whole, whole.length - 100));
        List<String> found = found(ARRIVAL, 100, yaml, damaged, cut);
        assertEquals(
                "{\"file\":\"" + yaml
                        + "\",\"line\":1,\"job\":null,\"rule\":\"malformed-json\",\"field\":null,\"message\":\"this is"
                        + " no JSON: it looks like YAML, which gcloud prints by default: ask for JSON with --format=json\"}",
                found.get(0));
        assertTrue(found.get(1).contains("damaged.gz\",\"line\":1,"), found.get(1));
        assertTrue(found.get(1).contains("it is damaged, or was not compressed with gzip"), found.get(1));
        String last = found.get(found.size() - 1);
        assertTrue(last.contains("the file ends within its compressed data"), last);
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        String missing = folder.resolve("missing").toString();
        FileAudit audit = FileAudit.of(ARRIVAL, List.of(folder.toString(), missing));
        IOException refused = assertThrows(IOException.class, audit::findFiles);
        assertEquals("cannot read " + missing + ": there is no such file", refused.getMessage());
    }

    @Test
    void namesThatLookLikeUrisAreFiles() throws Exception {
        Path odd = file("a:b c%20d\u00e4", "broken\n");
        assertEquals(Check.findings(List.of(odd)), found(ARRIVAL, 100, odd));
        Path relative = Path.of("target/a:b");
        Check.write(relative, "broken\n");
        assertEquals(Check.findings(List.of(relative)), found(ARRIVAL, 100, relative));
    }

    @Test
    void whatNoFileSystemKnowsIsNamed() {
        FileAudit audit = FileAudit.of(ARRIVAL, List.of("nowhere://bucket/jobs"));
        IOException refused = assertThrows(IOException.class, audit::findFiles);
        assertTrue(refused.getMessage().startsWith("cannot read nowhere://bucket/jobs: "), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settingsThatTheAuditReliesOnAreSet(boolean sortedInputs) throws Exception {
        Path file = Check.shuffle(Check.generate(folder.resolve("jobs"), 300, 3), folder.resolve("shuffled"), 2000);
        StreamExecutionEnvironment env = Runs.environment(2, "hashmap");
        Configuration config = new Configuration();
        config.set(ExecutionOptions.USE_BATCH_STATE_BACKEND, false);
        config.set(ExecutionOptions.SORT_INPUTS, sortedInputs);
        env.configure(config);
        FileAudit audit = FileAudit.of(SORTED, Runs.names(List.of(file))).inRangesOf(50_000);
        assertEquals(Check.findings(List.of(file), "--sort"), Runs.batch(audit, env));
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 257, 500, 999})
    void aLastLineWithoutALineEndHasItsNumber(long range) throws Exception {
        String line = JobJson.write(Jobs.running("7")) + "\n";
        assertAsTheCommand(
                range,
                file("jobs", line + line + JobJson.write(Jobs.succeeded("8").withEndTime(null))));
        assertAsTheCommand(range, file("long", line + " ".repeat(2000) + "\n" + "broken"));
    }

    @Test
    void linesMayEndInCrLf() throws Exception {
        String job = JobJson.write(Jobs.running("7")) + "\r\n";
        String faulty = JobJson.write(Jobs.succeeded("8").withEndTime(null)) + "\r\n";
        assertAsTheCommand(257, file("jobs", "\uFEFF" + job + "\r\n" + job + faulty + "broken\r\n" + job + faulty));
    }

    @Test
    void whatWasReadIsCounted() throws Exception {
        Path file = file(
                "jobs",
                JobJson.write(Jobs.pending("7")) + "\n" + JobJson.write(Jobs.running("7")) + "\n"
                        + "{\"name\":\"8\",\"state\":\"JOB_STATE_RUNNING\"}\n".repeat(3) + "{\"name\":\"9\"}\n"
                        + JobJson.write(Jobs.running("9")));
        StreamExecutionEnvironment env = Runs.environment(2, "hashmap");
        FileAudit.of(ARRIVAL, Runs.names(List.of(file))).inRangesOf(300).in(env).sinkTo(new DiscardingSink<>());
        assertEquals(new Counts(7, 6, 3, 1), Counts.of(env.execute()));
    }

    @Test
    void aJobOfFlinkMayHaveTwoAudits() throws Exception {
        Path file = file("jobs", JobJson.write(Jobs.running("7")) + "\n");
        StreamExecutionEnvironment env = Runs.environment(1, "hashmap");
        FileAudit.of(ARRIVAL, Runs.names(List.of(file))).in(env).sinkTo(new DiscardingSink<>());
        FileAudit.of(SORTED, Runs.names(List.of(file))).named("sorted").in(env).sinkTo(new DiscardingSink<>());
        assertTrue(env.execute().isJobExecutionResult());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024-05-01T12:00:00.jsonl", "jobs:1.jsonl"})
    void aNameThatIsNoPathIsNamed(String name) {
        FileAudit audit = FileAudit.of(ARRIVAL, List.of(name));
        IOException refused = assertThrows(IOException.class, audit::findFiles);
        assertTrue(refused.getMessage().startsWith("cannot read " + name + ": "), refused.getMessage());
    }

    @Test
    void filesInFoldersMayHaveAnyName() throws Exception {
        Path odd = file("12:00 #1%.jsonl", "broken\n");
        assertEquals(Check.findings(List.of(odd)), found(ARRIVAL, 100, folder));
    }
}
