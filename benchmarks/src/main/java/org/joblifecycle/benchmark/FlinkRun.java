package org.joblifecycle.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.joblifecycle.flink.Counts;
import org.joblifecycle.flink.FileAudit;
import org.joblifecycle.flink.FileAuditParts;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobFiles;
import org.joblifecycle.flink.JobFinding;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/** One job on Flink over a file, in a JVM of its own. Prints a {@link Tally}: what it found, and what it took. */
final class FlinkRun {
    /** Milliseconds from the start of the job, when the cluster is there, to its end. */
    static final String MILLIS = "run-millis";

    /** The largest heap after a collection. */
    static final String HEAP = "run-heap";

    private static final String RULE = "rule ";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private FlinkRun() {}

    /** What is done with the file. Counting reads, keys and sorts as the audit of the same name does. */
    enum Work {
        BATCH_COUNT,
        BATCH_AUDIT,
        BATCH_COUNT_BY_UPDATE_TIME,
        BATCH_AUDIT_BY_UPDATE_TIME,
        STREAM_COUNT,
        STREAM_AUDIT,
        /** With its state on the disk, where what waits may be more than memory holds. */
        STREAM_AUDIT_BY_UPDATE_TIME
    }

    /**
     * Runs it.
     *
     * @param arguments the work, how many slots, a folder for temporary files, and the file
     */
    public static void main(String... arguments) {
        HeapPeak heap = HeapPeak.watch();
        try {
            Work work = Work.valueOf(arguments[0]);
            StreamExecutionEnvironment env = FlinkEnvironments.local(
                    Integer.parseInt(arguments[1]),
                    work == Work.STREAM_AUDIT_BY_UPDATE_TIME ? FlinkEnvironments.ROCKSDB : FlinkEnvironments.HEAP,
                    Path.of(arguments[2]).toAbsolutePath());
            add(work, arguments[3], env);
            JobExecutionResult result = env.execute();
            Tally tally = tally(result);
            tally.add(MILLIS, result.getNetRuntime());
            tally.add(HEAP, heap.bytes());
            System.out.print(tally);
            System.exit(0);
        } catch (Exception e) {
            System.err.println(cause(e));
            System.exit(2);
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : cause(e.getCause());
    }

    private static void add(Work work, String file, StreamExecutionEnvironment env) {
        JobAudit audit = JobAudit.observer();
        switch (work) {
            case BATCH_COUNT -> countSorted(file, false, env);
            case BATCH_COUNT_BY_UPDATE_TIME -> countSorted(file, true, env);
            case BATCH_AUDIT -> tally(FileAudit.of(audit, List.of(file)).in(env));
            case BATCH_AUDIT_BY_UPDATE_TIME ->
                tally(FileAudit.of(audit.inOrderOfUpdateTime(), List.of(file)).in(env));
            case STREAM_COUNT ->
                count(stream(file, WatermarkStrategy.noWatermarks(), env)
                        .keyBy(JobRecord::key, Types.STRING)
                        .process(new Counting()));
            case STREAM_AUDIT ->
                tally(stream(file, WatermarkStrategy.noWatermarks(), env)
                        .keyBy(JobRecord::key, Types.STRING)
                        .process(audit));
            case STREAM_AUDIT_BY_UPDATE_TIME ->
                tally(stream(file, JobAudit.watermarks(MINUTE, MINUTE), env)
                        .keyBy(JobRecord::key, Types.STRING)
                        .process(audit.inOrderOfUpdateTime()));
        }
    }

    private static void countSorted(String file, boolean byUpdateTime, StreamExecutionEnvironment env) {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        count(env.fromSource(FileAuditParts.source(file), FileAuditParts.timestamps(byUpdateTime), "read")
                .keyBy(FileAuditParts.key(), Types.STRING)
                .process(new Counting()));
    }

    private static DataStream<JobRecord> stream(
            String file, WatermarkStrategy<JobRecord> watermarks, StreamExecutionEnvironment env) {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        return env.fromSource(JobFiles.of(List.of(file), JobKind.TUNING_JOB), watermarks, "read");
    }

    private static void count(DataStream<Long> nothing) {
        nothing.sinkTo(new DiscardingSink<>());
    }

    private static void tally(DataStream<JobFinding> findings) {
        findings.flatMap(new Tallying()).returns(Types.LONG).sinkTo(new DiscardingSink<>());
    }

    private static Tally tally(JobExecutionResult result) {
        Tally tally = new Tally();
        Counts counts = Counts.of(result);
        tally.add(Tally.JOBS, counts.jobs());
        tally.add(Tally.SNAPSHOTS, counts.snapshots());
        for (Map.Entry<String, Object> count : result.getAllAccumulatorResults().entrySet()) {
            if (count.getKey().startsWith(RULE) && count.getValue() instanceof Long number) {
                tally.add(count.getKey().substring(RULE.length()), number);
            }
        }
        return tally;
    }

    /** Counts snapshots. */
    private static final class Counting extends KeyedProcessFunction<String, JobRecord, Long> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable LongCounter count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getLongCounter("count");
        }

        @Override
        public void processElement(JobRecord record, Context context, Collector<Long> out) {
            if (count != null) {
                count.add(1);
            }
        }
    }

    /** Counts findings by their rules. */
    private static final class Tallying extends RichFlatMapFunction<JobFinding, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(JobFinding finding, Collector<Long> out) {
            getRuntimeContext().getLongCounter(RULE + finding.rule()).add(1);
        }
    }
}
