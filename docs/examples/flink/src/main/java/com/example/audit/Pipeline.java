package com.example.audit;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobFinding;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.transition.Rule;

/** What is between source and sink, which a test can run without Kafka. */
final class Pipeline {
    private static final Duration WEEK = Duration.ofDays(7);

    private Pipeline() {}

    /** The alerts on snapshots that come in the order in which they were taken. */
    static DataStream<String> alerts(DataStream<JobRecord> snapshots) {
        SingleOutputStreamOperator<JobFinding> violations = snapshots
                .keyBy(JobRecord::key)
                .process(JobAudit.observer()
                        .without(Rule.CREATE_TIME_REQUIRED) // this poller asks for some fields only
                        .forgetFinishedAfter(WEEK))
                .uid("audit");
        return violations
                .union(violations.getSideOutput(JobAudit.UNREADABLE))
                .map(Alert::of)
                .returns(Types.STRING)
                .uid("alerts");
    }
}
