package org.joblifecycle.docs;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

// The launcher in a copy of the repository that was never built, as a user gets it. The tests build on each other.
@TestMethodOrder(OrderAnnotation.class)
class LauncherTest {
    private static final int MOST_MINUTES = 10;
    private static final String FLEET = "docs/examples/fleet.jsonl";
    private static final Set<String> NOT_COPIED = Set.of(".git", "target");

    @TempDir
    private static Path folder;

    private static Path checkout;

    private record Result(int exit, String out, String err) {}

    @BeforeAll
    static void copy() throws IOException {
        checkout = folder.resolve("checkout");
        Files.walkFileTree(Repository.TOP, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(String.valueOf(source.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectory(copyOf(source));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path source, BasicFileAttributes attributes) throws IOException {
                Files.copy(source, copyOf(source), COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            private Path copyOf(Path source) {
                return checkout.resolve(Repository.TOP.relativize(source));
            }
        });
        String localRepository = System.getProperty("maven.repo.local");
        if (localRepository != null) {
            Files.writeString(checkout.resolve(".mvn/maven.config"), "-Dmaven.repo.local=" + localRepository + "\n");
        }
    }

    private static Result launch(String... args) throws Exception {
        return launch(Map.of(), checkout, checkout.resolve("job-lifecycle"), args);
    }

    private static Result launch(Map<String, String> environment, Path place, Path launcher, String... args)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JOB_LIFECYCLE_OPTS"));
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher hangs: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Result audited() throws IOException {
        return new Result(1, Repository.read("docs/examples/fleet.expected.json"), "");
    }

    private static Path ofBuild(String name) throws IOException {
        Path builds = checkout.resolve("target/launcher");
        return builds.resolve(Files.readString(builds.resolve("current")).strip())
                .resolve(name);
    }

    @Test
    @Order(1)
    void theFirstUseBuildsAndPrintsOneLineAboutIt() throws Exception {
        assertEquals(
                new Result(1, audited().out(), "job-lifecycle: building the command line (first use)...\n"),
                launch("check", "--format", "json", FLEET));
        assertEquals(audited(), launch("check", "--format", "json", FLEET));
    }

    @Test
    @Order(2)
    void theLauncherRunsFromAnyFolderAndThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("checkout", "job-lifecycle"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), link);
        Result version = launch(Map.of(), folder, linkToLink, "--version");
        assertTrue(version.out().matches("job-lifecycle \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"), version.out());
        assertEquals(new Result(0, version.out(), ""), version);
    }

    @Test
    @Order(3)
    void ourClassesComeFromTheArchive() throws Exception {
        Result logged = launch(
                Map.of("JOB_LIFECYCLE_OPTS", "-Xlog:class+load:stdout"),
                checkout,
                checkout.resolve("job-lifecycle"),
                "check",
                FLEET);
        List<String> ours = logged.out()
                .lines()
                .filter(line -> line.contains(" org.joblifecycle.") && line.contains(" source: "))
                .filter(line -> !line.contains("Lambda"))
                .toList();
        assertTrue(ours.size() > 50, logged.out());
        assertEquals(
                List.of(),
                ours.stream()
                        .filter(line -> !line.contains("source: shared objects file"))
                        .toList());
    }

    @Test
    @Order(4)
    void aBrokenOrMissingArchiveChangesNoOutput() throws Exception {
        Path archive;
        try (Stream<Path> archives = Files.list(ofBuild("classes"))) {
            archive = archives.findFirst().orElseThrow().resolve("classes.jsa");
        }
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2); // a JVM crashes on it
        }
        assertEquals(audited(), launch("check", "--format", "json", FLEET));
        Files.writeString(archive, "of another kind");
        assertEquals(audited(), launch("check", "--format", "json", FLEET));
        Files.delete(archive);
        assertEquals(audited(), launch("check", "--format", "json", FLEET));
    }

    @Test
    @Order(5)
    void compileErrorsAreShownAndNothingRuns() throws Exception {
        Path wrong = checkout.resolve("cli/src/main/java/org/joblifecycle/cli/Wrong.java");
        Files.writeString(wrong, "class Wrong extends Missing {}\n");
        Result failed = launch("check", FLEET);
        assertEquals(2, failed.exit());
        assertEquals("", failed.out());
        List<String> lines = failed.err().lines().toList();
        assertEquals("job-lifecycle: building the command line (sources changed)...", lines.get(0));
        assertTrue(failed.err().contains("Wrong.java"), failed.err());
        assertEquals("job-lifecycle: the build failed", lines.get(lines.size() - 1));
        try (Stream<Path> left = Files.list(checkout.resolve("target"))) {
            assertEquals(
                    List.of("launcher"),
                    left.map(path -> path.getFileName().toString()).toList());
        }

        Files.delete(wrong);
        assertEquals(
                new Result(1, audited().out(), "job-lifecycle: building the command line (sources changed)...\n"),
                launch("check", "--format", "json", FLEET));
        assertFalse(launch("--version").err().contains("building"));
    }

    @Test
    @Order(6)
    void aBuildThatLacksAFileIsRepeated() throws Exception {
        Files.delete(ofBuild("job-lifecycle-cli.jar"));
        assertEquals(
                new Result(1, audited().out(), "job-lifecycle: building the command line (first use)...\n"),
                launch("check", "--format", "json", FLEET));
    }

    @Test
    @Order(7)
    void aPathWithASpaceNeedsNoNewBuild() throws Exception {
        checkout = Files.move(checkout, folder.resolve("my checkout"));
        assertEquals(audited(), launch("check", "--format", "json", FLEET));
    }

    @Test
    @Order(8)
    void withoutJavaTheLauncherSaysWhatItNeeds() throws Exception {
        Result result = launch(
                Map.of("JAVA_HOME", folder.toString()), checkout, checkout.resolve("job-lifecycle"), "--version");
        assertEquals(
                new Result(2, "", "job-lifecycle: needs a JDK, 17 or later: set JAVA_HOME, or put java on the PATH\n"),
                result);
    }

    @Test
    @Order(9)
    void theEmulatorIsBuiltOnItsOwnFirstUse() throws Exception {
        Result first = launch("emulator", "--help");
        assertEquals("job-lifecycle: building the emulator (first use)...\n", first.err());
        assertTrue(first.out().startsWith("Usage: job-lifecycle emulator "), first.out());
        assertEquals(new Result(0, first.out(), ""), launch("emulator", "--help"));
        assertEquals(audited(), launch("check", "--format", "json", FLEET), "the command line is not built again");
    }

    @Test
    @Order(10)
    void theAuditOnFlinkIsBuiltOnItsOwnFirstUseAndFindsTheSame() throws Exception {
        Result first = launch("flink", "check", "--format", "json", FLEET);
        assertEquals("job-lifecycle: building the audit on Flink (first use)...\n", first.err());
        assertEquals(audited(), new Result(first.exit(), first.out(), ""));
        assertEquals(audited(), launch("flink", "check", "--format", "json", FLEET));
    }
}
