package org.joblifecycle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.joblifecycle.benchmark.Program.Run;

/** How the cost of {@code job-lifecycle check} grows with the number of jobs, and with the number of snapshots of each. */
public final class AuditGrowth {
    private static final double MEGABYTE = 1e6;
    private static final double MICROS_A_SECOND = 1e6;

    private AuditGrowth() {}

    /**
     * Prints a table.
     *
     * @param args for each row the number of jobs; after an x, how often each line stands in the file, if more than once
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.print("""
                | jobs | snapshots | file | elapsed | processor time | a snapshot | memory |
                |---|---|---|---|---|---|---|
                """);
        for (String row : args) {
            int x = row.indexOf('x');
            long jobs = Long.parseLong(x < 0 ? row : row.substring(0, x));
            try (JobFiles files = new JobFiles()) {
                print(files, files.generate(jobs, 0, x < 0 ? 1 : Integer.parseInt(row.substring(x + 1))));
            }
        }
    }

    private static void print(JobFiles files, Path file) throws IOException, InterruptedException {
        Run run = Program.audit(Program.check(), file, files.printed(), Program.RUNS);
        Tally tally = Findings.read(files.printed()).tally();
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,d | %,.0f MB | %.2f s | %.2f s | %.2f µs | %,.0f MB |%n",
                tally.jobs(),
                tally.snapshots(),
                Files.size(file) / MEGABYTE,
                run.elapsed(),
                run.cpu(),
                run.cpu() * MICROS_A_SECOND / tally.snapshots(),
                run.peakMegabytes());
    }
}
