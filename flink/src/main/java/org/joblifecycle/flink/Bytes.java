package org.joblifecycle.flink;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** The parts of the formats, as every number of them has had them so far. */
final class Bytes {
    private static final int CREATE_TIME = 1;
    private static final int START_TIME = 1 << 1;
    private static final int END_TIME = 1 << 2;
    private static final int UPDATE_TIME = 1 << 3;
    private static final int ERROR = 1 << 4;

    private Bytes() {}

    /** A string, or null. Any sequence of characters is one, also where UTF-8 has no bytes for it. */
    static void writeString(@Nullable String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    @SuppressWarnings("NullAway") // Flink's method answers null where it was given null
    static @Nullable String readString(DataInputView in) throws IOException {
        return StringValue.readString(in);
    }

    /** The string that has to be there. */
    static String readText(DataInputView in) throws IOException {
        String text = readString(in);
        if (text == null) {
            throw new IOException("the state is damaged: a string is missing");
        }
        return text;
    }

    /** An integer in as many bytes as it needs: seven bits a byte, the sign last. */
    static void writeLong(long number, DataOutputView out) throws IOException {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readLong(DataInputView in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (number >>> 1) ^ -(number & 1);
            }
        }
        throw new IOException("the state is damaged: an integer has no end");
    }

    static int readInt(DataInputView in) throws IOException {
        return Math.toIntExact(readLong(in));
    }

    /** A snapshot without its name. Its times are told as differences, which are short. */
    static void writeJob(JobSnapshot job, DataOutputView out) throws IOException {
        JobError error = job.error();
        out.writeByte((job.createTime() == null ? 0 : CREATE_TIME)
                | (job.startTime() == null ? 0 : START_TIME)
                | (job.endTime() == null ? 0 : END_TIME)
                | (job.updateTime() == null ? 0 : UPDATE_TIME)
                | (error == null ? 0 : ERROR));
        out.writeByte(job.state().number());
        long before = writeTime(job.createTime(), 0, out);
        before = writeTime(job.startTime(), before, out);
        before = writeTime(job.endTime(), before, out);
        writeTime(job.updateTime(), before, out);
        if (error != null) {
            writeLong(error.code(), out);
            writeString(error.message(), out);
        }
    }

    static JobSnapshot readJob(@Nullable String name, DataInputView in) throws IOException {
        int fields = in.readByte();
        JobState state = state(in.readByte());
        Instant createTime = readTime(fields, CREATE_TIME, null, in);
        Instant startTime = readTime(fields, START_TIME, createTime, in);
        Instant latest = startTime == null ? createTime : startTime;
        Instant endTime = readTime(fields, END_TIME, latest, in);
        Instant updateTime = readTime(fields, UPDATE_TIME, endTime == null ? latest : endTime, in);
        JobError error = (fields & ERROR) == 0 ? null : new JobError(readInt(in), readText(in));
        return JobSnapshot.of(name, state)
                .withCreateTime(createTime)
                .withStartTime(startTime)
                .withEndTime(endTime)
                .withUpdateTime(updateTime)
                .withError(error);
    }

    private static JobState state(int number) throws IOException {
        return JobState.of(number)
                .getOrElseThrow(() -> new IOException("the state is damaged: no job state " + number));
    }

    private static long writeTime(@Nullable Instant time, long before, DataOutputView out) throws IOException {
        if (time == null) {
            return before;
        }
        writeLong(time.getEpochSecond() - before, out);
        writeLong(time.getNano(), out);
        return time.getEpochSecond();
    }

    private static @Nullable Instant readTime(int fields, int field, @Nullable Instant before, DataInputView in)
            throws IOException {
        if ((fields & field) == 0) {
            return null;
        }
        long seconds = readLong(in) + (before == null ? 0 : before.getEpochSecond());
        try {
            return Instant.ofEpochSecond(seconds, readLong(in));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("the state is damaged: a time is out of range", e);
        }
    }

    static void writePlace(Place place, DataOutputView out) throws IOException {
        out.writeBoolean(place.inTopic());
        writeString(place.source(), out);
        writeLong(place.partition(), out);
        writeLong(place.from(), out);
        writeLong(place.number(), out);
        writeLong(place.ordinal(), out);
    }

    static Place readPlace(DataInputView in) throws IOException {
        return new Place(in.readBoolean(), readText(in), readInt(in), readLong(in), readLong(in), readLong(in));
    }
}
