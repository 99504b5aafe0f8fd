package org.joblifecycle.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Runs programs as a user does, each in a process of its own, and measures them. Needs bash and Linux's {@code /proc}. */
final class Program {
    /** How often a program that takes seconds is run. */
    static final int RUNS = 3;

    private static final String TIMED = "TIMEFORMAT='%R %U %S'; time \"$@\"";
    private static final String PEAK = "VmHWM:";
    private static final int MILLIS_BETWEEN_SAMPLES = 20;
    private static final long BYTES_A_KILOBYTE = 1024;

    private Program() {}

    /**
     * What a run took.
     *
     * @param elapsed seconds from its start to its end
     * @param cpu seconds of processor time, user and system
     * @param peak the largest resident memory, in bytes
     */
    record Run(double elapsed, double cpu, double peak) {
        private static final double MEGABYTE = 1e6;

        double peakMegabytes() {
            return peak / MEGABYTE;
        }

        private static Run median(List<Run> runs) {
            return new Run(median(runs, Run::elapsed), median(runs, Run::cpu), median(runs, Run::peak));
        }

        private static double median(List<Run> runs, ToDoubleFunction<Run> number) {
            return runs.stream().mapToDouble(number).sorted().toArray()[runs.size() / 2];
        }
    }

    /** A file beside this class. */
    static String text(String name) throws IOException {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** The command line of this checkout. */
    static List<String> jobLifecycle(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of("..", "job-lifecycle").toAbsolutePath().normalize().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command that is measured; the file is its last argument. */
    static List<String> check() {
        return jobLifecycle("check", "--format", "json");
    }

    /** A class of this module, in a JVM like the one that the command line starts. */
    static List<String> java(Class<?> main, String... arguments) {
        return java(List.of(), main, arguments);
    }

    /** The same, with more options for the JVM. */
    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Runs the audit of a file by a command several times.
     *
     * @param command what is run, without the file
     * @param out the file for what the last run prints
     * @return the median of each number
     */
    static Run audit(List<String> command, Path file, Path out, int times) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(file.toString());
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            runs.add(run(whole, out));
        }
        return Run.median(runs);
    }

    /**
     * Runs a command to its end.
     *
     * @param out the file for what it prints
     * @throws IOException if it fails: if its exit code is neither 0 nor 1, which tells of findings
     */
    static Run run(List<String> command, Path out) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
        timed.addAll(command);
        Path complaints = Files.createTempFile("complaints", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(timed).redirectOutput(out.toFile()).redirectError(complaints.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // one JDK for all
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            long peak = 0;
            while (!process.waitFor(MILLIS_BETWEEN_SAMPLES, TimeUnit.MILLISECONDS)) {
                peak = Math.max(
                        peak,
                        process.descendants().mapToLong(Program::peak).max().orElse(0));
            }
            List<String> lines = Files.readAllLines(complaints);
            if (process.exitValue() > 1) {
                throw new IOException(String.join(" ", command) + " failed: " + lines);
            }
            String[] seconds = lines.get(lines.size() - 1).split(" ", -1);
            return new Run(
                    Double.parseDouble(seconds[0]),
                    Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]),
                    peak);
        } finally {
            Files.delete(complaints);
        }
    }

    private static long peak(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_A_KILOBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has just ended
        }
    }
}
