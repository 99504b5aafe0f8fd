package org.joblifecycle.flink;

import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.joblifecycle.job.JobKind;

/** What {@link FileAudit} reads and sorts with, for a job that does the same and audits nothing. */
public final class FileAuditParts {
    /** As in {@link FileAudit}. */
    private static final long RANGE = 32L << 20;

    private FileAuditParts() {}

    /** The source of a file, in ranges. */
    public static FileSource<JobRecord> source(String file) {
        List<String> files = List.of(file);
        return FileSource.forBulkFileFormat(new JobFileFormat(JobKind.TUNING_JOB), new Path(file))
                .setFileEnumerator(() -> new FileRanges(files, RANGE))
                .build();
    }

    /** By which the snapshots of a job are sorted. */
    public static WatermarkStrategy<JobRecord> timestamps(boolean byUpdateTime) {
        WatermarkStrategy<JobRecord> none = WatermarkStrategy.noWatermarks();
        return byUpdateTime
                ? none.withTimestampAssigner((record, before) -> record.timestamp())
                : none.withTimestampAssigner((record, before) -> record.place().rank());
    }

    /** By which jobs are sorted. */
    public static KeySelector<JobRecord, String> key() {
        return new JobKey(true);
    }
}
