package org.joblifecycle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.joblifecycle.benchmark.Program.Run;

/**
 * The audit of a large file by {@code job-lifecycle check} and by others that count the same: a program with Jackson, a query of
 * DuckDB, a script of jq. Each is a process, from its cold start to its end. All of them must count the same, first in a small
 * file full of faults.
 */
public final class AuditPeers {
    private static final int FEW_JOBS = 2_000;
    private static final double MANY_FAULTS = 0.3;
    private static final double FEW_FAULTS = 0.001;

    private AuditPeers() {}

    /**
     * One of the programs that are compared.
     *
     * @param name its name in the table
     * @param command what is run, without the file
     * @param runs how often it is run: once where a run takes minutes
     */
    private record Peer(String name, List<String> command, int runs) {
        private static final String CHECK = "job-lifecycle check";

        static List<Peer> all() throws IOException {
            return List.of(
                    new Peer(CHECK, Program.check(), Program.RUNS),
                    new Peer("Jackson, times by itu", jackson(JacksonAudit.Times.ITU), Program.RUNS),
                    new Peer("Jackson, times by java.time", jackson(JacksonAudit.Times.JAVA_TIME), Program.RUNS),
                    new Peer("DuckDB", Program.java(DuckDbAudit.class), Program.RUNS),
                    new Peer("jq", List.of("jq", "-n", "-r", Program.text("audit.jq")), 1));
        }

        private static List<String> jackson(JacksonAudit.Times times) {
            return Program.java(JacksonAudit.class, times.name());
        }

        /** What it counted. */
        Tally tally(Path printed) throws IOException {
            return name.equals(CHECK) ? Findings.read(printed).tally() : Tally.parse(Files.readAllLines(printed));
        }
    }

    /**
     * Prints a table for each file.
     *
     * @param args the number of jobs of the large file, each with about seven snapshots of a kilobyte
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (JobFiles files = new JobFiles()) {
            measure(files.generate(FEW_JOBS, MANY_FAULTS, 1), files.printed());
            measure(files.generate(Long.parseLong(args[0]), FEW_FAULTS, 1), files.printed());
        }
    }

    /**
     * Has all of them audit a file.
     *
     * @throws IOException if one does not count what the first one counts
     */
    private static void measure(Path file, Path printed) throws IOException, InterruptedException {
        Tally expected = null;
        double first = 0;
        for (Peer peer : Peer.all()) {
            Run run = Program.audit(peer.command, file, printed, peer.runs);
            Tally tally = peer.tally(printed);
            double speed = tally.snapshots() / run.cpu();
            if (expected == null) {
                expected = tally;
                first = speed;
                System.out.printf(Locale.ROOT, """

                        %,d bytes, %,d snapshots

                        | | elapsed | processor time | snapshots a processor second | ratio | memory |
                        |---|---|---|---|---|---|
                        """, Files.size(file), tally.snapshots());
            }
            if (!tally.equals(expected)) {
                throw new IOException("%s counts%n%sin %s, and %s counts%n%s"
                        .formatted(Peer.CHECK, expected, file, peer.name, tally));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f s | %.1f s | %,.0f | %.2f | %,.0f MB |%n",
                    peer.name,
                    run.elapsed(),
                    run.cpu(),
                    speed,
                    first / speed,
                    run.peakMegabytes());
        }
    }
}
