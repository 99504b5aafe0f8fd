package org.joblifecycle.flink;

import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.connector.file.src.FileSource;

/** What {@link FileAudit} reads and sorts with, for a job that does the same and audits nothing. */
public final class FileAuditParts {
    private FileAuditParts() {}

    /** The source of a file, in ranges. */
    public static FileSource<JobRecord> source(String file) {
        return FileAudit.of(JobAudit.observer(), List.of(file)).source();
    }

    /** By which the snapshots of a job are sorted. */
    public static WatermarkStrategy<JobRecord> timestamps(boolean byUpdateTime) {
        JobAudit audit = JobAudit.observer();
        return FileAudit.of(byUpdateTime ? audit.inOrderOfUpdateTime() : audit, List.of())
                .timestamps();
    }

    /** By which jobs are sorted. */
    public static KeySelector<JobRecord, String> key() {
        return new JobKey(true);
    }
}
