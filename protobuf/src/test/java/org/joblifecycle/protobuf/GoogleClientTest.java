package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.GetCustomJobRequest;
import com.google.cloud.aiplatform.v1.JobServiceClient;
import com.google.cloud.aiplatform.v1.JobServiceSettings;
import com.google.cloud.aiplatform.v1.ListCustomJobsRequest;
import com.google.cloud.aiplatform.v1.ListCustomJobsResponse;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleClientTest {
    private static final String NAME = "projects/p/locations/l/customJobs/8";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final JobSnapshot RUNNING = JobSnapshot.of(NAME, JobState.RUNNING)
            .withCreateTime(NOON)
            .withStartTime(NOON.plusSeconds(1))
            .withUpdateTime(NOON.plusSeconds(1));
    private static final JobSnapshot SUCCEEDED = RUNNING.withState(JobState.SUCCEEDED)
            .withEndTime(NOON.plusSeconds(9))
            .withUpdateTime(NOON.plusSeconds(9));

    private final Deque<CustomJob> answers = new ArrayDeque<>();
    private final JobAuditor auditor = JobAuditor.observer();
    private final List<String> warnings = new ArrayList<>();
    private final List<JobState> notices = new ArrayList<>();
    private Server server;
    private ManagedChannel channel;
    private JobServiceClient client;

    @BeforeEach
    void connect() throws IOException {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(service())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        client = JobServiceClient.create(JobServiceSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .build());
    }

    // The service, in this process.
    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("google.cloud.aiplatform.v1.JobService")
                .addMethod(
                        method(
                                "GetCustomJob",
                                GetCustomJobRequest.getDefaultInstance(),
                                CustomJob.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, observer) -> {
                            assertEquals(NAME, request.getName());
                            observer.onNext(answers.removeFirst());
                            observer.onCompleted();
                        }))
                .addMethod(
                        method(
                                "ListCustomJobs",
                                ListCustomJobsRequest.getDefaultInstance(),
                                ListCustomJobsResponse.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(ListCustomJobsResponse.newBuilder()
                                    .addCustomJobs(answers.removeFirst())
                                    .setNextPageToken(answers.isEmpty() ? "" : "next")
                                    .build());
                            observer.onCompleted();
                        }))
                .build();
    }

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
            String name, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("google.cloud.aiplatform.v1.JobService/" + name)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(answer))
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
        channel.shutdownNow();
        server.shutdownNow();
    }

    private void poll(String name) {
        // formatter:off
        // guide: google-client
        Validation<Unreadable, JobSnapshot> observed = JobProtobuf.read(client.getCustomJob(name));
        if (observed.isInvalid()) { warn(observed.getError()); return; }
        Verdict verdict = auditor.observe(observed.get());
        verdict.violations().forEach(violation -> warn(violation));
        if (verdict.change().entersTerminal()) notifyOwner(observed.get());
        // end
        // formatter:on
    }

    private void warn(Object finding) {
        warnings.add(finding.toString());
    }

    private void notifyOwner(JobSnapshot job) {
        notices.add(job.state());
    }

    private static CustomJob message(JobSnapshot job) {
        return JobProtobuf.write(job, CustomJob.getDefaultInstance()).get();
    }

    @Test
    void theOwnerIsNotifiedWhenTheJobEnds() {
        answers.add(message(RUNNING));
        answers.add(message(SUCCEEDED));

        poll(NAME);
        assertEquals(List.of(), notices);
        poll(NAME);
        assertEquals(List.of(JobState.SUCCEEDED), notices);
        assertEquals(List.of(), warnings);
    }

    @Test
    void findingsAndUnreadableAnswersAreReported() {
        answers.add(message(SUCCEEDED.withEndTime(null)));
        answers.add(message(SUCCEEDED).toBuilder().setStateValue(99).build());

        poll(NAME);
        poll(NAME);

        assertEquals(
                List.of(
                        "end-time-required: endTime is missing: a CustomJob that is SUCCEEDED carries the time when it ended",
                        "state-unknown: state 99 is unknown: expected JOB_STATE_UNSPECIFIED to"
                                + " JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11"),
                warnings);
    }

    @Test
    void theJobsOfAListAreReadOneByOne() {
        answers.add(message(RUNNING));
        answers.add(message(SUCCEEDED.withName("projects/p/locations/l/customJobs/9")));
        // guide: google-client-list
        for (CustomJob job : client.listCustomJobs("projects/p/locations/l").iterateAll()) {
            Validation<Unreadable, JobSnapshot> observed = JobProtobuf.read(job);
            if (observed.isValid()) {
                auditor.observe(observed.get()).violations().forEach(violation -> warn(violation));
            } else {
                warn(observed.getError());
            }
        }
        // end
        assertEquals(2, auditor.jobCount());
        assertEquals(List.of(), warnings);
    }

    @Test
    void anEventIsAppliedToAMessage() {
        CustomJob job = message(RUNNING).toBuilder().setDisplayName("nightly").build();
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        Clock clock = Clock.fixed(NOON.plusSeconds(9), ZoneOffset.UTC);
        // guide: google-client-write
        JobSnapshot known = JobProtobuf.read(job).get();
        JobSnapshot next = owner.applyOrThrow(known, JobEvent.SUCCEED, known.notBefore(clock.instant()));
        CustomJob succeeded = JobProtobuf.write(next, job).get();
        // end
        assertEquals(message(SUCCEEDED).toBuilder().setDisplayName("nightly").build(), succeeded);
    }

    @Test
    void aTuningJobOfOneVersionBecomesOneOfTheOther() {
        var message = com.google.cloud.aiplatform.v1beta1.TuningJob.newBuilder()
                .setBaseModel("gemini-2.5-flash")
                .setServiceAccount("robot@example.com")
                .build();
        // guide: google-client-tuning-job
        TuningJob job = TuningJobProtobuf.read(message).get();
        Validation<Seq<UnwritableField>, com.google.cloud.aiplatform.v1.TuningJob> written =
                TuningJobProtobuf.write(job, com.google.cloud.aiplatform.v1.TuningJob.getDefaultInstance());
        // end
        assertEquals(
                com.google.cloud.aiplatform.v1.TuningJob.newBuilder()
                        .setBaseModel("gemini-2.5-flash")
                        .setServiceAccount("robot@example.com")
                        .build(),
                written.get());
    }
}
