package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.longrunning.OperationInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethod;

/** The long-running operations of an emulator. What they are about has happened when they begin. Thread-safe. */
public final class Operations {
    private static final String TYPE = "type.googleapis.com/";

    private final InstantSource clock;
    private final TreeMap<String, Operation> byName = new TreeMap<>();
    private long created;

    Operations(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * An operation.
     *
     * @param start what is known of it from its beginning
     * @param doneTime from when on it is done
     * @param response its result
     */
    private record Operation(ObjectNode start, Instant doneTime, ObjectNode response) {
        ObjectNode at(Instant time) {
            ObjectNode json = start.deepCopy();
            if (!doneTime.isAfter(time)) {
                json.put("done", true).set("response", response);
            }
            return json;
        }
    }

    /**
     * Begins an operation.
     *
     * @param takes how long it is not done
     * @param location where it is, such as {@code projects/p/locations/l}
     * @param result what the method made
     */
    synchronized ObjectNode create(
            ApiMethod method, OperationInfo info, Duration takes, String location, ObjectNode result) {
        String name = location + "/operations/" + ++created;
        ObjectNode start = JsonNodeFactory.instance.objectNode().put("name", name);
        String now = clock.instant().toString();
        start.putObject("metadata")
                .put("@type", TYPE + fullName(method, info.getMetadataType()))
                .putObject("genericMetadata")
                .put("createTime", now)
                .put("updateTime", now);
        ObjectNode response = JsonNodeFactory.instance
                .objectNode()
                .put("@type", TYPE + fullName(method, info.getResponseType()))
                .setAll(result);
        Operation operation = new Operation(start, clock.instant().plus(takes), response);
        byName.put(name, operation);
        return operation.at(clock.instant());
    }

    /** Forgets all operations. */
    synchronized void clear() {
        byName.clear();
    }

    /** A type without a package is of the package of the method. */
    private static String fullName(ApiMethod method, String type) {
        return type.contains(".") ? type : method.protoPackage() + "." + type;
    }

    /**
     * The answer of a method of {@code google.longrunning.Operations}.
     *
     * @param method such as {@code GetOperation}
     * @param name the name in the request: of an operation or, to list them, of a location
     * @throws ApiException if the answer is an error
     */
    public synchronized ObjectNode answer(String method, String name) {
        switch (method) {
            case "ListOperations" -> {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                ArrayNode operations = JsonNodeFactory.instance.arrayNode();
                byName.tailMap(name + "/operations/").forEach((each, operation) -> {
                    if (each.startsWith(name + "/operations/")) {
                        operations.add(operation.at(clock.instant()));
                    }
                });
                return operations.isEmpty() ? answer : answer.set("operations", operations);
            }
            case "DeleteOperation" -> {
                find(name);
                byName.remove(name);
                return JsonNodeFactory.instance.objectNode();
            }
            case "CancelOperation" -> {
                find(name); // what it is about has happened already
                return JsonNodeFactory.instance.objectNode();
            }
            default -> {
                return find(name);
            }
        }
    }

    private ObjectNode find(String name) {
        Operation operation = byName.get(name);
        if (operation == null) {
            throw ApiException.notFound("Operation", name);
        }
        return operation.at(clock.instant());
    }
}
