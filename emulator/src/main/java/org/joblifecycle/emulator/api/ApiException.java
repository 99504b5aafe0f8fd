package org.joblifecycle.emulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error that a client gets, in Google's form. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Code code;
    private final @Nullable ObjectNode detail;

    /**
     * What is wrong with one field of a request.
     *
     * @param field its path, such as {@code tuningJob.baseModel}
     * @param description what is wrong with it
     */
    public record BadField(String field, String description) {}

    /**
     * A condition that a job does not fulfil.
     *
     * @param type which one, such as {@code transition-illegal}
     * @param description why it is not fulfilled
     */
    public record BrokenCondition(String type, String description) {}

    private ApiException(Code code, String message, @Nullable ObjectNode detail) {
        super(message, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    /** An error without details. */
    public static ApiException of(Code code, String message) {
        return new ApiException(code, message, null);
    }

    /** INVALID_ARGUMENT for one field. */
    public static ApiException invalid(String field, String description) {
        return invalid(List.of(new BadField(field, description)));
    }

    /** INVALID_ARGUMENT with all faults, which are the details too. */
    public static ApiException invalid(List<BadField> faults) {
        List<String> lines = new ArrayList<>();
        faults.forEach(fault -> lines.add(fault.field() + ": " + fault.description()));
        ObjectNode detail = detail("BadRequest");
        ArrayNode violations = detail.putArray("fieldViolations");
        faults.forEach(
                fault -> violations.addObject().put("field", fault.field()).put("description", fault.description()));
        return new ApiException(Code.INVALID_ARGUMENT, String.join("\n", lines), detail);
    }

    /** FAILED_PRECONDITION of a resource, with all conditions that it does not fulfil, which are the details too. */
    public static ApiException failed(String resource, String name, List<BrokenCondition> broken) {
        List<String> descriptions = new ArrayList<>();
        broken.forEach(each -> descriptions.add(each.description()));
        ObjectNode detail = detail("PreconditionFailure");
        ArrayNode violations = detail.putArray("violations");
        broken.forEach(each -> violations
                .addObject()
                .put("type", each.type())
                .put("subject", name)
                .put("description", each.description()));
        return new ApiException(
                Code.FAILED_PRECONDITION,
                "The " + resource + " \"" + name + "\": " + String.join("; ", descriptions),
                detail);
    }

    private static ObjectNode detail(String type) {
        return JsonNodeFactory.instance.objectNode().put("@type", "type.googleapis.com/google.rpc." + type);
    }

    /** NOT_FOUND for a resource. */
    public static ApiException notFound(String resource, String name) {
        return of(Code.NOT_FOUND, "The " + resource + " \"" + name + "\" does not exist.");
    }

    /** The code. */
    public Code code() {
        return code;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The status of HTTP for the code, as {@code google/rpc/code.proto} maps it. */
    public int httpStatus() {
        return switch (code) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            default -> INTERNAL_SERVER_ERROR;
        };
    }

    /** The body of the answer: {@code {"error": {"code", "message", "status", "details"}}}. */
    public ObjectNode json() {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("code", httpStatus());
        error.put("message", getMessage());
        error.put("status", code.name());
        if (detail != null) {
            error.set("details", details());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("error", error);
        return json;
    }

    /** The details: one {@code google.rpc.BadRequest} or {@code PreconditionFailure}, or none. */
    public ArrayNode details() {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        return detail == null ? details : details.add(detail);
    }
}
