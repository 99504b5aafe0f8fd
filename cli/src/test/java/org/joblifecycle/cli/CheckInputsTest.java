package org.joblifecycle.cli;

import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckInputsTest {
    private static final String HEALTHY = lines(pending("7"), running("7"));
    private static final String FAULTY = lines(succeeded("7"), running("7").withUpdateTime(Jobs.ENDED));

    @TempDir
    private Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void standardInputIsReadWhenNoFileIsNamed() {
        assertEquals("-:2:", Cli.check(FAULTY).out().substring(0, 4));
    }

    @Test
    void aHyphenIsStandardInputAlsoBetweenFiles() throws IOException {
        String file = file("a", FAULTY);
        Cli.Result result = new Cli().in(FAULTY).with("check", file, "-", file, "--without=end-time-changed");
        assertEquals(
                List.of(file + ":2:", "-:2:", file + ":2:"),
                result.lines().stream()
                        .limit(3)
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
        assertEquals(
                "3 jobs, 6 snapshots: 3 violations, 0 unreadable",
                result.lines().get(3));
    }

    @Test
    void standardInputCanBeReadOnce() {
        assertEquals(
                new Cli.Result(
                        2,
                        "1 job, 1 snapshot: nothing found, 1 file not read to the end\n",
                        "job-lifecycle: cannot read -: standard input was read already\n"),
                new Cli().in(lines(succeeded("7"))).with("check", "-", "-"));
    }

    @Test
    void eachFileIsAuditedByItselfAndOneSummaryTellsOfAll() throws IOException {
        String first = file("first", lines(succeeded("7")));
        String second = file("second", lines(running("7")));
        Cli.Result result = Cli.run("check", first, second);
        assertEquals(new Cli.Result(0, "2 jobs, 2 snapshots: nothing found\n", ""), result);
        assertEquals(1, Cli.check(lines(succeeded("7"), running("7"))).exit());
    }

    @Test
    void filesTogetherAreOneHistoryInTheOrderInWhichTheyAreNamed() throws IOException {
        String first = file("first", lines(succeeded("7")));
        String second = file("second", lines(running("7")));
        Cli.Result result = Cli.run("check", "--together", first, second);
        assertEquals(second + ":1:", result.out().substring(0, second.length() + 3));
        assertEquals(
                "1 job, 2 snapshots: 1 violation, 0 unreadable", result.lines().get(1));
        assertEquals(
                "1 job, 2 snapshots: nothing found\n",
                Cli.run("check", "--together", second, first).out());
    }

    @Test
    void filesTogetherAreSortedTogether() throws IOException {
        String first = file("first", lines(succeeded("7")));
        String second = file("second", lines(running("7")));
        assertEquals(
                "1 job, 2 snapshots: nothing found\n",
                Cli.run("check", "--together", "--sort", first, second).out());
    }

    @Test
    void whatWasReadOfAFileThatFailsCountsTogetherWithTheRest() throws IOException {
        Cli.Result result = new Cli()
                .in(lines(succeeded("7")))
                .with("check", "--together", "--sort", "-", folder.toString(), file("second", lines(running("7"))));
        assertEquals(2, result.exit());
        assertEquals("1 job, 2 snapshots: nothing found, 1 file not read to the end\n", result.out());
    }

    @Test
    void aFileThatIsMissingDoesNotEndTheWorkOnTheRest() throws IOException {
        String missing = folder.resolve("missing").toString();
        Cli.Result result = Cli.run("check", "--format", "json", file("a", FAULTY), missing, file("b", HEALTHY));
        assertEquals(2, result.exit());
        assertEquals("job-lifecycle: cannot read " + missing + ": there is no such file\n", result.err());
        assertEquals(3, result.lines().size());
        assertEquals(
                "{\"summary\":{\"snapshots\":4,\"jobs\":2,\"violations\":2,\"unreadable\":0,\"assumedKind\":0}}",
                result.lastLine());
    }

    @Test
    void theExitCodeTellsNothingFoundSomethingFoundOrFailed() throws IOException {
        assertEquals(0, Cli.run("check", file("healthy", HEALTHY)).exit());
        assertEquals(1, Cli.run("check", file("faulty", FAULTY)).exit());
        assertEquals(1, Cli.run("check", file("unreadable", "{\"x\":1}")).exit());
        assertEquals(2, Cli.run("check", folder.resolve("missing").toString()).exit());
        assertEquals(
                2,
                Cli.run("check", folder.resolve("missing").toString(), file("faulty", FAULTY))
                        .exit());
    }

    @Test
    void aDirectoryCannotBeRead() {
        Cli.Result result = Cli.run("check", folder.toString());
        assertEquals(2, result.exit());
        assertEquals("job-lifecycle: cannot read " + folder + ": it is a directory\n", result.err());
    }

    @Test
    void aNameThatIsEmptyOrImpossibleIsNoFile() {
        assertEquals(
                "job-lifecycle: cannot read : its name is empty\n",
                Cli.run("check", "").err());
        Cli.Result result = Cli.run("check", "a\u0000b");
        assertEquals(2, result.exit());
        assertEquals(
                "job-lifecycle: cannot read a\\u0000b: its name is no path here (if it is not ASCII, set LC_ALL=C.UTF-8)\n",
                result.err());
    }

    @Test
    void aFileThatMayNotBeReadSaysSo() throws IOException {
        Path denied = Files.createFile(
                folder.resolve("denied"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        // To root every file is open but one of the kernel's that is for writing only.
        Path file = Files.isReadable(denied) ? Path.of("/proc/sys/vm/compact_memory") : denied;
        Cli.Result result = Cli.run("check", file.toString());
        assertEquals(2, result.exit());
        assertEquals("job-lifecycle: cannot read " + file + ": permission denied\n", result.err());
    }

    @Test
    void anInputThatFailsCountsAsFarAsItWasRead() {
        for (String sort : List.of("--sort", "--kind=auto")) {
            Cli.Result result = new Cli().in(BulkInput.failingAfter(FAULTY)).with("check", sort, "--format=json");
            assertEquals(2, result.exit());
            assertEquals("job-lifecycle: cannot read -: the disk is gone\n", result.err());
            assertEquals(3, result.lines().size());
            assertEquals(
                    "{\"summary\":{\"snapshots\":2,\"jobs\":1,\"violations\":2,\"unreadable\":0,\"assumedKind\":0}}",
                    result.lastLine());
        }
    }

    @Test
    void aDefectIsNoFinding() {
        Cli.Result result = new Cli()
                .in(new BulkInput() {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        throw new LinkageError("a class is missing");
                    }
                })
                .with("check");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "job-lifecycle: unexpected java.lang.LinkageError: a class is missing: this is a defect of"
                                + " job-lifecycle, please report it\n"),
                result);
    }

    @Test
    void aNameThatCannotBeFollowedIsNamedOnce() throws IOException {
        String within = Path.of(file("healthy", HEALTHY)).resolve("x").toString();
        Cli.Result result = Cli.run("check", within);
        assertEquals(2, result.exit());
        assertEquals("job-lifecycle: cannot read " + within + ": Not a directory\n", result.err());
    }

    @Test
    void anEmptyInputIsAHistoryOfNoJobs() {
        for (String empty : List.of("", "\n", "\ufeff", "\ufeff \r\n\t", "[]", " [ ]\n")) {
            assertEquals(new Cli.Result(0, "0 jobs, 0 snapshots: nothing found\n", ""), Cli.check(empty), empty);
        }
    }

    @Test
    void aFileWhoseNameBeginsWithAtOrHyphenIsAFile() throws IOException {
        String at = file("@faulty", FAULTY);
        assertEquals(1, Cli.run("check", at).exit());
        Cli.Result argument = Cli.run("check", "@" + file("options", "--help"));
        assertEquals(2, argument.exit());
        assertTrue(argument.err().endsWith(": there is no such file\n"), argument.err());
        assertEquals(
                "job-lifecycle: cannot read --mode: there is no such file\n",
                Cli.run("check", "--", "--mode").err());
    }
}
