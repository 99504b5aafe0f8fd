package org.joblifecycle.emulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethod;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.emulator.api.ApiMethods.Call;
import org.joblifecycle.emulator.api.DroppedException;
import org.joblifecycle.emulator.job.Emulation;
import org.jspecify.annotations.Nullable;

/** The services over gRPC, each made when it is called for the first time. */
final class Services extends HandlerRegistry {
    private static final ServiceDescriptor OPERATIONS =
            OperationsProto.getDescriptor().findServiceByName("Operations");

    private final Supplier<Emulation> emulation;
    private final Map<String, ServerServiceDefinition> made = new HashMap<>();

    Services(Supplier<Emulation> emulation) {
        this.emulation = emulation;
    }

    @Override
    public synchronized @Nullable ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
        String service = io.grpc.MethodDescriptor.extractFullServiceName(name);
        ServerServiceDefinition found = service == null ? null : made.computeIfAbsent(service, this::make);
        return found == null ? null : found.getMethod(name);
    }

    /** Makes a service; null if there is no such service. */
    private @Nullable ServerServiceDefinition make(String service) {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(service);
        if (service.equals(OPERATIONS.getFullName())) {
            MessageJson json = MessageJson.of(ApiMethods.all());
            for (MethodDescriptor method : OPERATIONS.getMethods()) {
                add(
                        builder,
                        method,
                        json,
                        request -> emulation
                                .get()
                                .operations()
                                .answer(method.getName(), request.path("name").asText()));
            }
        }
        for (String version : ApiMethods.VERSIONS) {
            if (service.startsWith("google.cloud.aiplatform." + version + ".")) {
                List<ApiMethod> methods = ApiMethods.ofVersion(version);
                MessageJson json = MessageJson.of(methods);
                methods.stream()
                        .filter(method ->
                                method.descriptor().getService().getFullName().equals(service))
                        .forEach(method -> add(
                                builder,
                                method.descriptor(),
                                json,
                                request -> emulation.get().answer(new Call(method, request))));
            }
        }
        ServerServiceDefinition definition = builder.build();
        return definition.getMethods().isEmpty() ? null : definition;
    }

    private static void add(
            ServerServiceDefinition.Builder service,
            MethodDescriptor method,
            MessageJson json,
            Function<ObjectNode, JsonNode> answer) {
        service.addMethod(
                io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                        .setRequestMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                        .setResponseMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                        .build(),
                ServerCalls.asyncUnaryCall((request, observer) -> answer(method, json, answer, request, observer)));
    }

    private static void answer(
            MethodDescriptor method,
            MessageJson json,
            Function<ObjectNode, JsonNode> answer,
            DynamicMessage request,
            StreamObserver<DynamicMessage> observer) {
        try {
            observer.onNext(json.message(method.getOutputType(), answer.apply(json.of(request))));
            observer.onCompleted();
        } catch (ApiException e) {
            observer.onError(json.status(e));
        } catch (DroppedException e) {
            observer.onError(Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
        } catch (IOException e) {
            observer.onError(Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException());
        }
    }
}
