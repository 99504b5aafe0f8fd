package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.joblifecycle.flink.FileRanges.RangeId;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.NotJsonException;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.jspecify.annotations.Nullable;

/** Reads the jobs of a file, or of a range of one. What cannot be read is a record too; only a failing file system fails. */
final class JobFileFormat implements BulkFormat<JobRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH = 512;
    private static final int BUFFER = 1 << 16;

    private final JobKind fallback;

    /**
     * A format of files.
     *
     * @param fallback the kind of a job whose name tells none
     */
    JobFileFormat(JobKind fallback) {
        this.fallback = fallback;
    }

    static boolean isCompressed(Path path) {
        return path.getName().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    @Override
    public BulkFormat.Reader<JobRecord> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return new Reader(split, fallback);
    }

    @Override
    public BulkFormat.Reader<JobRecord> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        Reader reader = new Reader(split, fallback);
        reader.skip(split.getReaderPosition()
                .map(CheckpointedPosition::getRecordsAfterOffset)
                .orElse(0L));
        return reader;
    }

    /** False, because Flink would cut files by itself otherwise. */
    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<JobRecord> getProducedType() {
        return FormatTypes.RECORD;
    }

    private static final class Reader implements BulkFormat.Reader<JobRecord> {
        private final RangeId id;
        private final JobLines lines;
        private final @Nullable LinesOfRange range;
        private final long from;
        private long records;
        private long lastLine;
        private boolean ended;

        Reader(FileSourceSplit split, JobKind fallback) throws IOException {
            id = RangeId.of(split);
            FSDataInputStream file = split.path().getFileSystem().open(split.path());
            try {
                boolean isWhole = split.offset() == 0 && split.length() == split.fileSize();
                range = isWhole ? null : LinesOfRange.of(file, split.offset(), split.offset() + split.length());
                from = range == null ? 0 : split.offset() == 0 ? 0 : range.from();
                lines = range == null
                        ? new JobLines(isCompressed(split.path()) ? new Unzipped(file) : file, fallback)
                        : JobLines.ofPart(range, fallback);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        void skip(long number) throws IOException {
            for (long i = 0; i < number && next() != null; i++) {
                // it was read before
            }
        }

        @Override
        public BulkFormat.@Nullable RecordIterator<JobRecord> readBatch() throws IOException {
            long before = records;
            List<JobRecord> batch = new ArrayList<>(BATCH);
            JobRecord record = next();
            while (record != null) {
                batch.add(record);
                record = batch.size() < BATCH ? next() : null;
            }
            if (batch.isEmpty()) {
                return null;
            }
            ArrayResultIterator<JobRecord> iterator = new ArrayResultIterator<>();
            iterator.set(batch.toArray(new JobRecord[0]), batch.size(), CheckpointedPosition.NO_OFFSET, before);
            return iterator;
        }

        private @Nullable JobRecord next() throws IOException {
            JobRecord record = ended ? null : read();
            records++;
            return record;
        }

        private @Nullable JobRecord read() throws IOException {
            try {
                if (lines.hasNext()) {
                    JobLine line = lines.next();
                    lastLine = line.number();
                    Place place = place(line.number());
                    return line.job()
                            .fold(
                                    fault -> line.isElement()
                                            ? JobRecord.unreadable(place, fault)
                                            : JobRecord.broken(place, fault),
                                    job -> JobRecord.of(place, job));
                }
                ended = true;
                boolean hasLines =
                        range != null && (range.lines() > 0 || lastLine > 0); // the last line may lack its LF
                return hasLines && range != null ? JobRecord.count(place(range.lines())) : null;
            } catch (UncheckedIOException e) {
                ended = true;
                return JobRecord.broken(place(lastLine + 1), fault(requireNonNull(e.getCause())));
            }
        }

        private Place place(long line) {
            return new Place(false, id.name(), id.index(), from, line, records);
        }

        /**
         * Says what is wrong with a file that cannot be read on.
         *
         * @throws IOException if it is not the file that is at fault
         */
        private static Unreadable fault(IOException e) throws IOException {
            if (e instanceof NotJsonException) {
                return new Unreadable(Reason.MALFORMED_JSON, null, null, "this is no JSON: " + e.getMessage());
            }
            if (e instanceof NotGzipException) {
                return new Unreadable(
                        Reason.MALFORMED_JSON, null, null, "the input cannot be read on: " + e.getMessage());
            }
            throw e;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** What was wrong with the bytes of a compressed file. */
    private static final class NotGzipException extends IOException {
        private static final long serialVersionUID = 1L;

        NotGzipException(IOException cause) {
            super(
                    cause instanceof EOFException
                            ? "the file ends within its compressed data"
                            : "it is damaged, or was not compressed with gzip: " + cause.getMessage(),
                    cause);
        }
    }

    /** The content of a compressed file. Its beginning is read when it is asked for. */
    private static final class Unzipped extends InputStream {
        private final InputStream file;
        private @Nullable InputStream in;

        Unzipped(InputStream file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (in == null) {
                    in = new GZIPInputStream(file, BUFFER);
                }
                return in.read(bytes, offset, length);
            } catch (ZipException | EOFException e) {
                throw new NotGzipException(e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
