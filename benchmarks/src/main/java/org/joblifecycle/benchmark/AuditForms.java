package org.joblifecycle.benchmark;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.joblifecycle.benchmark.Program.Run;
import org.joblifecycle.text.ProtoName;

/**
 * The audit of the same jobs in the forms in which users have them, beside Jackson's streaming reader over the same file. Each is
 * a process, from its cold start to its end. All forms must come to the same.
 */
public final class AuditForms {
    private static final JsonFactory JSON = new JsonFactory();

    private AuditForms() {}

    /** How the jobs stand in a file. */
    private enum Form {
        JSON_LINES("JSON Lines", false, false, false),
        PROTO_NAMES("JSON Lines, proto names", true, false, false),
        PRETTY("pretty-printed jobs", false, true, false),
        ARRAY("a pretty-printed array", false, true, true);

        private final String title;
        private final boolean protoNames;
        private final boolean pretty;
        private final boolean array;

        Form(String title, boolean protoNames, boolean pretty, boolean array) {
            this.title = title;
            this.protoNames = protoNames;
            this.pretty = pretty;
            this.array = array;
        }
    }

    /**
     * Prints a table.
     *
     * @param args the number of jobs, each with six or seven snapshots of a kilobyte
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.print("""
                | | bytes | elapsed | processor time | Jackson's tokens, elapsed | processor time | ratio |
                |---|---|---|---|---|---|---|
                """);
        try (JobFiles files = new JobFiles()) {
            Path lines = files.generate(Long.parseLong(args[0]), 0, 1);
            Tally expected = null;
            for (Form form : Form.values()) {
                Path file = files.other();
                write(lines, file, form);
                Run check = Program.audit(Program.check(), file, files.printed(), Program.RUNS);
                Tally tally = Findings.read(files.printed()).tally();
                expected = expected == null ? tally : expected;
                if (!tally.equals(expected)) {
                    throw new IOException(form + " comes to%n%sand not to%n%s".formatted(tally, expected));
                }
                Run tokens = Program.audit(Program.java(JacksonTokens.class), file, files.printed(), Program.RUNS);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %.1f s | %.1f s | %.1f s | %.1f s | %.2f |%n",
                        form.title,
                        Files.size(file),
                        check.elapsed(),
                        check.cpu(),
                        tokens.elapsed(),
                        tokens.cpu(),
                        check.cpu() / tokens.cpu());
            }
        }
    }

    private static void write(Path lines, Path file, Form form) throws IOException {
        try (JsonParser in = JSON.createParser(lines.toFile());
                JsonGenerator out = JSON.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            if (form.pretty) {
                out.useDefaultPrettyPrinter();
            } else {
                out.setRootValueSeparator(new SerializedString("\n"));
            }
            if (form.array) {
                out.writeStartArray();
            }
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.FIELD_NAME && form.protoNames) {
                    out.writeFieldName(ProtoName.of(in.currentName()));
                } else {
                    out.copyCurrentEventExact(in);
                }
            }
            if (form.array) {
                out.writeEndArray();
            }
        }
    }
}
