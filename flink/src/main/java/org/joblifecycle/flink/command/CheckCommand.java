package org.joblifecycle.flink.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import org.joblifecycle.cli.command.HistoryOptions;
import org.joblifecycle.cli.command.Report;
import org.joblifecycle.cli.command.ReportEntry;
import org.joblifecycle.cli.command.ReportOptions;
import org.joblifecycle.cli.command.Totals;
import org.joblifecycle.flink.Counts;
import org.joblifecycle.flink.FileAudit;
import org.joblifecycle.flink.JobFinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Audits files on a cluster within this process, and prints what {@code job-lifecycle check} prints. */
@Command(
        name = "check",
        description = {
            "Audits files of job snapshots on a cluster within this process, and prints what job-lifecycle check prints. A file that"
                    + " is plainly no JSON is a finding.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 nothing found, 1 something found, 2 the work could not be done.",
            "",
            "Examples:",
            "  job-lifecycle flink check jobs.jsonl",
            "  job-lifecycle flink check --together --sort polls/"
        })
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuditOptions options = new AuditOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "How many tasks run at the same time. Default: the number of processors.")
    private int slots = Runtime.getRuntime().availableProcessors();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files and folders to check. Files that end in .gz are decompressed.")
    private List<String> files = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (slots < 1) {
            throw new ParameterException(spec.commandLine(), "--slots is " + slots + ": expected 1 or more");
        }
        FileAudit audit = AuditStyle.ofFiles(options, history, files);
        Totals totals = new Totals();
        Report report = reports.on(console);
        try {
            audit.findFiles();
            run(audit, report, totals);
        } catch (Refused | IOException e) {
            console.complain(String.valueOf(e.getMessage()));
            return Exit.FAILED;
        }
        report.summary(totals);
        return totals.foundSomething() ? Exit.SOMETHING_FOUND : Exit.NOTHING_FOUND;
    }

    private void run(FileAudit audit, Report report, Totals totals) throws Refused {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(slots, Jobs.local(slots));
        // One task, so that the findings come in the order of the files.
        CloseableIterator<JobFinding> found = audit.in(env).setParallelism(1).collectAsync();
        try (found) {
            JobClient job = env.executeAsync("job-lifecycle check");
            AuditProgress progress = AuditProgress.show(console, job);
            try {
                while (found.hasNext()) {
                    JobFinding finding = found.next();
                    totals.add(finding.rule());
                    report.finding(entry(finding));
                }
            } finally {
                progress.end();
            }
            Counts counts = Counts.of(job.getJobExecutionResult().get());
            totals.addSnapshots(counts.snapshots());
            totals.addJobs(counts.jobs());
            totals.addAssumedKinds(options.namedKind() == null ? counts.jobsWithoutKind() : 0);
        } catch (Console.OutputFailed e) {
            throw e;
        } catch (Exception e) {
            throw Jobs.failed(e);
        }
    }

    private static ReportEntry entry(JobFinding finding) {
        return new ReportEntry(
                finding.place().source(),
                finding.place().number(),
                finding.job(),
                finding.rule(),
                finding.field(),
                finding.message());
    }
}
