package org.joblifecycle.flink;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How a finding is written. */
final class FindingFormat implements Format<JobFinding> {
    private static final long serialVersionUID = 1L;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Class<JobFinding> type() {
        return JobFinding.class;
    }

    @Override
    public void write(int format, JobFinding finding, DataOutputView out) throws IOException {
        Bytes.writePlace(finding.place(), out);
        Bytes.writeLong(finding.number(), out);
        Bytes.writeString(finding.job(), out);
        Bytes.writeString(finding.rule(), out);
        Bytes.writeString(finding.field(), out);
        Bytes.writeString(finding.message(), out);
    }

    @Override
    public JobFinding read(int format, DataInputView in) throws IOException {
        return new JobFinding(
                Bytes.readPlace(in),
                Bytes.readInt(in),
                Bytes.readString(in),
                Bytes.readText(in),
                Bytes.readString(in),
                Bytes.readText(in));
    }
}
