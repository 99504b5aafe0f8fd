package org.joblifecycle.flink.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.flink.FileAudit;
import org.joblifecycle.flink.JobFiles;
import org.joblifecycle.flink.JobRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Audits the files in folders, and those that come later. */
@Command(
        name = "watch",
        description = {
            "Audits the files in folders, and those that come later, each once.",
            "",
            "A file has to be complete when it appears: write it elsewhere, or under a name that begins with a dot, and"
                    + " move it. A copy under another name is another file, whose snapshots are audited again; with"
                    + " --together and --sort they come too late.",
            ""
        },
        footer = {
            "",
            SubmittedJob.EXIT_CODES,
            "",
            "Example:",
            "  flink run -d JOB.jar watch s3://bucket/polls/ --together --sort \\",
            "      --findings-folder s3://bucket/findings/ --checkpoints s3://bucket/checkpoints/"
        })
final class WatchCommand extends SubmittedJob {
    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait between two looks for new files. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--together",
            description =
                    "Audit all files as one history of each job, those that come together in order of their names. Without"
                            + " --sort they are read by one task. Default: each file by itself.")
    private boolean together;

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "The folders to watch.")
    private List<String> folders = new ArrayList<>();

    WatchCommand(Console console) {
        super(console);
    }

    @Override
    List<String> inputs() {
        return folders;
    }

    @Override
    StreamExecutionEnvironment job() throws Refused, IOException {
        output().check(brokers());
        options.check(brokers());
        FileAudit.of(options.audit(), folders).findFiles();
        StreamExecutionEnvironment env = Jobs.streaming(options.checkpoints());
        DataStreamSource<JobRecord> source = env.fromSource(
                JobFiles.watching(folders, interval, options.options().fallback()),
                WatermarkStrategy.noWatermarks(),
                "watch folders");
        source.uid("watch-folders");
        if (together && !options.isSorted()) {
            source.setParallelism(1); // one file after another
        }
        KeySelector<JobRecord, String> key = together ? JobRecord::key : JobRecord::keyInSource;
        // After the source, which forgets the watermark of a file when it has read it.
        DataStream<JobRecord> records = options.isSorted()
                ? source.assignTimestampsAndWatermarks(options.watermarks()).uid("watermarks")
                : source;
        StreamAudit.add(records, key, options, output(), name(), brokers());
        return env;
    }
}
