package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;

class JobMessagesTest {
    private static final String PENDING = JobJson.write(Jobs.pending("7"));
    private static final String RUNNING = JobJson.write(Jobs.running("7"));

    private static List<JobRecord> read(byte[] value) throws IOException {
        return read(JobKind.TUNING_JOB, value);
    }

    private static List<JobRecord> read(JobKind fallback, byte[] value) throws IOException {
        List<JobRecord> records = new ArrayList<>();
        new JobMessages(fallback)
                .deserialize(new ConsumerRecord<>("jobs", 2, 17, null, value), new ListCollector<>(records));
        return records;
    }

    private static List<JobRecord> read(String value) throws IOException {
        return read(value.getBytes(UTF_8));
    }

    private static String faults(List<JobRecord> records) {
        return records.stream().map(record -> record.fault().message()).toList().toString();
    }

    @Test
    void aMessageIsAJob() throws IOException {
        assertEquals(List.of(JobRecord.of(Place.ofOffset("jobs", 2, 17), Jobs.pending("7"))), read(PENDING));
    }

    @Test
    void aNameThatTellsNoKindIsReadAsTheFallback() throws IOException {
        String notebook = "{\"name\":\"job 7\",\"jobState\":\"JOB_STATE_RUNNING\"}";
        JobSnapshot expected = JobSnapshot.of("job 7", JobState.RUNNING);
        for (String value : List.of(notebook, "[" + notebook + "]")) {
            assertEquals(
                    List.of(JobRecord.of(Place.ofOffset("jobs", 2, 17), expected)),
                    read(JobKind.NOTEBOOK_EXECUTION_JOB, value.getBytes(UTF_8)));
        }
        String tuning = "{\"name\":\"job 7\",\"state\":\"JOB_STATE_RUNNING\"}";
        assertEquals(
                "[jobState is missing: expected a state such as JOB_STATE_RUNNING]",
                faults(read(JobKind.NOTEBOOK_EXECUTION_JOB, tuning.getBytes(UTF_8))));
    }

    @Test
    void aMessageMayHoldSeveralJobsInTheirOrder() throws IOException {
        for (String value : List.of(
                "[" + PENDING + "," + RUNNING + "]",
                "{\"tuningJobs\":[" + PENDING + "," + RUNNING + "]}",
                PENDING + "\n" + RUNNING)) {
            List<JobRecord> records = read(value);
            assertEquals(
                    List.of(Jobs.pending("7"), Jobs.running("7")),
                    records.stream().map(JobRecord::job).toList());
            assertTrue(records.get(0).place().compareTo(records.get(1).place()) < 0);
            assertEquals(17, records.get(1).place().number());
        }
    }

    @Test
    void aMessageWithoutAValueIsNoSnapshot() throws IOException {
        assertEquals(List.of(), read((byte[]) null));
    }

    @Test
    void whatIsNoJobSaysWhatItIs() throws IOException {
        assertEquals(
                "[name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7]",
                faults(read("{\"state\":\"JOB_STATE_RUNNING\"}")));
        assertEquals(Reason.MALFORMED_JSON, read("no job").get(0).fault().reason());
        assertEquals(
                Reason.MALFORMED_JSON,
                read(new byte[] {'{', (byte) 0xFF, '}'}).get(0).fault().reason());
        assertTrue(
                faults(read("---\nname: x")).startsWith("[this is no JSON: it looks like YAML"),
                faults(read("---\nname: x")));
        assertTrue(faults(read(PENDING.getBytes(UTF_16))).startsWith("[this is no JSON: it looks like UTF-16"));
    }

    @Test
    void anEmptyMessageIsUnreadable() throws IOException {
        assertEquals("[the message is empty: expected a job as JSON]", faults(read("")));
        assertEquals("[the message is empty: expected a job as JSON]", faults(read(" \n")));
    }

    @Test
    void anEmptyListHasNoJobs() throws IOException {
        assertEquals(List.of(), read("[]"));
        assertEquals(List.of(), read("{}"));
    }
}
