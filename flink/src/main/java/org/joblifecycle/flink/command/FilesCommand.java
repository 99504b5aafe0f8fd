package org.joblifecycle.flink.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.HistoryOptions;
import org.joblifecycle.flink.FileAudit;
import org.joblifecycle.flink.JobFinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Audits files on a cluster, in batch mode, and writes findings to files or a topic. */
@Command(
        name = "files",
        description = "Audits files of job snapshots in Flink's batch mode.",
        footer = {
            "",
            SubmittedJob.EXIT_CODES,
            "",
            "Example:",
            "  flink run JOB.jar files s3://bucket/jobs/ --findings-folder s3://bucket/findings/"
        })
final class FilesCommand extends SubmittedJob {
    @Mixin
    private AuditOptions options = new AuditOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files and folders to audit. Files that end in .gz are decompressed.")
    private List<String> files = new ArrayList<>();

    FilesCommand(Console console) {
        super(console);
    }

    @Override
    List<String> inputs() {
        return files;
    }

    @Override
    StreamExecutionEnvironment job() throws Refused, IOException {
        FileAudit audit = AuditStyle.ofFiles(options, history, files);
        output().check(brokers());
        audit.findFiles();
        StreamExecutionEnvironment env = Jobs.environment();
        output().writeFindings(
                        audit.in(env)
                                .map(JobFinding::json)
                                .returns(Types.STRING)
                                .name("findings")
                                .uid("findings"),
                        name(),
                        brokers());
        return env;
    }
}
