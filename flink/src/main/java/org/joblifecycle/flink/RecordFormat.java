package org.joblifecycle.flink;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.jspecify.annotations.Nullable;

/** How a record is written. Reasons and fields are written by name. */
final class RecordFormat implements Format<JobRecord> {
    private static final long serialVersionUID = 1L;

    // What a record is.
    private static final int JOB = 0;
    private static final int FAULT = 1;
    private static final int BROKEN = 2;
    private static final int COUNT = 3;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Class<JobRecord> type() {
        return JobRecord.class;
    }

    @Override
    public void write(int format, JobRecord record, DataOutputView out) throws IOException {
        Bytes.writePlace(record.place(), out);
        JobSnapshot job = record.job();
        Unreadable fault = record.fault();
        out.writeByte(record.isCount() ? COUNT : job != null ? JOB : record.isElement() ? FAULT : BROKEN);
        if (job != null) {
            Bytes.writeString(job.name(), out);
            Bytes.writeJob(job, out);
        } else if (fault != null) {
            Bytes.writeString(fault.reason().name(), out);
            Bytes.writeString(fault.name(), out);
            Bytes.writeString(fault.field() == null ? null : fault.field().name(), out);
            Bytes.writeString(fault.message(), out);
        }
    }

    @Override
    public JobRecord read(int format, DataInputView in) throws IOException {
        Place place = Bytes.readPlace(in);
        int what = in.readByte();
        return switch (what) {
            case JOB -> JobRecord.of(place, Bytes.readJob(Bytes.readString(in), in));
            case FAULT -> JobRecord.unreadable(place, readFault(in));
            case BROKEN -> JobRecord.broken(place, readFault(in));
            case COUNT -> JobRecord.count(place);
            default -> throw new IOException("the state is damaged: no record is a " + what);
        };
    }

    private static Unreadable readFault(DataInputView in) throws IOException {
        Reason reason = Reason.valueOf(Bytes.readText(in));
        String name = Bytes.readString(in);
        JobField field = field(Bytes.readString(in));
        return new Unreadable(reason, name, field, Bytes.readText(in));
    }

    private static @Nullable JobField field(@Nullable String name) {
        return name == null ? null : JobField.valueOf(name);
    }
}
