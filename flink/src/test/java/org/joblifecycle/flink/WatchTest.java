package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.flink.command.CommandRun;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    Path folder;

    private Path watched;
    private Path found;
    private Path late;

    @BeforeEach
    void makeFolder() throws Exception {
        watched = Files.createDirectory(folder.resolve("watched"));
        found = folder.resolve("found");
        late = folder.resolve("late");
    }

    @Test
    void smallFilesAreAuditedInOrderOfUpdateTimeAndTheLastOfThemWhenNothingComesForAWhile() throws Exception {
        List<Path> files = new ArrayList<>();
        try (CommandRun command = watch("--sort", "--together", "--out-of-order", "1s", "--idle-after", "2s")) {
            for (int i = 0; i < 10; i++) {
                files.add(file(i));
                int least = i < 9 ? 0 : 1;
                command.await("findings", () -> Findings.inFolder(found).size() >= least);
            }
            List<String> expected = Check.findings(files, "--sort", "--together");
            command.await("all findings", () -> Findings.inFolder(found).size() >= expected.size());
            Findings.assertSame(expected, Findings.inFolder(found));
        }
    }

    @Test
    void filesThatAreThereAtTheBeginningAreReadInTheOrderOfTheirNames() throws Exception {
        assertAsTheCommand("--together");
    }

    @Test
    void filesThatAreThereAtTheBeginningDoNotComeTooLate() throws Exception {
        assertAsTheCommand("--together", "--sort", "--out-of-order", "1s", "--idle-after", "5s");
    }

    private void assertAsTheCommand(String... options) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(1));
        List<Path> files = new ArrayList<>();
        for (int number : numbers) {
            files.add(file(number));
        }
        Collections.sort(files);
        List<String> expected = Check.findings(files, "--together");
        try (CommandRun command = watch(options)) {
            command.await("all findings", () -> Findings.inFolder(found).size() >= expected.size());
            Findings.assertSame(expected, Findings.inFolder(found));
            assertEquals(List.of(), Findings.inFolder(late));
        }
    }

    @Test
    void eachFileIsAuditedByItselfUnlessTheyAreOneHistory() throws Exception {
        Path first = write("1", Jobs.succeeded("7"));
        Path second = write("2", Jobs.running("7").withUpdateTime(Jobs.ENDED.plusSeconds(1)), faulty("8"));
        List<String> alone = Check.findings(List.of(first, second));
        try (CommandRun command = watch()) {
            command.await("the finding", () -> !Findings.inFolder(found).isEmpty());
            Findings.assertSame(alone, Findings.inFolder(found));
        }
        List<String> together = Check.findings(List.of(first, second), "--together");
        assertEquals(alone.size() + 2, together.size());
        found = folder.resolve("found-together");
        try (CommandRun command = watch("--together")) {
            command.await("all findings", () -> Findings.inFolder(found).size() >= together.size());
            Findings.assertSame(together, Findings.inFolder(found));
        }
    }

    @Test
    void whatComesTooLateIsWrittenAsTheJobThatItIs() throws Exception {
        try (CommandRun command = watch("--sort", "--together", "--out-of-order", "1s", "--idle-after", "1s")) {
            Path first = write("1", faulty("7"));
            command.await("the finding", () -> !Findings.inFolder(found).isEmpty());
            write("2", Jobs.pending("7"));
            command.await("what is late", () -> !Findings.inFolder(late).isEmpty());
            assertEquals(List.of(JobJson.write(Jobs.pending("7"))), Findings.inFolder(late));
            assertEquals(Check.findings(List.of(first)), Findings.inFolder(found));
        }
    }

    @Test
    void aFinishedJobIsForgotten() throws Exception {
        try (CommandRun command = watch("--together", "--forget-finished-after", "1ms")) {
            Path first = write("1", faulty("7"));
            command.await("the finding", () -> !Findings.inFolder(found).isEmpty());
            Path second = write("2", Jobs.running("7").withUpdateTime(Jobs.ENDED.plusSeconds(1)), faulty("8"));
            command.await("another finding", () -> Findings.inFolder(found).size() >= 2);
            Findings.assertSame(Check.findings(List.of(first, second)), Findings.inFolder(found));
        }
    }

    private static JobSnapshot faulty(String id) {
        return Jobs.succeeded(id).withEndTime(null);
    }

    private Path write(String name, JobSnapshot... jobs) throws IOException {
        String lines = Stream.of(jobs).map(job -> JobJson.write(job) + "\n").collect(Collectors.joining());
        Path hidden = Check.write(watched.resolve("." + name), lines);
        return Files.move(hidden, watched.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private CommandRun watch(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "watch",
                "--interval",
                "200ms",
                "--checkpoints",
                folder.resolve("checkpoints").toString(),
                "--findings-folder",
                found.toString(),
                watched.toString()));
        arguments.addAll(List.of(options));
        if (arguments.contains("--sort")) {
            arguments.addAll(List.of("--late-folder", late.toString()));
        }
        return CommandRun.start(arguments.toArray(String[]::new));
    }

    // A snapshot of one of three jobs, a minute after that in the file before: pending and running by turns.
    private Path file(int number) throws Exception {
        JobSnapshot job = number % 2 == 0 ? Jobs.pending("" + number % 3) : Jobs.running("" + number % 3);
        String name = "%03d.jsonl".formatted(number);
        Path hidden = Check.write(
                watched.resolve("." + name),
                JobJson.write(job.withUpdateTime(Jobs.NOON.plusSeconds(60L * number + 60))) + "\n");
        return Files.move(hidden, watched.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
