package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.longrunning.OperationInfo;
import java.util.TreeMap;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethod;

/** The long-running operations of an emulator. Each is done when it is answered for the first time. Thread-safe. */
public final class Operations {
    private static final String TYPE = "type.googleapis.com/";

    private final TreeMap<String, ObjectNode> byName = new TreeMap<>();
    private long created;

    Operations() {}

    /**
     * Makes an operation that is done.
     *
     * @param location where it is, such as {@code projects/p/locations/l}
     * @param response what the method made
     */
    synchronized ObjectNode create(ApiMethod method, OperationInfo info, String location, ObjectNode response) {
        String name = location + "/operations/" + ++created;
        ObjectNode operation = JsonNodeFactory.instance.objectNode().put("name", name);
        operation.putObject("metadata").put("@type", TYPE + fullName(method, info.getMetadataType()));
        operation.put("done", true);
        operation
                .putObject("response")
                .put("@type", TYPE + fullName(method, info.getResponseType()))
                .setAll(response);
        byName.put(name, operation);
        return operation;
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
                ArrayNode operations = answer.putArray("operations");
                byName.tailMap(name + "/operations/").forEach((each, operation) -> {
                    if (each.startsWith(name + "/operations/")) {
                        operations.add(operation);
                    }
                });
                return answer;
            }
            case "DeleteOperation" -> {
                find(name);
                byName.remove(name);
                return JsonNodeFactory.instance.objectNode();
            }
            case "CancelOperation" -> {
                find(name); // is done already
                return JsonNodeFactory.instance.objectNode();
            }
            default -> {
                return find(name);
            }
        }
    }

    private ObjectNode find(String name) {
        ObjectNode operation = byName.get(name);
        if (operation == null) {
            throw ApiException.notFound("Operation", name);
        }
        return operation;
    }
}
