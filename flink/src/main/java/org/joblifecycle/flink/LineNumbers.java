package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives findings the numbers of their lines. A finding counts its line from the beginning of its part of the file; each part says
 * how many lines it has. Keyed by file and in order of {@link #timestamp}, as the batch mode sorts them, they come like this: a
 * part, its findings in their order, the next part.
 */
final class LineNumbers extends KeyedProcessFunction<Integer, Counted, JobFinding> {
    private static final long serialVersionUID = 1L;

    /** How many findings of one snapshot keep their order: more than there are rules. */
    private static final int MOST_FINDINGS = 63;

    private transient @Nullable ValueState<Long> before;
    private transient @Nullable ValueState<Long> all;

    /** By which parts and findings are sorted. */
    static long timestamp(Counted counted) {
        Place place = counted.place();
        JobFinding finding = counted.finding();
        return finding == null
                ? place.from() * (MOST_FINDINGS + 1)
                : (place.from() + place.ordinal()) * (MOST_FINDINGS + 1)
                        + 1
                        + Math.min(MOST_FINDINGS - 1, finding.number());
    }

    @Override
    public void open(OpenContext context) {
        before = getRuntimeContext().getState(new ValueStateDescriptor<>("before", Types.LONG));
        all = getRuntimeContext().getState(new ValueStateDescriptor<>("all", Types.LONG));
    }

    @Override
    public void processElement(Counted counted, Context context, Collector<JobFinding> out) throws Exception {
        Place place = counted.place();
        JobFinding finding = counted.finding();
        if (finding == null) {
            long lines = orZero(all);
            requireNonNull(before).update(lines);
            requireNonNull(all).update(lines + place.number());
        } else {
            out.collect(finding.at(place.after(place.from() == 0 ? 0 : orZero(before))));
        }
    }

    private static long orZero(@Nullable ValueState<Long> state) throws Exception {
        Long value = requireNonNull(state).value();
        return value == null ? 0 : value;
    }
}
