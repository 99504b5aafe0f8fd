package com.example.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.flink.Place;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final String NAME = "projects/p/locations/l/tuningJobs/7";

    private static List<String> alerts(JobSnapshot... snapshots) throws Exception {
        List<JobRecord> records = new ArrayList<>();
        for (JobSnapshot snapshot : snapshots) {
            records.add(JobRecord.of(Place.ofOffset("jobs", 0, records.size()), snapshot));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1); // keeps the order
        List<String> alerts = new ArrayList<>();
        try (CloseableIterator<String> all =
                Pipeline.alerts(env.fromData(records)).executeAndCollect()) {
            all.forEachRemaining(alerts::add);
        }
        return alerts;
    }

    @Test
    void aHealthyJobRaisesNoAlert() throws Exception {
        assertEquals(
                List.of(), alerts(JobSnapshot.of(NAME, JobState.PENDING), JobSnapshot.of(NAME, JobState.CANCELLING)));
    }

    @Test
    void aJobThatGoesBackRaisesOne() throws Exception {
        List<String> alerts = alerts(JobSnapshot.of(NAME, JobState.CANCELLING), JobSnapshot.of(NAME, JobState.PENDING));
        assertEquals(1, alerts.size(), alerts::toString);
        assertTrue(alerts.get(0).startsWith("transition-illegal: " + NAME + " at jobs-0@1: "), alerts.get(0));
    }
}
