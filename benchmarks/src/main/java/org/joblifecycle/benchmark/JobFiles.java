package org.joblifecycle.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** Temporary files of generated jobs, deleted when closed. */
final class JobFiles implements Closeable {
    private final Path folder;
    private final Path raw;
    private final Path jobs;
    private final Path other;
    private final Path printed;

    JobFiles() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "audit")
                .toAbsolutePath();
        raw = folder.resolve("raw.jsonl");
        jobs = folder.resolve("jobs.jsonl");
        other = folder.resolve("other.json");
        printed = folder.resolve("printed");
    }

    /** Another file, for the jobs in another form. */
    Path other() {
        return other;
    }

    /** The file for what a program prints. */
    Path printed() {
        return printed;
    }

    /**
     * A file of jobs, which replaces the one before. Unreadable lines are removed, because the other programs cannot skip them.
     *
     * @param jobNumber how many jobs
     * @param faults the rate of faults, from 0 to 1
     * @param times how often each line stands in the file: more than once as if the job had been polled more often
     */
    Path generate(long jobNumber, double faults, int times) throws IOException, InterruptedException {
        Program.run(
                Program.jobLifecycle(
                        "generate", "--jobs", Long.toString(jobNumber), "--faults", Double.toString(faults)),
                raw);
        Program.audit(Program.check(), raw, printed, 1);
        Set<Long> unreadable = Findings.read(printed).unreadableLines();
        if (unreadable.isEmpty() && times == 1) {
            return Files.move(raw, jobs, StandardCopyOption.REPLACE_EXISTING);
        }
        try (BufferedReader in = Files.newBufferedReader(raw);
                BufferedWriter out = Files.newBufferedWriter(jobs)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!unreadable.contains(number)) {
                    out.write((line + "\n").repeat(times));
                }
            }
        }
        Files.delete(raw);
        return jobs;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(raw);
        Files.deleteIfExists(jobs);
        Files.deleteIfExists(other);
        Files.deleteIfExists(printed);
        Files.delete(folder);
    }
}
