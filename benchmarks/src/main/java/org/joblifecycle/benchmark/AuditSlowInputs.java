package org.joblifecycle.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.joblifecycle.benchmark.Program.Run;

/**
 * The audit of files that are made to be slow: each form of input that is read more than once, or by the slow reader, beside lines
 * that are read once. Each is a process, from its cold start to its end.
 */
public final class AuditSlowInputs {
    private static final long BYTES = 256L << 20;
    private static final int MOST_KEPT = 64 << 20;
    private static final double NANOS_A_SECOND = 1e9;
    private static final String JOB =
            "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_PENDING\","
                    + "\"createTime\":\"2026-01-01T00:00:00Z\",\"updateTime\":\"2026-01-01T00:00:00Z\",\"labels\":{"
                    + "\"k\":\"" + "v".repeat(900) + "\"}";
    private static final String ESCAPED = JOB + ",\"description\":\"caf\\u00e9\"}";

    private AuditSlowInputs() {}

    /**
     * A form of input.
     *
     * @param head what it begins with
     * @param unit what is repeated
     * @param tail what it ends with
     */
    private record Form(String title, String head, String unit, String tail) {}

    private static final List<Form> FORMS = List.of(
            new Form("lines as the API prints them", "", JOB + "}\n", ""),
            new Form("lines with an escape", "", ESCAPED + "\n", ""),
            new Form("lines with a fault at their end", JOB + "}\n", JOB + ",\"x\":01}\n", ""),
            new Form("lines of 1000 levels", JOB + "}\n", nested(1000) + "\n", ""),
            new Form("objects over two lines", "", JOB + "\n}\n", ""),
            new Form("objects over two lines, with an escape", "", ESCAPED.replace("{\"name", "{\n\"name") + "\n", ""),
            new Form("objects with nothing between them", "", JOB + "}", ""),
            new Form("objects of 60 MiB with an escape", "[", huge(60 << 20, "\\n") + ",\n", JOB + "}]"),
            new Form(
                    "lines after one that is 64 MiB from its end to a fault",
                    "{\n\"x\":[" + "0,".repeat(MOST_KEPT / 2 - 8) + "]\n",
                    JOB + "}\n",
                    ""));

    private static String nested(int levels) {
        return "{\"x\":".repeat(levels) + "0" + "}".repeat(levels);
    }

    private static String huge(int length, String unit) {
        return JOB + ",\"x\":\"" + unit.repeat(length / unit.length()) + "\"}";
    }

    /** Prints a table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.print("""
                | | bytes | elapsed | processor time a byte | ratio | memory |
                |---|---|---|---|---|---|
                """);
        double first = 0;
        try (JobFiles files = new JobFiles()) {
            for (Form form : FORMS) {
                Path file = files.other();
                write(file, form);
                Run run = Program.audit(Program.check(), file, files.printed(), Program.RUNS);
                double nanos = run.cpu() * NANOS_A_SECOND / Files.size(file);
                first = first == 0 ? nanos : first;
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %.1f s | %.1f ns | %.1f | %,.0f MB |%n",
                        form.title,
                        Files.size(file),
                        run.elapsed(),
                        nanos,
                        nanos / first,
                        run.peakMegabytes());
            }
        }
    }

    private static void write(Path file, Form form) throws IOException {
        byte[] unit = form.unit.getBytes(UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(form.head.getBytes(UTF_8));
            for (long bytes = 0; bytes < BYTES; bytes += unit.length) {
                out.write(unit);
            }
            out.write(form.tail.getBytes(UTF_8));
        }
    }
}
