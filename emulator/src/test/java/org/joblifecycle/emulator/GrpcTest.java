package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.PreconditionFailure;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.api.ApiMethod;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

// The methods over gRPC, without a client of Google's: all that their descriptors have.
class GrpcTest extends RestFixture {
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forTarget(emulator.grpcTarget())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private DynamicMessage call(MethodDescriptor method, String json) throws InvalidProtocolBufferException {
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        JsonFormat.parser().merge(json, request);
        return ClientCalls.blockingUnaryCall(
                channel,
                io.grpc.MethodDescriptor.<Message, DynamicMessage>newBuilder()
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                        .setRequestMarshaller(ProtoUtils.marshaller(
                                (Message) DynamicMessage.getDefaultInstance(method.getInputType())))
                        .setResponseMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                        .build(),
                CallOptions.DEFAULT,
                request.build());
    }

    static Stream<ApiMethod> lists() {
        return ApiMethods.all().stream().filter(method -> method.action() == Action.LIST);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aJobOfEachKindAndVersionIsListed(ApiMethod method) throws Exception {
        String name = create(method.kind(), "d").path("name").asText();
        DynamicMessage answer = call(method.descriptor(), "{\"parent\":\"projects/p/locations/l\"}");
        FieldDescriptor jobs = answer.getDescriptorForType().getFields().get(0);
        List<?> found = (List<?>) answer.getField(jobs);
        assertEquals(1, found.size());
        DynamicMessage job = (DynamicMessage) found.get(0);
        assertEquals(name, job.getField(job.getDescriptorForType().findFieldByName("name")));
    }

    @Test
    void allKindsAreThereInBothVersions() {
        for (JobKind kind : JobKind.values()) {
            assertEquals(2, lists().filter(method -> method.kind() == kind).count(), kind.name());
        }
    }

    @Test
    void whatALifecycleRefusesHasAllRulesAsDetails() throws Exception {
        String name = create();
        emulator.advance(java.time.Duration.ofMinutes(1));
        MethodDescriptor cancel = ApiMethods.all().stream()
                .filter(method -> method.toString().equals("JobService.CancelCustomJob"))
                .findFirst()
                .orElseThrow()
                .descriptor();
        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> call(cancel, "{\"name\":\"" + name + "\"}"));
        assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
        PreconditionFailure failure =
                StatusProto.fromThrowable(refused).getDetails(0).unpack(PreconditionFailure.class);
        assertEquals("transition-illegal", failure.getViolations(0).getType());
        assertEquals(name, failure.getViolations(0).getSubject());
        assertEquals(
                failure.getViolations(0).getDescription(),
                error(400, "POST", "/v1/" + name + ":cancel", "{}")
                        .at("/details/0/violations/0/description")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google.cloud.aiplatform.v1.JobService/DeleteEverything",
                "google.cloud.aiplatform.v1.EndpointService/GetEndpoint",
                "google.cloud.aiplatform.v2.JobService/GetCustomJob",
                "other/Method",
                "other",
            })
    void anotherMethodIsUnimplemented(String name) {
        DynamicMessage empty = DynamicMessage.getDefaultInstance(Empty.getDescriptor());
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel,
                        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                                .setFullMethodName(name)
                                .setRequestMarshaller(ProtoUtils.marshaller(empty))
                                .setResponseMarshaller(ProtoUtils.marshaller(empty))
                                .build(),
                        CallOptions.DEFAULT,
                        empty));
        assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode());
    }
}
