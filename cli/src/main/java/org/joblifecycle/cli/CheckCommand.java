package org.joblifecycle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import org.joblifecycle.cli.command.HistoryOptions;
import org.joblifecycle.cli.command.Report;
import org.joblifecycle.cli.command.ReportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Audits files of job snapshots. */
@Command(
        name = "check",
        description = {
            "Audits histories of jobs and reports every violation of a rule.",
            "",
            "A FILE holds snapshots of jobs as the REST API, gcloud ... --format=json and Google's client libraries print"
                    + " them: JSON Lines, or JSON values one after another. A value is a job, an array of jobs or the answer"
                    + " of a list call. The first snapshot of a job is checked alone, each later one against the one before"
                    + " it. With --sort they are all kept in memory.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 nothing found, 1 something found, 2 the work could not be done.",
            "",
            "Examples:",
            "  job-lifecycle check jobs.jsonl",
            "  gcloud ai custom-jobs list --format=json | job-lifecycle check",
            "  curl -s -H \"Authorization: Bearer $TOKEN\" $API/tuningJobs | job-lifecycle check",
            "  job-lifecycle check --mode authority --without update-time-order emulator.jsonl",
            "  job-lifecycle check --format json jobs.jsonl | jq 'select(.rule == \"end-time-required\")'"
        })
final class CheckCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Console console;

    @Mixin
    private AuditOptions options = new AuditOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files to check; none or - is standard input.")
    private List<String> files = new ArrayList<>();

    private boolean standardInputRead;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Report report = reports.on(console);
        Audit audit = new Audit(options, history, report);
        for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
            try (InputStream in = open(file)) {
                audit.run(file, in);
            } catch (IOException | UncheckedIOException e) {
                console.complain("cannot read " + file + ": " + reason(e));
                audit.totals().addFailure();
            }
        }
        audit.end();
        report.summary(audit.totals());
        if (audit.totals().failures() > 0) {
            return Exit.FAILED;
        }
        return audit.totals().foundSomething() ? Exit.SOMETHING_FOUND : Exit.NOTHING_FOUND;
    }

    private InputStream open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            if (standardInputRead) {
                throw new IOException("standard input was read already");
            }
            standardInputRead = true;
            return Progress.show(console, "standard input", console.in(), Progress.UNKNOWN_SIZE);
        }
        if (file.isEmpty()) {
            throw new IOException("its name is empty");
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new IOException("it is a directory");
            }
            return Progress.show(console, file, Files.newInputStream(path), Files.size(path));
        } catch (InvalidPathException e) {
            throw new IOException("its name is no path here (if it is not ASCII, set LC_ALL=C.UTF-8)", e);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException failed && failed.getReason() != null) { // its message names the file again
            return failed.getReason();
        }
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }
}
