package org.joblifecycle.flink.command;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a stream of jobs is audited. */
final class StreamOptions {
    @Mixin
    private AuditOptions options = new AuditOptions();

    @Option(
            names = "--sort",
            description =
                    "Audit the snapshots of each job in order of updateTime: each waits until no earlier one is expected."
                            + " Default: as they arrive.")
    private boolean sort;

    @Option(
            names = "--out-of-order",
            paramLabel = "TIME",
            defaultValue = "1min",
            description = "With --sort: by how much a snapshot may come later than one with a later updateTime, such as"
                    + " 30s. Default: ${DEFAULT-VALUE}.")
    private Duration outOfOrder = Duration.ZERO;

    @Option(
            names = "--idle-after",
            paramLabel = "TIME",
            defaultValue = "1min",
            description =
                    "With --sort: after which time without a snapshot a part of the source no longer holds the others"
                            + " back, and its time goes on by the clock. Default: ${DEFAULT-VALUE}.")
    private Duration idleAfter = Duration.ZERO;

    @Option(
            names = "--forget-finished-after",
            paramLabel = "TIME",
            description =
                    "Forget a job so long after it was first seen in a terminal state, such as 7d. Default: never.")
    private @Nullable Duration forgetFinishedAfter;

    @Option(
            names = "--late-folder",
            paramLabel = "FOLDER",
            description = "With --sort: a folder for snapshots that came too late and were not audited.")
    private @Nullable String lateFolder;

    @Option(
            names = "--late-topic",
            paramLabel = "TOPIC",
            description = "With --sort: a topic for snapshots that came too late and were not audited.")
    private @Nullable String lateTopic;

    @Option(
            names = "--checkpoints",
            paramLabel = "FOLDER",
            description = "Where checkpoints are written. Default: what the configuration of the cluster says.")
    private @Nullable String checkpoints;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    AuditOptions options() {
        return options;
    }

    boolean isSorted() {
        return sort;
    }

    @Nullable
    String checkpoints() {
        return checkpoints;
    }

    /**
     * Checks where late snapshots go.
     *
     * @throws Refused if there cannot be any, or their topic cannot be found
     */
    void check(Brokers brokers) throws Refused {
        if (!sort && (lateFolder != null || lateTopic != null)) {
            throw new Refused("no snapshot is late without --sort: leave out --late-folder and --late-topic");
        }
        if (lateTopic != null) {
            brokers.check(List.of(lateTopic));
        }
    }

    void writeLate(DataStream<String> lines, OutputOptions output, String job, Brokers brokers) {
        output.write(lines, "late", lateFolder, lateTopic, job, brokers);
    }

    /**
     * The audit by these options.
     *
     * @throws ParameterException if there is none
     */
    JobAudit audit() {
        if (forgetFinishedAfter != null && forgetFinishedAfter.isZero()) {
            throw new ParameterException(spec.commandLine(), "--forget-finished-after is 0s: expected more than zero");
        }
        JobAudit audit = AuditStyle.audit(options);
        JobAudit ordered = sort ? audit.inOrderOfUpdateTime() : audit;
        return forgetFinishedAfter == null ? ordered : ordered.forgetFinishedAfter(forgetFinishedAfter);
    }

    WatermarkStrategy<JobRecord> watermarks() {
        return sort ? JobAudit.watermarks(outOfOrder, idleAfter) : WatermarkStrategy.noWatermarks();
    }
}
