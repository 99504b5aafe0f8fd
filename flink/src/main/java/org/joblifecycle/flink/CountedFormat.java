package org.joblifecycle.flink;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How findings and numbers of lines are written. */
final class CountedFormat implements Format<Counted> {
    private static final long serialVersionUID = 1L;
    private static final FindingFormat FINDING = new FindingFormat();

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Class<Counted> type() {
        return Counted.class;
    }

    @Override
    public void write(int format, Counted counted, DataOutputView out) throws IOException {
        JobFinding finding = counted.finding();
        out.writeBoolean(finding != null);
        if (finding != null) {
            FINDING.write(FINDING.number(), finding, out);
        } else {
            Bytes.writePlace(counted.place(), out);
        }
    }

    @Override
    public Counted read(int format, DataInputView in) throws IOException {
        return in.readBoolean() ? Counted.of(FINDING.read(FINDING.number(), in)) : Counted.lines(Bytes.readPlace(in));
    }
}
