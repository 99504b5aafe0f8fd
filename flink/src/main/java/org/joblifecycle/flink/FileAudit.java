package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The audit of files that are there, in Flink's batch mode: what {@code job-lifecycle check} finds, and in the same places. Files of
 * JSON Lines are read in ranges, by several tasks each; compressed files (.gz) and those whose values are not in lines are read whole.
 *
 * <p>Snapshots are sorted by Flink, on disk where memory ends. By updateTime, snapshots of a job that have the same one are sorted
 * once more, from some ten thousand on in {@code java.io.tmpdir}.
 *
 * <pre>{@code
 * FileAudit.of(JobAudit.observer(), List.of("s3://bucket/jobs/")).in(env).sinkTo(...);
 * env.execute();
 * }</pre>
 */
public final class FileAudit {
    private static final long RANGE = 32L << 20;
    private static final OutputTag<Counted> COUNTED = new OutputTag<>("counted", FormatTypes.COUNTED);

    private final JobAudit audit;
    private final List<String> files;
    private final boolean together;
    private final long range;
    private final String uids;

    private FileAudit(JobAudit audit, List<String> files, boolean together, long range, String uids) {
        this.audit = audit;
        this.files = files;
        this.together = together;
        this.range = range;
        this.uids = uids;
    }

    /**
     * The audit of files, each by itself: a job that is in two of them has two histories.
     *
     * @param files files and folders, in any file system that Flink knows; in folders, names that begin with . or _ are skipped
     */
    public static FileAudit of(JobAudit audit, List<String> files) {
        return new FileAudit(requireNonNull(audit, "audit"), List.copyOf(files), false, RANGE, "job-lifecycle");
    }

    /** The same audit, of all files as one history: in the order in which they are named, those in a folder in order of their names. */
    public FileAudit together() {
        return new FileAudit(audit, files, true, range, uids);
    }

    /**
     * The same audit, the uids of whose steps begin like this: with another name for each audit in a job of Flink. {@code
     * job-lifecycle} if it is not called.
     */
    public FileAudit named(String name) {
        return new FileAudit(audit, files, together, range, requireNonNull(name, "name"));
    }

    /** The same audit, which reads ranges of this many bytes, more than a byte order mark has. */
    FileAudit inRangesOf(long bytes) {
        return new FileAudit(audit, files, together, bytes, uids);
    }

    /**
     * Looks for the files.
     *
     * @return how many there are
     * @throws IOException if one cannot be read; the message names it and says why
     */
    public int findFiles() throws IOException {
        return FileRanges.list(files).size();
    }

    /**
     * Adds the audit to a job, which becomes one in batch mode, with Flink's sorted inputs and its state for batch jobs.
     *
     * @return the violations and what cannot be read, in order within each file
     */
    public SingleOutputStreamOperator<JobFinding> in(StreamExecutionEnvironment env) {
        Configuration sorted = new Configuration();
        sorted.set(ExecutionOptions.SORT_INPUTS, true);
        sorted.set(ExecutionOptions.USE_BATCH_STATE_BACKEND, true);
        env.configure(sorted);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        SingleOutputStreamOperator<JobRecord> jobs = env.fromSource(
                        source(), timestamps(), "read files", FormatTypes.RECORD)
                .uid(uid("read-files"))
                .process(new SetAside())
                .name("set aside what is no job")
                .uid(uid("set-aside"));
        DataStream<Counted> found = jobs.keyBy(new JobKey(!together), Types.STRING)
                .process(audit.ofSorted())
                .name("audit")
                .uid(uid("audit"))
                .map(Counted::of, FormatTypes.COUNTED)
                .uid(uid("found"));
        return found.union(jobs.getSideOutput(COUNTED))
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Counted>noWatermarks()
                        .withTimestampAssigner((counted, before) -> LineNumbers.timestamp(counted)))
                .uid(uid("order"))
                .keyBy(Counted::file, Types.INT)
                .process(new LineNumbers())
                .returns(FormatTypes.FINDING)
                .name("number lines")
                .uid(uid("number-lines"));
    }

    private String uid(String step) {
        return uids + "-" + step;
    }

    FileSource<JobRecord> source() {
        return JobFiles.inRangesOf(range, files, audit.fallback()).build();
    }

    /** By which Flink sorts the snapshots of a job. */
    WatermarkStrategy<JobRecord> timestamps() {
        WatermarkStrategy<JobRecord> none = WatermarkStrategy.noWatermarks();
        return audit.isInOrderOfUpdateTime()
                ? none.withTimestampAssigner((record, before) -> record.timestamp())
                : none.withTimestampAssigner((record, before) -> record.place().rank());
    }

    /** Sets aside what is not audited: what cannot be read, and how many lines there were. */
    private static final class SetAside extends ProcessFunction<JobRecord, JobRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(JobRecord record, Context context, Collector<JobRecord> out) {
            if (record.isCount()) {
                context.output(COUNTED, Counted.lines(record.place()));
                return;
            }
            if (record.isElement()) {
                getRuntimeContext().getLongCounter(Counts.SNAPSHOTS).add(1);
            }
            if (record.fault() == null) {
                out.collect(record);
            } else {
                context.output(COUNTED, Counted.of(JobFinding.of(record.place(), record.fault())));
            }
        }
    }
}
