package org.joblifecycle.flink.command;

import static java.util.Objects.requireNonNull;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobFinding;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.json.JobJson;

/** The audit of a stream, from its source to its sinks. */
final class StreamAudit {
    private StreamAudit() {}

    /**
     * Adds the audit to a job.
     *
     * @param key by which jobs are told apart
     * @param name what the job is called
     */
    static void add(
            DataStream<JobRecord> records,
            KeySelector<JobRecord, String> key,
            StreamOptions options,
            OutputOptions output,
            String name,
            Brokers brokers) {
        SingleOutputStreamOperator<JobFinding> violations = records.keyBy(key, Types.STRING)
                .process(options.audit())
                .name("audit")
                .uid("audit");
        DataStream<String> findings = violations
                .union(violations.getSideOutput(JobAudit.UNREADABLE))
                .map(JobFinding::json)
                .returns(Types.STRING)
                .name("findings")
                .uid("findings");
        output.writeFindings(findings, name, brokers);
        DataStream<String> late = violations
                .getSideOutput(JobAudit.LATE)
                .map(StreamAudit::json)
                .returns(Types.STRING)
                .name("late")
                .uid("late");
        options.writeLate(late, output, name, brokers);
    }

    private static String json(JobRecord late) {
        return JobJson.write(requireNonNull(late.job())); // only a snapshot can be late
    }
}
