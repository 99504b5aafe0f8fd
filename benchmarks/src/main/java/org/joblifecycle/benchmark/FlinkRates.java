package org.joblifecycle.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.joblifecycle.benchmark.FlinkRun.Work;
import org.joblifecycle.benchmark.Program.Run;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;

/**
 * The audit on Flink, in a cluster within one process: beside jobs of Flink that read, sort and count the same and audit nothing, and
 * beside {@code job-lifecycle check}; the bytes of its state; and a job that has all snapshots. Each run is a process of its own.
 */
public final class FlinkRates {
    private static final double BYTES_A_JOB = 6640; // of those that are generated
    private static final double FEW_FAULTS = 0.001;
    private static final double MILLIS_A_SECOND = 1e3;
    private static final double MEGABYTE = 1e6;
    private static final List<String> HEAP_OF_FILES = List.of("-Xmx2g");
    private static final List<String> HEAP_OF_HOT_JOB = List.of("-Xmx1g");
    private static final List<String> HEAP_OF_STATE = List.of("-Xmx4g");
    private static final int SLOTS = 2;

    private final Path folder;
    private final Path printed;

    private FlinkRates(Path folder) {
        this.folder = folder;
        this.printed = folder.resolve("printed");
    }

    /**
     * Measures and prints.
     *
     * @param arguments {@code files 1000 2 3}, an audit of so many megabytes, in so many slots, so often; {@code state 1000000
     *     hashmap rocksdb}, so many jobs in these state backends; or {@code hot 3000000}, so many snapshots of one job. All three
     *     if there are none
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "flink")
                .toAbsolutePath();
        try {
            FlinkRates rates = new FlinkRates(folder);
            if (arguments.length == 0) {
                rates.measure("files", "1000", "2", "3");
                rates.measure("state", "1000000", FlinkEnvironments.HEAP, FlinkEnvironments.ROCKSDB);
                rates.measure("hot", "3000000");
            } else {
                rates.measure(arguments);
            }
        } finally {
            clear(folder);
            Files.delete(folder);
        }
    }

    private void measure(String... arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "files" ->
                files(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            case "state" -> state(arguments[1], List.of(arguments).subList(2, arguments.length));
            case "hot" -> hot(Integer.parseInt(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0] + ": expected files, state or hot");
        }
    }

    /**
     * One of the ways to audit a file.
     *
     * @param title its name in the table
     * @param isFlink whether it is a {@link FlinkRun}
     * @param command what is run
     * @param beside which of the ways it is compared with
     */
    private record Way(String title, int slots, boolean isFlink, List<String> command, int beside) {}

    /**
     * What a run of one of them took.
     *
     * @param job seconds from the start of the job to its end, without that of the JVM and of the cluster
     * @param heap the largest heap after a collection, in bytes
     */
    private record Took(Run run, double job, double heap, Tally found) {}

    private void files(long megabytes, int slots, int repetitions) throws IOException, InterruptedException {
        try (JobFiles files = new JobFiles()) {
            Path file = files.generate(Math.round(megabytes * MEGABYTE / BYTES_A_JOB), FEW_FAULTS, 1);
            List<Way> ways = new ArrayList<>(List.of(
                    flink("batch: count, sorted by arrival", Work.BATCH_COUNT, slots, file, 0),
                    flink("batch: audit by arrival", Work.BATCH_AUDIT, slots, file, 0),
                    flink("batch: count, sorted by updateTime", Work.BATCH_COUNT_BY_UPDATE_TIME, slots, file, 2),
                    flink("batch: audit by updateTime", Work.BATCH_AUDIT_BY_UPDATE_TIME, slots, file, 2),
                    flink("stream: count", Work.STREAM_COUNT, slots, file, 4),
                    flink("stream: audit by arrival", Work.STREAM_AUDIT, slots, file, 4),
                    check(file, 0),
                    check(file, 2, "--sort")));
            for (int others : new int[] {1, 2, 4}) {
                if (others != slots) {
                    ways.add(flink("batch: audit by arrival", Work.BATCH_AUDIT, others, file, 0));
                }
            }
            List<List<Took>> took = new ArrayList<>();
            for (int round = -1; round < repetitions; round++) { // the first one warms up the caches of files
                System.err.println("round " + (round + 1) + " of " + repetitions);
                List<Took> all = new ArrayList<>();
                for (Way way : ways) {
                    all.add(run(way));
                }
                if (round >= 0) {
                    took.add(all);
                }
            }
            Tally expected = took.get(0).get(6).found();
            compare(expected, took.get(0).get(1).found());
            compare(took.get(0).get(7).found(), took.get(0).get(3).found());
            print(Files.size(file), expected.snapshots(), ways, took);
        }
    }

    private static void compare(Tally expected, Tally found) throws IOException {
        if (!found.equals(expected)) {
            throw new IOException(
                    "job-lifecycle check counts%n%s, and the audit on Flink%n%s".formatted(expected, found));
        }
    }

    private Way flink(String title, Work work, int slots, Path file, int beside) {
        return new Way(title, slots, true, command(HEAP_OF_FILES, work, slots, file), beside);
    }

    private List<String> command(List<String> heap, Work work, int slots, Path file) {
        return Program.java(
                heap, FlinkRun.class, work.name(), Integer.toString(slots), folder.toString(), file.toString());
    }

    private static Way check(Path file, int beside, String... options) {
        List<String> command = new ArrayList<>(Program.check());
        command.addAll(List.of(options));
        command.add(file.toString());
        String title = "`job-lifecycle "
                + String.join(
                        " ",
                        Stream.concat(Stream.of("check"), Stream.of(options)).toList()) + "`";
        return new Way(title, 1, false, command, beside);
    }

    private Took run(Way way) throws IOException, InterruptedException {
        Run run = Program.run(way.command(), printed);
        Tally tally = way.isFlink()
                ? Tally.parse(Files.readAllLines(printed))
                : Findings.read(printed).tally();
        double job = way.isFlink() ? tally.take(FlinkRun.MILLIS) / MILLIS_A_SECOND : run.elapsed();
        double heap = tally.take(FlinkRun.HEAP);
        clear(folder);
        return new Took(run, job, heap, tally);
    }

    private static void print(long bytes, long snapshots, List<Way> ways, List<List<Took>> took) {
        System.out.printf(Locale.ROOT, """

                %,d bytes, %,d snapshots, %d runs

                | | slots | process | least and most | in the job | ratio | processor time | ratio | a snapshot | memory |
                |---|---|---|---|---|---|---|---|---|---|
                """, bytes, snapshots, took.size());
        for (int i = 0; i < ways.size(); i++) {
            int way = i;
            int beside = ways.get(i).beside();
            double[] elapsed = took.stream()
                    .mapToDouble(round -> round.get(way).run().elapsed())
                    .sorted()
                    .toArray();
            double cpu = median(took, round -> round.get(way).run().cpu());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f s | %.1f to %.1f | %.1f s | %.2f | %.1f s | %.2f | %.1f µs | %,.0f MB |%n",
                    ways.get(i).title(),
                    ways.get(i).slots(),
                    elapsed[elapsed.length / 2],
                    elapsed[0],
                    elapsed[elapsed.length - 1],
                    median(took, round -> round.get(way).job()),
                    median(
                            took,
                            round -> round.get(way).job() / round.get(beside).job()),
                    cpu,
                    median(
                            took,
                            round -> round.get(way).run().cpu()
                                    / round.get(beside).run().cpu()),
                    cpu * MEGABYTE / snapshots,
                    median(took, round -> round.get(way).run().peakMegabytes()));
        }
    }

    private static double median(List<List<Took>> rounds, ToDoubleFunction<List<Took>> number) {
        return rounds.stream().mapToDouble(number).sorted().toArray()[rounds.size() / 2];
    }

    private void state(String jobs, List<String> backends) throws IOException, InterruptedException {
        System.out.print("""

                | jobs | state backend | elapsed | processor time | savepoint | bytes a job | beside its name | native | bytes a job | on the disk | heap | memory |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        double number = Double.parseDouble(jobs);
        for (String backend : backends) {
            Run run = Program.run(
                    Program.java(
                            HEAP_OF_STATE, FlinkState.class, jobs, backend, Integer.toString(SLOTS), folder.toString()),
                    printed);
            Tally tally = Tally.parse(Files.readAllLines(printed));
            clear(folder);
            double canonical = tally.take(FlinkState.CANONICAL) / number;
            System.out.printf(
                    Locale.ROOT,
                    "| %,.0f | %s | %.1f s | %.1f s | %.1f s | %.1f | %.1f | %.1f s | %.1f | %,.0f MB | %,.0f MB | %,.0f MB |%n",
                    number,
                    backend,
                    tally.take(FlinkState.MILLIS) / MILLIS_A_SECOND,
                    run.cpu(),
                    tally.take(FlinkState.CANONICAL_MILLIS) / MILLIS_A_SECOND,
                    canonical,
                    canonical - tally.take(FlinkState.NAMES),
                    tally.take(FlinkState.NATIVE_MILLIS) / MILLIS_A_SECOND,
                    tally.take(FlinkState.NATIVE) / number,
                    tally.take(FlinkState.DISK) / MEGABYTE,
                    tally.take(FlinkState.HEAP) / MEGABYTE,
                    run.peakMegabytes());
        }
    }

    private void hot(int snapshots) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder.getParent(), "hot", ".jsonl");
        try {
            System.out.printf(Locale.ROOT, """

                    One job, %,d snapshots, %s

                    | updateTime | | elapsed | processor time | heap | memory |
                    |---|---|---|---|---|---|
                    """, snapshots, String.join(" ", HEAP_OF_HOT_JOB));
            for (boolean same : new boolean[] {false, true}) {
                writeHotJob(snapshots, same, file);
                for (Work work : List.of(
                        Work.BATCH_AUDIT,
                        Work.BATCH_AUDIT_BY_UPDATE_TIME,
                        Work.STREAM_AUDIT,
                        Work.STREAM_AUDIT_BY_UPDATE_TIME)) {
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %s |%n",
                            same ? "the same" : "a second later",
                            work,
                            hot(work, file));
                    clear(folder);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private String hot(Work work, Path file) throws InterruptedException {
        try {
            Run run = Program.run(command(HEAP_OF_HOT_JOB, work, SLOTS, file), printed);
            Tally tally = Tally.parse(Files.readAllLines(printed));
            return String.format(
                    Locale.ROOT,
                    "%.1f s | %.1f s | %,.0f MB | %,.0f MB",
                    tally.take(FlinkRun.MILLIS) / MILLIS_A_SECOND,
                    run.cpu(),
                    tally.take(FlinkRun.HEAP) / MEGABYTE,
                    run.peakMegabytes());
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            return "fails: " + message.substring(message.lastIndexOf("failed: ")) + " | | | ";
        }
    }

    private static void writeHotJob(int snapshots, boolean same, Path file) throws IOException {
        Instant noon = Instant.parse("2026-05-01T12:00:00.123456Z");
        JobSnapshot job = JobSnapshot.of(
                        "projects/123456789012/locations/us-central1/customJobs/1234567890123456789", JobState.RUNNING)
                .withCreateTime(noon)
                .withStartTime(noon);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < snapshots; i++) {
                out.write(JobJson.write(job.withUpdateTime(noon.plusSeconds(same ? 0 : i))) + "\n");
            }
        }
    }

    /** Deletes all that is in a folder. */
    private static void clear(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
