package org.joblifecycle.flink;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How a baseline is written. */
final class BaselineFormat implements Format<Baseline> {
    private static final long serialVersionUID = 1L;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Class<Baseline> type() {
        return Baseline.class;
    }

    @Override
    public void write(int format, Baseline baseline, DataOutputView out) throws IOException {
        out.writeBoolean(baseline.isForgotten());
        Bytes.writeJob(baseline.job(), out);
    }

    @Override
    public Baseline read(int format, DataInputView in) throws IOException {
        boolean isForgotten = in.readBoolean();
        return new Baseline(Bytes.readJob(null, in), isForgotten);
    }
}
