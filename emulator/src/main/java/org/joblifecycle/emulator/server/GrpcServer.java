package org.joblifecycle.emulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethod;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.emulator.api.ApiMethods.Call;
import org.joblifecycle.emulator.api.DroppedException;
import org.joblifecycle.emulator.job.Emulation;

/**
 * The same calls over gRPC: a request message becomes the JSON of a call, and the JSON of its answer the response message. What a
 * message has no field for is lost on this way.
 */
public final class GrpcServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeRegistry TYPES = types();
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().usingTypeRegistry(TYPES).omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER =
            JsonFormat.parser().usingTypeRegistry(TYPES).ignoringUnknownFields();

    private final Server server;

    /**
     * Starts it.
     *
     * @param address port 0 for any that is free
     * @throws IOException if it cannot listen there
     */
    public GrpcServer(InetSocketAddress address, Emulation emulation) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
        services(emulation).forEach(service -> builder.addService(service.build()));
        try {
            server = builder.build().start();
        } catch (IOException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on port " + address.getPort() + " for gRPC: " + why.getMessage(), e);
        }
    }

    /** The port on which it listens. */
    public int port() {
        return server.getPort();
    }

    private static Collection<ServerServiceDefinition.Builder> services(Emulation emulation) {
        Map<String, ServerServiceDefinition.Builder> services = new HashMap<>();
        for (ApiMethod method : ApiMethods.ALL) {
            add(services, method.descriptor(), request -> emulation.answer(new Call(method, request)));
        }
        ServiceDescriptor longRunning = OperationsProto.getDescriptor().findServiceByName("Operations");
        for (MethodDescriptor method : longRunning.getMethods()) {
            add(
                    services,
                    method,
                    request -> emulation
                            .operations()
                            .answer(method.getName(), request.path("name").asText()));
        }
        return services.values();
    }

    private static void add(
            Map<String, ServerServiceDefinition.Builder> services,
            MethodDescriptor method,
            Function<ObjectNode, JsonNode> answer) {
        String service = method.getService().getFullName();
        services.computeIfAbsent(service, ServerServiceDefinition::builder)
                .addMethod(
                        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                                .setFullMethodName(service + "/" + method.getName())
                                .setRequestMarshaller(
                                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                                .setResponseMarshaller(ProtoUtils.marshaller(
                                        DynamicMessage.getDefaultInstance(method.getOutputType())))
                                .build(),
                        ServerCalls.asyncUnaryCall((request, observer) -> {
                            try {
                                observer.onNext(message(method.getOutputType(), answer.apply(json(request))));
                                observer.onCompleted();
                            } catch (ApiException e) {
                                observer.onError(status(e));
                            } catch (DroppedException e) {
                                observer.onError(Status.UNAVAILABLE
                                        .withDescription(e.getMessage())
                                        .asRuntimeException());
                            } catch (IOException e) {
                                observer.onError(Status.INTERNAL
                                        .withDescription(e.getMessage())
                                        .asRuntimeException());
                            }
                        }));
    }

    private static ObjectNode json(MessageOrBuilder request) throws IOException {
        return (ObjectNode) JSON.readTree(PRINTER.print(request));
    }

    private static DynamicMessage message(Descriptor type, JsonNode json) throws IOException {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        PARSER.merge(JSON.writeValueAsString(json), builder);
        return builder.build();
    }

    private static StatusRuntimeException status(ApiException error) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(error.code().getNumber())
                .setMessage(error.getMessage());
        try {
            for (JsonNode detail : error.details()) {
                Any.Builder any = Any.newBuilder();
                PARSER.merge(JSON.writeValueAsString(detail), any);
                status.addDetails(any);
            }
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new AssertionError("a detail is a message", e);
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** All messages of the files of the services and of those that these import: what an Any in an answer can be. */
    private static TypeRegistry types() {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        Set<String> seen = new HashSet<>();
        Deque<FileDescriptor> files = new ArrayDeque<>();
        ApiMethods.ALL.forEach(method -> files.add(method.descriptor().getFile()));
        files.add(ErrorDetailsProto.getDescriptor());
        while (!files.isEmpty()) {
            FileDescriptor file = files.remove();
            if (seen.add(file.getFullName())) {
                types.add(file.getMessageTypes());
                files.addAll(file.getDependencies());
            }
        }
        return types.build();
    }

    /** Stops it at once. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
