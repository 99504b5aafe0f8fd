package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProcessTest {
    private static final String FAULTY = lines(running("7").withCreateTime(null));
    private static final int MEGABYTE = 1_000_000;

    private static Jvm.Input text(String text) {
        return in -> in.write(text.getBytes(UTF_8));
    }

    @Test
    void theProcessEndsWithTheCodeOfTheCommand() throws Exception {
        assertEquals(
                new Cli.Result(0, "1 job, 1 snapshot: nothing found\n", ""),
                new Jvm().run(text(lines(succeeded("7"))), "check"));
        assertEquals(Cli.check(FAULTY), new Jvm().run(text(FAULTY), "check", "-"));
        Cli.Result unknown = new Jvm().run(text(""), "check", "--nope");
        assertEquals(2, unknown.exit());
        assertEquals(1, unknown.err().lines().count());
    }

    @Test
    void theOutputDoesNotDependOnTheProcessors() throws Exception {
        String jobs = Cli.run("generate", "--jobs", "1000", "--faults", "0.05").out();
        assertTrue(jobs.length() > 4 * MEGABYTE, "less than the buffers of several threads");
        Cli.Result one = new Jvm().option("-XX:ActiveProcessorCount=1").run(text(jobs), "check");
        Cli.Result many = new Jvm().option("-XX:ActiveProcessorCount=4").run(text(jobs), "check");
        assertEquals(one, many);
        assertTrue(one.out().lines().count() > 100, one.out());
    }

    @Test
    void theEnvironmentCanTurnColoursOff() throws Exception {
        String terminal = "-Djob-lifecycle.terminal.stdout=true";
        assertTrue(new Jvm()
                .option(terminal)
                .environment("NO_COLOR", "")
                .run(text(FAULTY), "check")
                .out()
                .contains("\u001b["));
        assertFalse(new Jvm()
                .option(terminal)
                .environment("NO_COLOR", "1")
                .run(text(FAULTY), "check")
                .out()
                .contains("\u001b"));
    }

    @Test
    void theProgressOfAPipeShowsNoSize() throws Exception {
        Cli.Result result = new Jvm()
                .option("-Djob-lifecycle.terminal.stderr=true")
                .run(
                        in -> {
                            for (int i = 0; i < 3; i++) {
                                in.write(FAULTY.getBytes(UTF_8));
                                in.flush();
                                LockSupport.parkNanos(700L * MEGABYTE);
                            }
                        },
                        "check");
        assertTrue(result.err().contains("/? MB"), result.err());
        assertFalse(result.err().contains("100%"), result.err());
    }

    @Test
    void aClosedPipeEndsTheWorkSilently() throws Exception {
        Process process = new Jvm().start("check");
        CompletableFuture<String> err = Jvm.read(process.getErrorStream());
        CompletableFuture<Boolean> wroteAll = Jvm.async(() -> {
            byte[] broken = "x\n".repeat(100_000).getBytes(UTF_8);
            try (OutputStream in = process.getOutputStream()) {
                in.write(FAULTY.getBytes(UTF_8));
                for (int i = 0; i < 1000; i++) {
                    in.write(broken);
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        try (BufferedReader head = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertTrue(head.readLine().startsWith("-:1: tuningJobs/7 create-time-required: "));
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
        assertEquals("", err.get());
        assertFalse(wroteAll.get());
    }

    @Test
    void aFullDiskIsReportedInOneLine() throws Exception {
        Jvm full = new Jvm();
        if (Jvm.hasFullDisk()) {
            full.out(Path.of("/dev/full"));
        } else {
            full.out(Path.of("/dev/null"));
        }
        for (String input : new String[] {FAULTY, "x\n".repeat(1000)}) {
            Cli.Result result = full.run(text(input), "check");
            assertEquals(Jvm.hasFullDisk() ? 2 : 1, result.exit());
            assertEquals(
                    Jvm.hasFullDisk()
                            ? "job-lifecycle: cannot write to standard output: No space left on device\n"
                            : "",
                    result.err());
        }
    }

    @Test
    void memoryDoesNotGrowWithTheNumberOfLines() throws Exception {
        StringBuilder thousandJobs = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            thousandJobs.append(lines(running(Integer.toString(i))));
        }
        byte[] block = thousandJobs.toString().getBytes(UTF_8);
        int blocks = 300 * MEGABYTE / block.length;
        Cli.Result result = new Jvm()
                .option("-Xmx48m")
                .run(
                        in -> {
                            for (int i = 0; i < blocks; i++) {
                                in.write(block);
                            }
                        },
                        "check");
        assertEquals(new Cli.Result(0, "1000 jobs, " + blocks * 1000 + " snapshots: nothing found\n", ""), result);
    }

    @Test
    void memoryDoesNotGrowWithAnArrayButWithItsLargestObject() throws Exception {
        byte[] job = lines(running("7")).strip().getBytes(UTF_8);
        byte[] megabyte = "x".repeat(MEGABYTE).getBytes(UTF_8);
        Cli.Result result = new Jvm()
                .option("-Xmx160m")
                .run(
                        in -> {
                            in.write('[');
                            for (int large = 0; large < 5; large++) {
                                in.write(job, 0, job.length - 1);
                                in.write(",\"x\":\"".getBytes(UTF_8));
                                for (int i = 0; i < 60; i++) {
                                    in.write(megabyte);
                                }
                                in.write("\"},".getBytes(UTF_8));
                            }
                            in.write(job);
                            for (int i = 0; i < 100_000; i++) {
                                in.write(',');
                                in.write(job);
                            }
                            in.write(']');
                        },
                        "check");
        assertEquals(new Cli.Result(0, "1 job, 100006 snapshots: nothing found\n", ""), result);
    }

    @Test
    void missingMemoryIsReportedInOneLine() throws Exception {
        byte[] megabyte = "x".repeat(MEGABYTE).getBytes(UTF_8);
        Cli.Result result = new Jvm()
                .option("-Xmx24m")
                .run(
                        in -> {
                            in.write((FAULTY + "{\"name\":\"").getBytes(UTF_8));
                            for (int i = 0; i < 100; i++) {
                                in.write(megabyte);
                            }
                        },
                        "check");
        assertEquals(2, result.exit());
        assertTrue(result.out().startsWith("-:1: tuningJobs/7 create-time-required: "), result.out());
        assertEquals(
                "job-lifecycle: not enough memory: JOB_LIFECYCLE_OPTS=-Xmx8g, for example, gives more\n", result.err());
    }
}
