package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.joblifecycle.flink.FileRanges.Named;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRangesTest {
    private static final long RANGE = 32L << 20;

    @TempDir
    private Path folder;

    private Path file(String name, String content) {
        return Check.write(folder.resolve(name), content);
    }

    private static List<FileSourceSplit> splits(long size, Path... files) throws IOException {
        return List.copyOf(new FileRanges(Runs.names(List.of(files)), size)
                .enumerateSplits(new org.apache.flink.core.fs.Path[0], 1));
    }

    private static List<String> text(List<FileSourceSplit> splits) {
        return splits.stream()
                .map(split -> split.path().getName() + " " + split.offset() + " " + split.length())
                .toList();
    }

    // The parts of its files that the audit reads, which are all there before it begins.
    @SuppressWarnings("unchecked")
    private static List<FileSourceSplit> parts(FileAudit audit) throws Exception {
        SplitEnumeratorContext<FileSourceSplit> context =
                (SplitEnumeratorContext<FileSourceSplit>) Proxy.newProxyInstance(
                        FileRangesTest.class.getClassLoader(),
                        new Class<?>[] {SplitEnumeratorContext.class},
                        (proxy, method, arguments) -> method.getReturnType() == int.class ? (Object) 1 : null);
        try (var enumerator = audit.source().createEnumerator(context)) {
            return enumerator.snapshotState(1).getSplits().stream()
                    .sorted((one, other) -> Long.compare(one.offset(), other.offset()))
                    .toList();
        }
    }

    @Test
    void aFileOfLinesIsReadInRangesOf32MiB() throws Exception {
        Path large = file("large", JobJson.write(Jobs.running("7")) + "\n" + JobJson.write(Jobs.running("8")) + "\n");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(2 * RANGE + 1);
        }
        assertEquals(
                List.of("large 0 " + RANGE, "large " + RANGE + " " + RANGE, "large " + 2 * RANGE + " 1"),
                text(parts(FileAudit.of(JobAudit.observer(), List.of(large.toString())))));
    }

    @Test
    void whatIsNotInLinesOrIsCompressedIsOneRange() throws Exception {
        String job = JobJson.write(Jobs.running("7"));
        Path lines = file("lines", (job + "\n").repeat(3));
        Path array = file("array", "[" + job + ",\n" + job + "]");
        Path pretty = file("pretty", job.replace(",", ",\n"));
        Path yaml = file("yaml", "---\nname: x\n");
        Path zipped = Check.zip(lines, folder.resolve("lines.gz"));
        assertTrue(splits(100, lines).size() > 3);
        for (Path whole : List.of(array, pretty, yaml, zipped)) {
            assertEquals(1, splits(10, whole).size(), whole.toString());
        }
    }

    @Test
    void namesThatEndInGzAreCompressed() {
        for (String name : List.of("jobs.gz", "JOBS.GZ", "jobs.jsonl.gz")) {
            assertTrue(JobFileFormat.isCompressed(new org.apache.flink.core.fs.Path("/" + name)), name);
        }
        for (String name : List.of("jobs", "gz", "jobs.gz.jsonl")) {
            assertFalse(JobFileFormat.isCompressed(new org.apache.flink.core.fs.Path("/" + name)), name);
        }
    }

    @Test
    void filesAreCalledAsTheyWereNamed() throws IOException {
        Path hidden = file(".hidden", "");
        Path underscore = file("_named", "");
        file("b", "");
        file("a", "");
        List<String> names = List.of(underscore.toString(), hidden.toString(), folder + "/", folder.toString());
        assertEquals(
                List.of(
                        underscore.toString(),
                        hidden.toString(),
                        folder + "/a",
                        folder + "/b",
                        folder + "/a",
                        folder + "/b"),
                FileRanges.list(names).stream().map(Named::name).toList());
    }

    @Test
    void filesAreHandedOutInTheOrderInWhichTheyWereNamed() throws IOException {
        String lines = (JobJson.write(Jobs.running("7")) + "\n").repeat(3);
        List<FileSourceSplit> splits =
                splits(200, file("b", lines), file("a", lines), file("c", lines), file("10", lines));
        List<FileSourceSplit> shuffled = new ArrayList<>(splits);
        Collections.shuffle(shuffled, new Random(1));
        FilesInOrder order = new FilesInOrder(shuffled.subList(0, 3));
        order.addSplits(shuffled.subList(3, shuffled.size()));
        List<FileSourceSplit> handedOut = new ArrayList<>();
        while (!order.remainingSplits().isEmpty()) {
            handedOut.add(order.getNext(null).orElseThrow());
        }
        assertEquals(text(splits), text(handedOut));
    }

    private static List<RecordAndPosition<JobRecord>> read(BulkFormat.Reader<JobRecord> reader) throws IOException {
        List<RecordAndPosition<JobRecord>> all = new ArrayList<>();
        try (reader) {
            BulkFormat.RecordIterator<JobRecord> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<JobRecord> next = batch.next();
                while (next != null) {
                    all.add(new RecordAndPosition<>(next.getRecord(), next.getOffset(), next.getRecordSkipCount()));
                    next = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        return all;
    }

    private static List<JobRecord> records(List<RecordAndPosition<JobRecord>> read) {
        return read.stream().map(RecordAndPosition::getRecord).toList();
    }

    // A batch of the reader has 512 records.
    @Test
    void aReaderThatIsRestoredGoesOnWhereItWas() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1300; i++) {
            lines.append(i % 100 == 7 ? "broken" : JobJson.write(Jobs.running("" + i)))
                    .append('\n');
        }
        Path file = file("jobs", lines.toString());
        JobFileFormat format = new JobFileFormat(JobKind.TUNING_JOB);
        Configuration config = new Configuration();
        for (long size : List.of(Long.MAX_VALUE, lines.length() / 2L)) {
            for (FileSourceSplit split : splits(size, file)) {
                List<RecordAndPosition<JobRecord>> all = read(format.createReader(config, split));
                assertTrue(all.size() > 600);
                for (int last : List.of(0, 1, 510, 511, 512, 513, all.size() - 2, all.size() - 1)) {
                    RecordAndPosition<JobRecord> position = all.get(last);
                    FileSourceSplit rest = split.updateWithCheckpointedPosition(
                            new CheckpointedPosition(position.getOffset(), position.getRecordSkipCount()));
                    assertEquals(
                            records(all).subList(last + 1, all.size()),
                            records(read(format.restoreReader(config, rest))));
                }
            }
        }
    }
}
