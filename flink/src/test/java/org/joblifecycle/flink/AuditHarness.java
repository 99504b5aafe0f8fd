package org.joblifecycle.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.Unreadable;
import org.jspecify.annotations.Nullable;

// The audit as Flink's operator, with a clock and watermarks that a test sets.
@SuppressWarnings("try") // an interrupt may come of closing it
final class AuditHarness implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<String, JobRecord, JobFinding> harness;
    private final SortedMap<String, Metric> metrics = new TreeMap<>();
    private long line;
    private @Nullable JobRecord last;

    AuditHarness(JobAudit audit) throws Exception {
        this(audit, false, null);
    }

    AuditHarness(JobAudit audit, boolean onDisk, @Nullable OperatorSubtaskState state) throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(audit), JobRecord::key, Types.STRING, environment());
        harness.setStateBackend(onDisk ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private MockEnvironment environment() {
        MetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    String[] scope = group.getScopeComponents();
                    metrics.put(scope[scope.length - 1] + "." + name, metric);
                })
                .build();
        TaskMetricGroup group = TaskManagerMetricGroup.createTaskManagerMetricGroup(
                        registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "test")
                .addTask(ExecutionAttemptID.randomId(), "audit");
        return new MockEnvironmentBuilder()
                .setTaskName("audit")
                .setMaxParallelism(128)
                .setMetricGroup(group)
                .build();
    }

    AuditHarness read(JobSnapshot... jobs) throws Exception {
        for (JobSnapshot job : jobs) {
            line++;
            read(JobRecord.of(Place.ofLine("file", line), job));
        }
        return this;
    }

    void readUnreadable(Unreadable fault) throws Exception {
        line++;
        read(JobRecord.unreadable(Place.ofLine("file", line), fault));
    }

    void read(JobRecord record) throws Exception {
        last = record;
        harness.processElement(record, record.timestamp());
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    void clock(long milliseconds) throws Exception {
        harness.setProcessingTime(milliseconds);
    }

    long lines() {
        return line;
    }

    JobRecord last() {
        return last;
    }

    int jobs() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    // "line rule" of each finding so far.
    List<String> found() {
        return harness.extractOutputValues().stream()
                .map(finding -> finding.place().number() + " " + finding.rule())
                .toList();
    }

    List<JobFinding> findings() {
        return harness.extractOutputValues();
    }

    <T> List<T> side(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    List<Long> late() {
        return side(JobAudit.LATE).stream()
                .map(record -> record.place().number())
                .toList();
    }

    // Of the metrics of the audit, each "name value".
    List<String> metrics() {
        return metrics.entrySet().stream()
                .filter(each -> each.getKey().startsWith("joblifecycle."))
                .map(each -> each.getKey().substring("joblifecycle.".length()) + " "
                        + (each.getValue() instanceof Counter counter
                                ? counter.getCount()
                                : ((Gauge<?>) each.getValue()).getValue()))
                .toList();
    }

    OperatorSubtaskState state() throws Exception {
        return harness.snapshot(1, 1);
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
