package org.joblifecycle.flink;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Sorts records in memory. Where they are too many for it, sorted parts of them go to a file for temporary files, and are merged: so
 * a job may have any number of snapshots with one updateTime, as the polls of a job that waits for a month have.
 */
final class RecordSorter implements Closeable {
    /** How many bytes of records are held in memory, about. */
    private static final long MEMORY = 32L << 20;

    private static final int BYTES_OF_RECORD = 500;
    private static final int BUFFER = 1 << 14;

    private final Comparator<JobRecord> order;
    private final long memory;
    private final TypeSerializer<JobRecord> serializer = new FormatSerializer<>(new RecordFormat());
    private final List<JobRecord> inMemory = new ArrayList<>();
    private long bytes;

    private @Nullable FileChannel file;

    private final List<Part> parts = new ArrayList<>();

    RecordSorter(Comparator<JobRecord> order) {
        this(order, MEMORY);
    }

    RecordSorter(Comparator<JobRecord> order, long memory) {
        this.order = order;
        this.memory = memory;
    }

    /**
     * A sorted part of the records.
     *
     * @param number from 0
     * @param begin where in the file it begins
     */
    private record Part(int number, long begin, int records) {}

    /** What is done with each record. */
    interface Step {
        void accept(JobRecord record) throws Exception;
    }

    void add(JobRecord record) throws IOException {
        inMemory.add(record);
        bytes += size(record);
        if (bytes > memory) {
            spill();
        }
    }

    boolean isEmpty() {
        return inMemory.isEmpty() && parts.isEmpty();
    }

    /** How many parts are in the file. */
    int parts() {
        return parts.size();
    }

    private static long size(JobRecord record) {
        JobSnapshot job = record.job();
        JobError error = job == null ? null : job.error();
        return BYTES_OF_RECORD
                + 2L
                        * (record.key().length()
                                + (error == null ? 0 : error.message().length()));
    }

    private void spill() throws IOException {
        FileChannel channel = file;
        if (channel == null) {
            channel = FileChannel.open(Files.createTempFile("job-lifecycle", ".sorted"), READ, WRITE, DELETE_ON_CLOSE);
            file = channel;
        }
        Part part = new Part(parts.size(), channel.position(), inMemory.size());
        inMemory.sort(order);
        BufferedOutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(buffered);
        for (JobRecord record : inMemory) {
            serializer.serialize(record, out);
        }
        out.flush();
        parts.add(part);
        forgetMemory();
    }

    private void forgetMemory() {
        inMemory.clear();
        bytes = 0;
    }

    /** Hands out all records in order, those that are equal in it as they were added, and forgets them. */
    void drain(Step step) throws Exception {
        if (parts.isEmpty()) {
            inMemory.sort(order);
            for (JobRecord record : inMemory) {
                step.accept(record);
            }
            forgetMemory();
            return;
        }
        if (!inMemory.isEmpty()) {
            spill();
        }
        PriorityQueue<Reader> readers = new PriorityQueue<>(
                Comparator.comparing(Reader::next, order).thenComparing(reader -> reader.part.number()));
        for (Part part : parts) {
            readers.add(new Reader(part));
        }
        while (!readers.isEmpty()) {
            Reader first = readers.remove();
            step.accept(first.next());
            if (first.advance()) {
                readers.add(first);
            }
        }
        close();
    }

    @Override
    public void close() throws IOException {
        forgetMemory();
        parts.clear();
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** Reads a part of the file, which others read too. */
    private final class Reader {
        private final Part part;
        private final DataInputView in;
        private int read;
        private JobRecord next;

        Reader(Part part) throws IOException {
            this.part = part;
            this.in = new DataInputViewStreamWrapper(
                    new BufferedInputStream(new Positioned(requireNonNull(file), part.begin()), BUFFER));
            this.next = serializer.deserialize(in);
        }

        JobRecord next() {
            return next;
        }

        /** Goes to the next record, if there is one. */
        boolean advance() throws IOException {
            read++;
            if (read == part.records()) {
                return false;
            }
            next = serializer.deserialize(in);
            return true;
        }
    }

    /** The bytes of a file from a position on. */
    private static final class Positioned extends InputStream {
        private final FileChannel file;
        private long position;

        Positioned(FileChannel file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
