package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.joblifecycle.cli.command.Console;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

// The zip, unpacked as a user does, and run in a folder that is no checkout.
class DistributionIT {
    private static final int MOST_SECONDS = 120;
    private static final Path EXAMPLES = Path.of("../docs/examples");
    private static final String FLEET = "docs/examples/fleet.jsonl";

    @TempDir
    private Path folder;

    private Path top;
    private Path place;
    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        top = unpackedIn(folder.resolve("a folder"));
        home = Files.createDirectory(folder.resolve("home"));
        place = folder.resolve("a place");
        Files.createDirectories(place.resolve(FLEET).getParent());
        Files.copy(EXAMPLES.resolve("fleet.jsonl"), place.resolve(FLEET));
    }

    @AfterEach
    void makeWritable() throws IOException {
        setWritable(true);
    }

    private static Path unpackedIn(Path target) throws IOException {
        Path zip = Path.of(System.getProperty("distribution"));
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> entries = Files.walk(files.getPath("/"))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path copy = target.resolve(files.getPath("/").relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(entry, copy);
                    Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(entry));
                }
            }
        }
        try (Stream<Path> tops = Files.list(target)) {
            List<Path> all = tops.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    private void setWritable(boolean writable) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(each);
                if (writable) {
                    permissions.add(PosixFilePermission.OWNER_WRITE);
                } else {
                    permissions.removeAll(PosixFilePermissions.fromString("-w--w--w-"));
                }
                Files.setPosixFilePermissions(each, permissions);
            }
        }
    }

    // For root too, who may write everywhere: no folder can be made where a file is.
    private void makeReadOnly() throws IOException {
        Files.createFile(top.resolve("lib/classes"));
        setWritable(false);
    }

    private ProcessBuilder command(Path program, String... args) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JOB_LIFECYCLE_OPTS", "XDG_CACHE_HOME"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", home.toString());
        return builder;
    }

    private ProcessBuilder command(String... args) {
        return command(top.resolve("bin/job-lifecycle"), args);
    }

    private ProcessBuilder check() {
        return command("check", "--format", "json", FLEET);
    }

    private static Cli.Result run(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> out = Jvm.read(process.getInputStream());
            CompletableFuture<String> err = Jvm.read(process.getErrorStream());
            if (!process.waitFor(MOST_SECONDS, SECONDS)) {
                throw new AssertionError("the command hangs");
            }
            return new Cli.Result(process.exitValue(), out.get(), err.get());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Cli.Result audited() throws IOException {
        return new Cli.Result(1, Files.readString(EXAMPLES.resolve("fleet.expected.json")), "");
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path archiveIn(Path folder) throws IOException {
        List<String> names = namesIn(folder);
        assertEquals(1, names.size(), names.toString());
        Path archive = folder.resolve(names.get(0));
        assertEquals(List.of("classes.jsa", "classes.size"), namesIn(archive));
        return archive;
    }

    @Test
    void itPrintsWhatACheckoutPrintsAndTheFirstRunWritesAnArchive() throws Exception {
        assertEquals(audited(), run(check()));
        Path archive = archiveIn(top.resolve("lib/classes"));
        assertEquals(audited(), run(check()));
        assertEquals(archive, archiveIn(top.resolve("lib/classes")));
        assertEquals(List.of(), namesIn(home));
    }

    @Test
    void ourClassesComeFromTheArchive() throws Exception {
        top = unpackedIn(folder.resolve("folder")); // JDK 17 archives no class of a path with a space
        run(command("--version"));
        ProcessBuilder logged = command("check", FLEET);
        logged.environment().put("JOB_LIFECYCLE_OPTS", "-Xlog:class+load:stdout");
        List<String> ours = run(logged).lines().stream()
                .filter(line -> line.contains(" org.joblifecycle.") && line.contains(" source: "))
                .filter(line -> !line.contains("Lambda"))
                .toList();
        assertTrue(ours.size() > 50, ours.toString());
        assertEquals(
                List.of(),
                ours.stream()
                        .filter(line -> !line.contains("source: shared objects file"))
                        .toList());
    }

    @Test
    void severalFirstRunsAtOncePrintTheSameAndWriteOneArchive() throws Exception {
        List<CompletableFuture<Cli.Result>> results = Stream.generate(this::check)
                .limit(4)
                .map(each -> Jvm.async(() -> {
                    try {
                        return run(each);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        for (CompletableFuture<Cli.Result> result : results) {
            assertEquals(audited(), result.get());
        }
        archiveIn(top.resolve("lib/classes"));
    }

    @Test
    void whatAKilledFirstRunLeftChangesNoOutput() throws Exception {
        run(command("--version"));
        Path archive = archiveIn(top.resolve("lib/classes"));
        Files.move(archive, archive.resolveSibling(archive.getFileName() + ".part"));
        assertEquals(audited(), run(check()));
    }

    @Test
    void theArchiveOfAReadOnlyFolderIsInTheCacheOfTheUser() throws Exception {
        makeReadOnly();
        assertEquals(audited(), run(check()));
        archiveIn(home.resolve(".cache/job-lifecycle"));
        assertEquals(audited(), run(check()));

        Path cache = folder.resolve("a cache");
        ProcessBuilder elsewhere = check();
        elsewhere.environment().put("XDG_CACHE_HOME", cache.toString());
        assertEquals(audited(), run(elsewhere));
        archiveIn(cache.resolve("job-lifecycle"));
    }

    @Test
    void whereNothingCanBeWrittenItRunsWithoutAnArchive() throws Exception {
        makeReadOnly();
        Path file = Files.createFile(folder.resolve("file"));
        List<ProcessBuilder> runs = List.of(check(), check(), check());
        runs.get(0).environment().remove("HOME");
        runs.get(1).environment().put("HOME", folder.resolve("missing").toString());
        runs.get(2).environment().put("XDG_CACHE_HOME", file.toString());
        for (ProcessBuilder each : runs) {
            assertEquals(audited(), run(each));
        }
        assertEquals(List.of(), namesIn(home));
        assertTrue(Files.notExists(folder.resolve("missing")));
    }

    @Test
    void itRunsThroughLinksAndAnswersItsVersion() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), top.resolve("bin/job-lifecycle"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), Path.of("link"));
        String version = top.getFileName().toString().replaceFirst("job-lifecycle-", "job-lifecycle ");
        assertEquals(new Cli.Result(0, version + "\n", ""), run(command(link, "--version")));
        assertEquals(new Cli.Result(0, version + "\n", ""), run(command(linkToLink, "--version")));
        assertTrue(Files.readString(top.resolve("README.md")).startsWith("# " + version + "\n"));
    }

    @Test
    void theProgramsOfACheckoutAreNamed() throws Exception {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "job-lifecycle: emulator is not part of this distribution: in a checkout, run ./job-lifecycle"
                                + " emulator\n"),
                run(command("emulator", "--port", "0")));
    }

    @Test
    void withoutJavaOrWithAnOldOneItSaysWhatItNeeds() throws Exception {
        ProcessBuilder missing = check();
        missing.environment().put("JAVA_HOME", folder.toString());
        assertEquals(
                new Cli.Result(
                        2, "", "job-lifecycle: needs Java, 17 or later: set JAVA_HOME, or put java on the PATH\n"),
                run(missing));

        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.31\" 2026-04-21' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Cli.Result tooOld =
                new Cli.Result(2, "", "job-lifecycle: needs Java, 17 or later, and " + java + " is older\n");
        ProcessBuilder old = check();
        old.environment().put("JAVA_HOME", folder.resolve("old").toString());
        assertEquals(tooOld, run(old));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"1.8.0_502\"\n");
        assertEquals(tooOld, run(old));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | check explain generate graph rules
            g                   | generate graph
            check --w           | --without
            check --mode ''     | authority observer
            check --kind cu     | custom-job
            check --without end | end-time-required end-time-premature end-time-order end-time-changed
            check --format ''   | text json
            check docs/ex       | docs/examples
            graph --format m    | mermaid
            explain RU          | RUNNING
            explain RUNNING CAN | CANCELLING CANCELLED
            rules name          | name-changed
            """)
    void bashCompletes(String typed, String completions) throws Exception {
        String script = """
                source "$1" || exit
                eval "COMP_WORDS=(job-lifecycle $2)"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="job-lifecycle $2"
                _complete_job-lifecycle 2>/dev/null
                printf '%s\\n' "${COMPREPLY[*]}"
                """;
        Path completion = top.resolve("share/bash-completion/completions/job-lifecycle");
        String words = typed == null || typed.isEmpty() ? "''" : typed;
        Cli.Result result = run(command(Path.of("bash"), "-c", script, "bash", completion.toString(), words));
        assertEquals(new Cli.Result(0, completions + "\n", ""), result);
    }

    @Test
    void theManualNamesAllCommandsAndOptions() throws IOException {
        String manual =
                Files.readString(top.resolve("share/man/man1/job-lifecycle.1")).replace("\\-", "-");
        CommandLine line = JobLifecycleCommand.line(Console.ofProcess());
        for (CommandLine command : line.getSubcommands().values()) {
            assertTrue(manual.contains(".SS \"" + command.getCommandName() + "\"\n"), command.getCommandName());
            String section = manual.substring(manual.indexOf(".SS \"" + command.getCommandName() + "\"\n"));
            for (OptionSpec option : command.getCommandSpec().options()) {
                String names = String.join(", ", option.names());
                assertTrue(
                        (option.usageHelp() || option.versionHelp() ? manual : section).contains(".B \"" + names),
                        names);
            }
        }
        assertTrue(manual.lines().allMatch(each -> each.matches("\\.[A-Z]+.*|\\.nf|\\.fi|\\\\&.*")), manual);
    }

    @Test
    void theLicenceOfEachLibraryIsNamed() throws IOException {
        Set<String> libraries = new TreeSet<>();
        for (String name : namesIn(top.resolve("lib"))) {
            if (name.endsWith(".jar") && !name.startsWith("job-lifecycle-")) {
                libraries.add(name.replaceFirst("-\\d.*", ""));
            }
        }
        Set<String> named = new TreeSet<>();
        Files.readString(top.resolve("THIRD-PARTY.txt"), UTF_8)
                .lines()
                .takeWhile(line -> !line.startsWith("---"))
                .filter(line -> line.contains("   "))
                .forEach(line ->
                        named.addAll(List.of(line.replaceFirst(" {3}.*", "").split(", "))));
        assertEquals(libraries, named);
    }
}
