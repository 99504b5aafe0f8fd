package org.joblifecycle.flink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.jspecify.annotations.Nullable;

/**
 * Hands out files in the order in which they were named, those in a folder in order of their paths. In no order, a file that waits
 * for a reader would hold snapshots that are later or earlier than all that is read meanwhile.
 */
final class FilesInOrder implements FileSplitAssigner {
    private final Queue<FileSourceSplit> waiting = new PriorityQueue<>(Comparator.<FileSourceSplit>comparingInt(
                    file -> FileRanges.RangeId.of(file).index())
            .thenComparing(file -> file.path().toString())
            .thenComparingLong(FileSourceSplit::offset));

    FilesInOrder(Collection<FileSourceSplit> files) {
        waiting.addAll(files);
    }

    @Override
    public Optional<FileSourceSplit> getNext(@Nullable String host) {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> files) {
        waiting.addAll(files);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return new ArrayList<>(waiting);
    }
}
