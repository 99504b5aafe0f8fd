package org.joblifecycle.flink.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.flink.Check;
import org.joblifecycle.flink.Counts;
import org.joblifecycle.flink.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkCommandTest {
    private static final String EXAMPLE = "../docs/examples/fleet.jsonl";

    @TempDir
    private Path folder;

    private static Check.Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = FlinkCommand.run(new Console(InputStream.nullInputStream(), out, err, false, false, false), args);
        return new Check.Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    private static Check.Result flink(String command, String... args) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(args));
        return run(all.toArray(String[]::new));
    }

    private static void assertAsTheCommand(String... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(args));
        assertEquals(Check.run(all.toArray(String[]::new)), flink("check", args));
    }

    private static String problem(String... args) {
        Check.Result result = run(args);
        assertEquals(2, result.exit());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        return result.err().stripTrailing();
    }

    @Test
    void checkPrintsWhatTheCommandPrints() {
        assertAsTheCommand(EXAMPLE);
        assertAsTheCommand("--format", "json", EXAMPLE);
        assertAsTheCommand("--sort", "--mode=authority", "--without=update-time-order,create-time-required", EXAMPLE);
        assertAsTheCommand(EXAMPLE, EXAMPLE);
        assertAsTheCommand("--together", "--format=json", EXAMPLE, EXAMPLE);
    }

    @Test
    void checkCountsJobsWhoseNameTellsNoKind() {
        Path file = Check.write(folder.resolve("jobs"), """
                {"name":"7","state":"JOB_STATE_RUNNING"}
                {"name":"8","state":"JOB_STATE_RUNNING"}
                {"name":"8","state":"JOB_STATE_PAUSED"}
                """);
        assertAsTheCommand(file.toString());
        assertAsTheCommand("--kind=data-labeling-job", file.toString());
        Path notebooks =
                Check.write(folder.resolve("notebooks"), "{\"name\":\"7\",\"jobState\":\"JOB_STATE_RUNNING\"}");
        assertAsTheCommand("--kind=notebook-execution-job", notebooks.toString());
    }

    @Test
    void checkCountsSnapshotsButNotWhereTheInputBreaksOff() {
        String job = "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_RUNNING\"}";
        Path array = Check.write(folder.resolve("array"), "[" + job + ",\n{},\n" + job + ",\n{\"name\":");
        assertAsTheCommand(array.toString());
    }

    @Test
    void checkEndsWithZeroIfNothingIsFound() {
        Path file = Check.write(folder.resolve("empty"), "\n");
        assertEquals(new Check.Result(0, "0 jobs, 0 snapshots: nothing found\n", ""), flink("check", file.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void checkRunsInAsManySlotsAsItIsTold(int slots) {
        assertEquals(Check.run("check", EXAMPLE), flink("check", "--slots", "" + slots, EXAMPLE));
    }

    @Test
    void onATerminalCheckSaysHowFarItIs() {
        assertEquals(
                "1,234,567 snapshots read, 1,000,000 audited of 2,345 jobs",
                AuditProgress.text(new Counts(1_234_567, 1_000_000, 2_345, 0)));
        assertEquals("1,000,000 audited of 2,345 jobs", AuditProgress.text(new Counts(0, 1_000_000, 2_345, 0)));
    }

    // What was written, to files whose names end as they should.
    private List<String> written(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> assertTrue(file.toString().endsWith(".jsonl"), file.toString()));
        }
        return Findings.inFolder(folder.resolve(name));
    }

    @Test
    void filesWritesTheFindingsAsLines() throws Exception {
        String target = folder.resolve("findings").toString();
        assertEquals(new Check.Result(0, "", ""), flink("files", EXAMPLE, "--findings-folder", target));
        assertEquals(Check.sorted(Check.findings(List.of(Path.of(EXAMPLE)))), Check.sorted(written("findings")));
        String sorted = folder.resolve("sorted").toString();
        assertEquals(
                new Check.Result(0, "", ""),
                flink("files", EXAMPLE, EXAMPLE, "--sort", "--together", "--findings-folder", sorted));
        assertEquals(
                Check.sorted(Check.findings(List.of(Path.of(EXAMPLE), Path.of(EXAMPLE)), "--sort", "--together")),
                Check.sorted(written("sorted")));
    }

    @Test
    void filesRunsOnTheClusterToWhichItIsSubmitted() throws Exception {
        String target = folder.resolve("findings").toString();
        try (CommandRun command = CommandRun.start("files", EXAMPLE, "--findings-folder", target)) {
            assertEquals(new CommandRun.Result(0, "", ""), command.result());
        }
        assertEquals(Check.sorted(Check.findings(List.of(Path.of(EXAMPLE)))), Check.sorted(written("findings")));
    }

    // Two jobs whose transactions have the same names end each other's.
    @Test
    void transactionsOfJobsThatDoDifferentThingsHaveDifferentNames() {
        OutputOptions options = new OutputOptions();
        Set<String> names = new HashSet<>();
        for (String job : List.of("audit of jobs", "audit of others")) {
            for (String what : List.of("findings", "late")) {
                names.add(options.transactions(job, what, "one"));
                names.add(options.transactions(job, what, "two"));
            }
        }
        assertEquals(8, names.size(), names::toString);
    }

    @Test
    void whatCannotBeStartedIsOneLine() {
        assertEquals("job-lifecycle: cannot read nope: there is no such file", problem("check", EXAMPLE, "nope"));
        assertEquals(
                "job-lifecycle: cannot read nope: there is no such file",
                problem("files", "nope", "--findings-folder", "out"));
        assertEquals(
                "job-lifecycle: cannot read nope: there is no such file",
                problem("watch", "nope", "--findings-folder", "out", "--checkpoints", "checkpoints"));
        assertEquals(
                "job-lifecycle: findings go nowhere: name a place with --findings-folder or --findings-topic",
                problem("files", EXAMPLE));
        assertEquals(
                "job-lifecycle: no brokers are named: expected --brokers HOST:PORT",
                problem("topic", "jobs", "--findings-folder", "out"));
        assertEquals(
                "job-lifecycle: no brokers are named: expected --brokers HOST:PORT",
                problem("files", EXAMPLE, "--findings-topic", "findings"));
        assertEquals(
                "job-lifecycle: there is no folder for checkpoints: name one with --checkpoints, or with"
                        + " execution.checkpointing.dir in the configuration of the cluster",
                problem("watch", folder.toString(), "--findings-folder", "out"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check --without=transition-illegal x | transition-illegal cannot be excluded: it is the lifecycle (see job-lifecycle flink check --help)
            check --slots=0 x | --slots is 0: expected 1 or more (see job-lifecycle flink check --help)
            check | Missing required parameter: 'FILE' (see job-lifecycle flink check --help)
            watch x --interval=soon | Invalid value for option '--interval': 'soon' is no time: expected one such as 30s, 5min or 7d (see job-lifecycle flink watch --help)
            watch x --forget-finished-after=-1s | Invalid value for option '--forget-finished-after': '-1s' is no time: expected one such as 30s, 5min or 7d (see job-lifecycle flink watch --help)
            watch . --findings-folder=x --forget-finished-after=0s | --forget-finished-after is 0s: expected more than zero (see job-lifecycle flink watch --help)
            topic x --begin=now | Invalid value for option '--begin': 'now' is none of committed, earliest, latest (see job-lifecycle flink topic --help)
            '' | a command is missing: expected check, files, watch or topic (see job-lifecycle flink --help)
            """)
    void wrongOptionsAreOneLine(String args, String expected) {
        assertEquals("job-lifecycle: " + expected, problem(args.isEmpty() ? new String[0] : args.split(" ")));
    }

    @Test
    void aPlaceForWhatIsLateNeedsAnOrder() {
        assertEquals(
                "job-lifecycle: no snapshot is late without --sort: leave out --late-folder and --late-topic",
                problem("watch", folder.toString(), "--findings-folder=out", "--checkpoints=c", "--late-folder=late"));
        assertTrue(problem("files", EXAMPLE, "--findings-folder=out", "--late-folder=late")
                .contains("--late-folder"));
    }

    @Test
    void checkPrintsALongFinding() {
        String name = "projects/p/locations/l/tuningJobs/" + "7".repeat(3_000_000);
        Path file =
                Check.write(folder.resolve("jobs"), "{\"name\":\"" + name + "\",\"state\":\"JOB_STATE_SUCCEEDED\"}\n");
        assertAsTheCommand("--format=json", file.toString());
    }

    @Test
    void aJobThatFailsIsOneLine() {
        Path file = Check.write(folder.resolve("file"), "");
        String problem = problem("files", EXAMPLE, "--findings-folder", file + "/below");
        assertTrue(problem.startsWith("job-lifecycle: the job failed: "), problem);
    }

    @Test
    void helpTellsOfEveryCommand() {
        for (String command : List.of("check", "files", "watch", "topic")) {
            Check.Result result = run(command, "--help");
            assertEquals(0, result.exit());
            assertTrue(result.out().startsWith("Usage: job-lifecycle flink " + command + " "), result.out());
            assertTrue(run("--help").out().contains("  " + command), command);
        }
    }
}
