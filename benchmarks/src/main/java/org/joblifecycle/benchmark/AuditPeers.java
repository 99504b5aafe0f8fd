package org.joblifecycle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.benchmark.Program.Run;

/**
 * The audit of a large file by {@code job-lifecycle check} and by others that count the same: a program with Jackson, a query of
 * DuckDB, a script of jq. Each is a process, from its cold start to its end. All of them have to count the same, first in a
 * small file full of faults.
 */
public final class AuditPeers {
    private static final int FEW_JOBS = 2_000;
    private static final double MANY_FAULTS = 0.3;
    private static final double FEW_FAULTS = 0.001;
    private static final int RUNS = 3;
    private static final double MEGABYTE = 1e6;

    private AuditPeers() {}

    /**
     * Who takes part.
     *
     * @param name what to call it
     * @param command what to run, without the file
     * @param runs how often: once where once takes minutes
     */
    private record Peer(String name, List<String> command, int runs) {
        private static final String CHECK = "job-lifecycle check";

        static List<Peer> all() throws IOException {
            return List.of(
                    new Peer(CHECK, Program.jobLifecycle("check", "--format", "json"), RUNS),
                    new Peer("Jackson, times by itu", jackson(JacksonAudit.Times.ITU), RUNS),
                    new Peer("Jackson, times by java.time", jackson(JacksonAudit.Times.JAVA_TIME), RUNS),
                    new Peer("DuckDB", Program.java(DuckDbAudit.class), RUNS),
                    new Peer("jq", List.of("jq", "-n", "-r", Program.text("audit.jq")), 1));
        }

        private static List<String> jackson(JacksonAudit.Times times) {
            return Program.java(JacksonAudit.class, times.name());
        }

        Run run(Path file, Path printed) throws IOException, InterruptedException {
            List<String> whole = new ArrayList<>(command);
            whole.add(file.toString());
            return Program.run(whole, printed);
        }

        /** What it counted. */
        Tally tally(Path printed) throws IOException {
            return name.equals(CHECK) ? Findings.read(printed).tally() : Tally.parse(Files.readAllLines(printed));
        }
    }

    /** Prints a table. Takes the number of jobs, of which each has six or seven snapshots of a kilobyte. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (JobFiles files = new JobFiles()) {
            measure(files.generate(FEW_JOBS, MANY_FAULTS, 1), files.printed(), false);
            measure(files.generate(Long.parseLong(args[0]), FEW_FAULTS, 1), files.printed(), true);
        }
    }

    /**
     * Lets all of them audit a file.
     *
     * @throws IOException if one does not count what the first one counts
     */
    private static void measure(Path file, Path printed, boolean report) throws IOException, InterruptedException {
        Tally expected = null;
        double first = 0;
        for (Peer peer : Peer.all()) {
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < (report ? peer.runs : 1); i++) {
                runs.add(peer.run(file, printed));
            }
            Tally tally = peer.tally(printed);
            Run run = Run.median(runs);
            double speed = tally.snapshots() / run.cpu();
            if (expected == null) {
                expected = tally;
                first = speed;
                if (report) {
                    System.out.printf("""
                            %,d bytes, %,d snapshots

                            | | elapsed | processor time | lines a processor second | ratio | memory |
                            |---|---|---|---|---|---|
                            """, Files.size(file), tally.snapshots());
                }
            }
            if (!tally.equals(expected)) {
                throw new IOException("%s counts%n%sin %s, and %s counts%n%s"
                        .formatted(Peer.CHECK, expected, file, peer.name, tally));
            }
            if (report) {
                System.out.printf(
                        "| %s | %.1f s | %.1f s | %,.0f | %.2f | %,.0f MB |%n",
                        peer.name, run.elapsed(), run.cpu(), speed, first / speed, run.peak() / MEGABYTE);
            }
        }
    }
}
