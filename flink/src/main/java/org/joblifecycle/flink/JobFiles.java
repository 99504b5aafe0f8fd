package org.joblifecycle.flink;

import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.joblifecycle.job.JobKind;

/**
 * Sources of the jobs in files, for streams. Each file is read whole, by one task, from its first line to its last; so the
 * snapshots of a file keep their order. Of the files that wait, the first by name is read next. {@link FileAudit} reads files faster,
 * in batch mode.
 */
public final class JobFiles {
    private JobFiles() {}

    /**
     * The jobs in files that are there.
     *
     * @param files files and folders, in any file system that Flink knows; in folders, names that begin with . or _ are skipped
     * @param fallback the kind of a job whose name tells none; the audit has to have the same
     */
    public static FileSource<JobRecord> of(List<String> files, JobKind fallback) {
        return inRangesOf(Long.MAX_VALUE, files, fallback)
                .setSplitAssigner(FilesInOrder::new)
                .build();
    }

    /**
     * The jobs in the files of folders, and in those that come later: each once, by its path. A file has to be complete when it
     * appears, so it is written elsewhere and moved. A copy under another name is another file: its snapshots come again. In a local folder no name may have a colon, which Flink
     * cannot list: it would see no more files.
     *
     * @param folders folders, with those in them; names that begin with . or _ are skipped
     * @param interval how long to wait between two looks for new files
     * @param fallback the kind of a job whose name tells none; the audit has to have the same
     */
    public static FileSource<JobRecord> watching(List<String> folders, Duration interval, JobKind fallback) {
        return builder(folders, fallback)
                .monitorContinuously(interval)
                .setSplitAssigner(FilesInOrder::new)
                .build();
    }

    /** A source of the jobs in files that are there, each of them cut into ranges of so many bytes if it can be. */
    static FileSource.FileSourceBuilder<JobRecord> inRangesOf(long bytes, List<String> files, JobKind fallback) {
        List<String> names = List.copyOf(files);
        return builder(names, fallback).setFileEnumerator(() -> new FileRanges(names, bytes));
    }

    private static FileSource.FileSourceBuilder<JobRecord> builder(List<String> names, JobKind fallback) {
        return FileSource.forBulkFileFormat(
                new JobFileFormat(fallback),
                names.stream().map(FileRanges::path).toArray(Path[]::new));
    }
}
