package org.joblifecycle.emulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethod;

/** Google's messages as JSON, and back. */
final class MessageJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonFormat.Printer printer;
    private final JsonFormat.Parser parser;

    private MessageJson(TypeRegistry types) {
        printer = JsonFormat.printer().usingTypeRegistry(types).omittingInsignificantWhitespace();
        parser = JsonFormat.parser().usingTypeRegistry(types).ignoringUnknownFields();
    }

    /** For the messages of the files of these methods and of those that they import: what an Any in an answer can be. */
    static MessageJson of(Collection<ApiMethod> methods) {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        Set<String> seen = new HashSet<>();
        Deque<FileDescriptor> files = new ArrayDeque<>();
        methods.forEach(method -> files.add(method.descriptor().getFile()));
        files.add(ErrorDetailsProto.getDescriptor());
        while (!files.isEmpty()) {
            FileDescriptor file = files.remove();
            if (seen.add(file.getFullName())) {
                types.add(file.getMessageTypes());
                files.addAll(file.getDependencies());
            }
        }
        return new MessageJson(types.build());
    }

    ObjectNode of(MessageOrBuilder message) throws IOException {
        return (ObjectNode) JSON.readTree(printer.print(message));
    }

    DynamicMessage message(Descriptor type, JsonNode json) throws IOException {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        parser.merge(JSON.writeValueAsString(json), builder);
        return builder.build();
    }

    StatusRuntimeException status(ApiException error) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(error.code().getNumber())
                .setMessage(error.getMessage());
        try {
            for (JsonNode detail : error.details()) {
                Any.Builder any = Any.newBuilder();
                parser.merge(JSON.writeValueAsString(detail), any);
                status.addDetails(any);
            }
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new AssertionError("a detail is a message", e);
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
