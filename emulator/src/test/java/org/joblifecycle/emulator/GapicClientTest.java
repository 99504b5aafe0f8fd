package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.longrunning.OperationFuture;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.cloud.aiplatform.v1.ContainerSpec;
import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.CustomJobSpec;
import com.google.cloud.aiplatform.v1.DeleteOperationMetadata;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceClient;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceSettings;
import com.google.cloud.aiplatform.v1.JobServiceClient;
import com.google.cloud.aiplatform.v1.JobServiceSettings;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.ListCustomJobsRequest;
import com.google.cloud.aiplatform.v1.LocationName;
import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.cloud.aiplatform.v1.WorkerPoolSpec;
import com.google.protobuf.Empty;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.scenario.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// com.google.cloud:google-cloud-aiplatform as its users call it, over gRPC.
class GapicClientTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final LocationName PARENT = LocationName.of("p", "us-central1");

    private VertexEmulator emulator;
    private JobServiceClient jobs;
    private GenAiTuningServiceClient tunings;

    @BeforeEach
    void start() throws IOException {
        emulator = VertexEmulator.configure().manualClock(NOON).start();
        jobs = JobServiceClient.create(JobServiceSettings.newBuilder()
                .setEndpoint(emulator.grpcTarget())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(JobServiceSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(emulator.grpcTarget())
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build())
                .build());
        tunings = GenAiTuningServiceClient.create(GenAiTuningServiceSettings.newBuilder()
                .setEndpoint(emulator.grpcTarget())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(GenAiTuningServiceSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(emulator.grpcTarget())
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build())
                .build());
    }

    @AfterEach
    void close() {
        jobs.close();
        tunings.close();
        emulator.close();
    }

    private CustomJob create(String displayName) {
        return jobs.createCustomJob(
                PARENT,
                CustomJob.newBuilder()
                        .setDisplayName(displayName)
                        .setJobSpec(CustomJobSpec.newBuilder()
                                .addWorkerPoolSpecs(WorkerPoolSpec.newBuilder()
                                        .setContainerSpec(
                                                ContainerSpec.newBuilder().setImageUri("gcr.io/p/train"))
                                        .setReplicaCount(1)))
                        .setState(JobState.JOB_STATE_SUCCEEDED) // only the service sets it
                        .build());
    }

    @Test
    void aCustomJobRunsAndIsDeleted() throws Exception {
        CustomJob created = create("train");
        assertEquals(JobState.JOB_STATE_PENDING, created.getState());
        assertEquals(
                "gcr.io/p/train",
                created.getJobSpec().getWorkerPoolSpecs(0).getContainerSpec().getImageUri());
        assertThrows(FailedPreconditionException.class, () -> delete(created));

        emulator.advance(Duration.ofMinutes(1));
        CustomJob succeeded = jobs.getCustomJob(created.getName());
        assertEquals(JobState.JOB_STATE_SUCCEEDED, succeeded.getState());
        assertEquals(NOON.plusMillis(30200).toEpochMilli(), Timestamps.toMillis(succeeded.getEndTime()));

        delete(created);
        assertThrows(NotFoundException.class, () -> jobs.getCustomJob(created.getName()));
    }

    private void delete(CustomJob job) throws Exception {
        try {
            jobs.deleteCustomJobAsync(job.getName()).get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Test
    void aCustomJobIsCancelled() {
        CustomJob created = create("train");
        jobs.cancelCustomJob(created.getName());
        assertEquals(
                JobState.JOB_STATE_CANCELLING,
                jobs.getCustomJob(created.getName()).getState());
        emulator.advance(Duration.ofSeconds(2));
        assertEquals(
                JobState.JOB_STATE_CANCELLED,
                jobs.getCustomJob(created.getName()).getState());
        assertThrows(FailedPreconditionException.class, () -> jobs.cancelCustomJob(created.getName()));
    }

    @Test
    void jobsAreListedPageByPage() {
        for (String name : List.of("a", "b", "c")) {
            create(name);
        }
        List<String> names = new ArrayList<>();
        jobs.listCustomJobs(ListCustomJobsRequest.newBuilder()
                        .setParent(PARENT.toString())
                        .setPageSize(2)
                        .setFilter("display_name!=\"b\"")
                        .build())
                .iterateAll()
                .forEach(job -> names.add(job.getDisplayName()));
        assertEquals(List.of("c", "a"), names);
    }

    @Test
    void aTuningJobIsRefusedForAllItsFaults() {
        InvalidArgumentException refused = assertThrows(
                InvalidArgumentException.class,
                () -> tunings.createTuningJob(
                        PARENT,
                        TuningJob.newBuilder()
                                .setSupervisedTuningSpec(SupervisedTuningSpec.newBuilder())
                                .build()));
        BadRequest details = refused.getErrorDetails().getBadRequest();
        assertTrue(details.getFieldViolationsCount() >= 2, details.toString());
    }

    @Test
    void aTuningJobOfOneVersionIsThatOfTheOther() throws Exception {
        TuningJob created = tunings.createTuningJob(
                PARENT,
                TuningJob.newBuilder()
                        .setBaseModel("gemini-2.5-flash")
                        .setSupervisedTuningSpec(
                                SupervisedTuningSpec.newBuilder().setTrainingDatasetUri("gs://bucket/train.jsonl"))
                        .build());
        try (com.google.cloud.aiplatform.v1beta1.GenAiTuningServiceClient beta =
                com.google.cloud.aiplatform.v1beta1.GenAiTuningServiceClient.create(
                        com.google.cloud.aiplatform.v1beta1.GenAiTuningServiceSettings.newBuilder()
                                .setEndpoint(emulator.grpcTarget())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .setTransportChannelProvider(com.google.cloud.aiplatform.v1beta1
                                        .GenAiTuningServiceSettings.defaultGrpcTransportProviderBuilder()
                                        .setEndpoint(emulator.grpcTarget())
                                        .setChannelConfigurator(channel -> channel.usePlaintext())
                                        .build())
                                .build())) {
            assertEquals(
                    "gemini-2.5-flash", beta.getTuningJob(created.getName()).getBaseModel());
        }
    }

    @Test
    void aFaultIsAnErrorOfTheClient() {
        CustomJob created = create("train");
        emulator.add(Fault.on(Action.GET).answer(Code.UNAVAILABLE).times(1));
        emulator.add(Fault.on(Action.LIST).drop().times(1));
        assertThrows(UnavailableException.class, () -> jobs.getCustomJob(created.getName()));
        assertEquals(created.getName(), jobs.getCustomJob(created.getName()).getName());
        assertThrows(UnavailableException.class, () -> jobs.listCustomJobs(PARENT));
        assertEquals(
                created.getName(),
                jobs.listCustomJobs(PARENT).iterateAll().iterator().next().getName());
    }

    @Test
    void aClientWaitsForAnOperation() throws Exception {
        CustomJob created = create("train");
        emulator.advance(Duration.ofMinutes(1));
        emulator.add(Fault.on(Action.DELETE).operation(Duration.ofSeconds(30)));
        OperationFuture<Empty, DeleteOperationMetadata> deletion = jobs.deleteCustomJobAsync(created.getName());
        assertFalse(deletion.getInitialFuture().get().isDone());
        emulator.advance(Duration.ofSeconds(30));
        assertEquals(Empty.getDefaultInstance(), deletion.get());
    }

    @Test
    void theOtherVersionHasItsOwnMessages() throws Exception {
        try (com.google.cloud.aiplatform.v1beta1.JobServiceClient beta =
                com.google.cloud.aiplatform.v1beta1.JobServiceClient.create(
                        com.google.cloud.aiplatform.v1beta1.JobServiceSettings.newBuilder()
                                .setEndpoint(emulator.grpcTarget())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .setTransportChannelProvider(com.google.cloud.aiplatform.v1beta1.JobServiceSettings
                                        .defaultGrpcTransportProviderBuilder()
                                        .setEndpoint(emulator.grpcTarget())
                                        .setChannelConfigurator(channel -> channel.usePlaintext())
                                        .build())
                                .build())) {
            CustomJob created = create("train");
            assertEquals("train", beta.getCustomJob(created.getName()).getDisplayName());
            beta.cancelCustomJob(created.getName());
            emulator.advance(Duration.ofMinutes(1));
            assertEquals(
                    com.google.cloud.aiplatform.v1beta1.JobState.JOB_STATE_CANCELLED,
                    beta.listCustomJobs(PARENT.toString())
                            .iterateAll()
                            .iterator()
                            .next()
                            .getState());
            beta.deleteCustomJobAsync(created.getName()).get();
            assertThrows(NotFoundException.class, () -> jobs.getCustomJob(created.getName()));
        }
    }
}
