package com.example.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

// The command as its users run it: each call is a process of its own.
@ParameterizedClass
@EnumSource
class MainTest {
    private static final int JOBS = 8;
    private static final int MOST_LOOKS = 300;

    private final Database kind;
    private final List<Process> started = new ArrayList<>();
    private String url;

    @TempDir
    Path folder;

    MainTest(Database kind) {
        this.kind = kind;
    }

    @BeforeEach
    void chooseDatabase() {
        url = kind == Database.H2 ? null : kind.open().getJdbcUrl();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (url != null) {
            builder.environment().put("DATABASE", url);
        }
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String run(int status, String... arguments) throws Exception {
        Path output = folder.resolve("output");
        Process process = start(output, arguments);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        String said = Files.readString(output, UTF_8);
        assertEquals(status, process.exitValue(), said);
        return said;
    }

    private Map<String, String> list() throws Exception {
        Map<String, String> states = new TreeMap<>();
        for (String line : run(0, "list").lines().toList()) {
            String[] words = line.split(" ", 2);
            states.put(words[0], words[1]);
        }
        return states;
    }

    @Test
    void itSubmitsShowsAndCancels() throws Exception {
        assertEquals("nightly QUEUED\n", run(0, "submit", "nightly", "exit 3"));
        assertEquals("there is a job nightly QUEUED already\n", run(1, "submit", "nightly", "exit 4"));
        assertEquals("nightly CANCELLING\n", run(0, "cancel", "nightly"));
        assertEquals(Map.of("nightly", "CANCELLING"), list());
        assertEquals(
                List.of("submitted: nightly QUEUED", "CANCEL: nightly CANCELLING"),
                run(0, "show", "nightly")
                        .lines()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList());
        assertEquals(
                "transition-illegal: cannot CANCEL from CANCELLING: CANCELLING permits SUCCEED, FAIL, CONFIRM_CANCEL\n",
                run(1, "cancel", "nightly"));
        assertEquals("there is no such job\n", run(1, "cancel", "daily"));
        assertEquals("", run(1, "show", "daily"));
    }

    @Test
    void whoAsksForSomethingElseIsToldWhatThereIs() throws Exception {
        for (String[] arguments : new String[][] {{}, {"submit", "nightly"}, {"submit", "a/b", "true"}, {"stop"}}) {
            assertTrue(run(2, arguments).startsWith("usage: submit ID COMMAND | "));
        }
    }

    // The jobs write to files when they begin and when they end. Twice all workers are killed in the middle.
    @Test
    void everyJobIsRunThoughWorkersAreKilled() throws Exception {
        run(0, "submit", "failing", "exit 3");
        for (int i = 0; i < JOBS; i++) {
            run(0, "submit", "job" + i, "echo " + i + " >> begun; sleep 1; echo " + i + " >> ended");
        }
        for (int i = 1; i <= 2; i++) {
            int begun = 3 * i;
            Process workers = start(folder.resolve("workers" + i), "work");
            await(() -> lines("begun").size() >= begun);
            workers.destroyForcibly().waitFor();
        }
        start(folder.resolve("workers"), "work");
        await(() -> list().values().stream().allMatch(state -> state.matches("SUCCEEDED|FAILED.*")));

        Map<String, String> states = list();
        assertTrue(states.get("failing").startsWith("FAILED ("), states::toString);
        for (int i = 0; i < JOBS; i++) {
            assertEquals("SUCCEEDED", states.get("job" + i));
            assertTrue(lines("ended").contains(Integer.toString(i)));
        }
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < MOST_LOOKS && !condition.holds(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(condition.holds());
    }
}
