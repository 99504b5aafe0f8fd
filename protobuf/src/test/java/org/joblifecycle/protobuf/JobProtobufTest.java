package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.DataLabelingJob;
import com.google.cloud.aiplatform.v1.NotebookExecutionJob;
import com.google.cloud.aiplatform.v1.PipelineJob;
import com.google.cloud.aiplatform.v1beta1.ModelMonitoringJob;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobProtobufTest {
    private static final String NAME = "projects/p/locations/l/customJobs/8";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");

    static Stream<Message> messages() {
        return JobMessages.ALL.toJavaStream();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static CustomJob.Builder customJob() {
        return CustomJob.newBuilder()
                .setName(NAME)
                .setDisplayName("nightly")
                .setState(com.google.cloud.aiplatform.v1.JobState.JOB_STATE_FAILED)
                .setCreateTime(timestamp(NOON))
                .setStartTime(timestamp(NOON.plusSeconds(1)))
                .setEndTime(timestamp(NOON.plusSeconds(2)))
                .setUpdateTime(timestamp(NOON.plusSeconds(3)))
                .setError(Status.newBuilder()
                        .setCode(8)
                        .setMessage("out of quota")
                        .addDetails(Any.pack(
                                ErrorInfo.newBuilder().setReason("QUOTA").build())));
    }

    private static final JobSnapshot FAILED = JobSnapshot.of(NAME, JobState.FAILED)
            .withCreateTime(NOON)
            .withStartTime(NOON.plusSeconds(1))
            .withEndTime(NOON.plusSeconds(2))
            .withUpdateTime(NOON.plusSeconds(3))
            .withError(new JobError(8, "out of quota"));

    @Test
    void aMessageWithAllFieldsIsRead() {
        CustomJob job = customJob().build();

        assertEquals(Validation.valid(FAILED), JobProtobuf.read(job));
        assertEquals(Validation.valid(FAILED), JobProtobuf.read(JobMessages.dynamic(job)));
    }

    @Test
    void aMessageOfV1beta1IsRead() {
        var job = com.google.cloud.aiplatform.v1beta1.HyperparameterTuningJob.newBuilder()
                .setName("projects/p/locations/l/hyperparameterTuningJobs/9")
                .setState(com.google.cloud.aiplatform.v1beta1.JobState.JOB_STATE_PARTIALLY_SUCCEEDED)
                .setEndTime(timestamp(NOON))
                .build();

        assertEquals(
                Validation.valid(JobSnapshot.of(job.getName(), JobState.PARTIALLY_SUCCEEDED)
                        .withEndTime(NOON)),
                JobProtobuf.read(job));
    }

    @Test
    void aNotebookExecutionJobIsReadByItsOwnFieldNames() {
        NotebookExecutionJob job = NotebookExecutionJob.newBuilder()
                .setName("projects/p/locations/l/notebookExecutionJobs/9")
                .setJobState(com.google.cloud.aiplatform.v1.JobState.JOB_STATE_SUCCEEDED)
                .setStatus(Status.getDefaultInstance())
                .setCreateTime(timestamp(NOON))
                .setUpdateTime(timestamp(NOON))
                .build();

        assertEquals(
                Validation.valid(JobSnapshot.of(job.getName(), JobState.SUCCEEDED)
                        .withCreateTime(NOON)
                        .withUpdateTime(NOON)
                        .withError(new JobError(0, ""))),
                JobProtobuf.read(job));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theNumberZeroIsUnspecified(Message message) {
        JobSnapshot job = JobSnapshot.of(NAME, JobState.UNSPECIFIED);

        assertEquals(
                Validation.valid(job),
                JobProtobuf.read(JobProtobuf.write(job, message).get()));
    }

    private static Unreadable fault(Message message) {
        return JobProtobuf.read(message).getError();
    }

    @Test
    void anUnknownStateIsToldWithItsNumber() {
        CustomJob job = customJob().setStateValue(99).build();
        Unreadable expected = new Unreadable(
                Reason.STATE_UNKNOWN,
                NAME,
                JobField.STATE,
                "state 99 is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11");

        assertEquals(expected, fault(job));
        assertEquals(expected, fault(JobMessages.dynamic(job)));
        assertEquals(
                "state-unknown: jobState -1 is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED,"
                        + " or 0 to 11",
                fault(NotebookExecutionJob.newBuilder()
                                .setName("n")
                                .setJobStateValue(-1)
                                .build())
                        .toString());
    }

    @Test
    void anUnknownStateIsToldWithItsNameToo() {
        Message job = FutureTuningJob.of(NAME, 12);

        assertEquals(
                "state 12 (JOB_STATE_HIBERNATING) is unknown: expected JOB_STATE_UNSPECIFIED to"
                        + " JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11",
                fault(job).message());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageWithoutANameIsUnreadable(Message message) {
        assertEquals(
                new Unreadable(
                        Reason.NAME_MISSING,
                        null,
                        JobField.NAME,
                        "name is missing: expected the resource name of the job, such as projects/p/locations/l/"
                                + JobProtobuf.kind(message).get().collection() + "/7"),
                fault(message));
    }

    @ParameterizedTest
    @CsvSource({
        "-62135596801,0",
        "253402300800,0",
        "0,-1",
        "0,1000000000",
        "-9223372036854775808,0",
        "9223372036854775807,999999999"
    })
    void aTimeOutOfRangeIsUnreadable(long seconds, int nanos) {
        CustomJob job = customJob()
                .setEndTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
                .build();

        assertEquals(
                new Unreadable(
                        Reason.TIMESTAMP_MALFORMED,
                        NAME,
                        JobField.END_TIME,
                        "endTime is " + seconds + " seconds and " + nanos + " nanos: expected a time from"
                                + " 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, with 0 to 999999999 nanos"),
                fault(job));
        assertEquals(fault(job), fault(JobMessages.dynamic(job)));
    }

    @ParameterizedTest
    @CsvSource({"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"})
    void theFirstAndTheLastTimeAreReadAndWritten(Instant time) {
        CustomJob job = customJob().setEndTime(timestamp(time)).build();

        assertEquals(time, JobProtobuf.read(job).get().endTime());
        assertEquals(job, JobProtobuf.write(FAILED.withEndTime(time), job).get());
    }

    @Test
    void ofSeveralFaultsTheFirstIsTold() {
        Timestamp wrong = Timestamp.newBuilder().setNanos(-1).build();
        CustomJob.Builder job = customJob()
                .setUpdateTime(wrong)
                .setCreateTime(wrong)
                .setStateValue(12)
                .setName("");

        assertEquals(Reason.NAME_MISSING, fault(job.build()).reason());
        assertEquals(Reason.STATE_UNKNOWN, fault(job.setName(NAME).build()).reason());
        assertEquals(JobField.CREATE_TIME, fault(job.setStateValue(1).build()).field());
        assertEquals(JobField.UPDATE_TIME, fault(job.clearCreateTime().build()).field());
    }

    @Test
    void whatIsNoJobIsAnErrorOfTheProgram() {
        for (Message message : Vector.of(
                PipelineJob.getDefaultInstance(),
                ModelMonitoringJob.getDefaultInstance(),
                Status.getDefaultInstance())) {
            String type = message.getDescriptorForType().getFullName();
            String expected = type + " is no job: expected one such as google.cloud.aiplatform.v1.CustomJob";

            assertEquals(Option.none(), JobProtobuf.kind(message));
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> JobProtobuf.read(message))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> JobProtobuf.write(FAILED, message))
                            .getMessage());
        }
    }

    @Test
    void aNullIsNamed() {
        assertNamed("message", () -> JobProtobuf.read(null));
        assertNamed("message", () -> JobProtobuf.kind(null));
        assertNamed("message", () -> JobProtobuf.write(FAILED, null));
        assertNamed("job", () -> JobProtobuf.write(null, CustomJob.getDefaultInstance()));
        assertNamed("path", () -> new UnwritableField(null, ""));
        assertNamed("message", () -> new UnwritableField("", null));
    }

    static void assertNamed(String argument, org.junit.jupiter.api.function.Executable call) {
        assertEquals(argument, assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void aNewMessageIsWritten() {
        CustomJob job =
                JobProtobuf.write(FAILED, CustomJob.getDefaultInstance()).get();

        assertEquals(
                customJob()
                        .clearDisplayName()
                        .setError(Status.newBuilder().setCode(8).setMessage("out of quota"))
                        .build(),
                job);
    }

    @Test
    void otherFieldsAndTheDetailsOfTheSameErrorStay() {
        CustomJob job = customJob().build();

        assertEquals(job, JobProtobuf.write(FAILED, job).get());
        assertEquals(
                customJob().setStateValue(7).clearUpdateTime().build(),
                JobProtobuf.write(FAILED.withState(JobState.CANCELLED).withUpdateTime(null), job)
                        .get());
    }

    @Test
    void anotherErrorReplacesTheDetails() {
        CustomJob job = customJob().build();

        assertEquals(
                Status.newBuilder().setCode(8).setMessage("full").build(),
                JobProtobuf.write(FAILED.withError(new JobError(8, "full")), job)
                        .get()
                        .getError());
        assertEquals(
                Status.newBuilder().setCode(9).setMessage("out of quota").build(),
                JobProtobuf.write(FAILED.withError(new JobError(9, "out of quota")), job)
                        .get()
                        .getError());
    }

    @Test
    void whatTheSnapshotDoesNotCarryIsRemoved() {
        CustomJob job = JobProtobuf.write(
                        JobSnapshot.of(null, JobState.QUEUED), customJob().build())
                .get();

        assertEquals(
                CustomJob.newBuilder()
                        .setDisplayName("nightly")
                        .setStateValue(1)
                        .build(),
                job);
    }

    private static Seq<String> faults(JobSnapshot job, Message message) {
        Validation<Seq<UnwritableField>, Message> written = JobProtobuf.write(job, message);
        assertTrue(written.isInvalid());
        return written.getError().map(fault -> fault.path() + ": " + fault);
    }

    @Test
    void aTimeThatTheKindDoesNotHaveIsAFault() {
        assertEquals(
                Vector.of(
                        "startTime: startTime 2026-05-01T12:00:01.123456789Z cannot be written: a DataLabelingJob has no"
                                + " such field",
                        "endTime: endTime 2026-05-01T12:00:02.123456789Z cannot be written: a DataLabelingJob has no"
                                + " such field"),
                faults(FAILED, DataLabelingJob.getDefaultInstance()));
    }

    @Test
    void aTimeThatATimestampCannotHoldIsAFault() {
        assertEquals(
                Vector.of(
                        "createTime: createTime 0000-12-31T23:59:59.999999999Z lies outside the years 0001 to 9999, which a"
                                + " Timestamp cannot hold",
                        "updateTime: updateTime +10000-01-01T00:00:00Z lies outside the years 0001 to 9999, which a"
                                + " Timestamp cannot hold"),
                faults(
                        FAILED.withCreateTime(Instant.parse("0000-12-31T23:59:59.999999999Z"))
                                .withUpdateTime(Instant.parse("+10000-01-01T00:00:00Z")),
                        CustomJob.getDefaultInstance()));
    }
}
