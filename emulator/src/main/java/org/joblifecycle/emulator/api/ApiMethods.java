package org.joblifecycle.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods that are emulated: those of the job services that do something with a job. The descriptors of a version are loaded when it
 * is asked for, which takes a quarter of a second.
 */
public final class ApiMethods {
    /** The versions of the API, as paths and packages name them. */
    public static final List<String> VERSIONS = List.of("v1", "v1beta1");

    private ApiMethods() {}

    private static final class V1 {
        static final List<ApiMethod> METHODS = of(
                com.google.cloud.aiplatform.v1.GenAiTuningServiceProto.getDescriptor(),
                com.google.cloud.aiplatform.v1.JobServiceProto.getDescriptor(),
                com.google.cloud.aiplatform.v1.NotebookServiceProto.getDescriptor());
    }

    private static final class V1Beta1 {
        static final List<ApiMethod> METHODS = of(
                com.google.cloud.aiplatform.v1beta1.GenAiTuningServiceProto.getDescriptor(),
                com.google.cloud.aiplatform.v1beta1.JobServiceProto.getDescriptor(),
                com.google.cloud.aiplatform.v1beta1.NotebookServiceProto.getDescriptor());
    }

    private static List<ApiMethod> of(FileDescriptor... files) {
        return Arrays.stream(files)
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .flatMap(method -> ApiMethod.of(method).stream())
                .toList();
    }

    /** The methods of a version; none if there is no such version. */
    public static List<ApiMethod> ofVersion(String version) {
        return switch (version) {
            case "v1" -> V1.METHODS;
            case "v1beta1" -> V1Beta1.METHODS;
            default -> List.of();
        };
    }

    /** The methods of all versions. */
    public static List<ApiMethod> all() {
        return VERSIONS.stream().flatMap(version -> ofVersion(version).stream()).toList();
    }

    /** Those of the version that a path begins with. */
    private static List<ApiMethod> ofPath(String path) {
        return ofVersion(path.split("/", 3)[1]);
    }

    /** A method, and the request that it gets: the JSON of its request message. */
    public record Call(ApiMethod method, ObjectNode request) {}

    /**
     * The call that a REST request is.
     *
     * @param verb the HTTP method
     * @param path such as {@code /v1/projects/p/locations/l/customJobs/7:cancel}, decoded
     * @param query the parameters, decoded; those that the request message does not have are ignored
     * @param body the JSON of the body; an empty object if there is none
     * @return nothing if no method is at this path
     * @throws ApiException if a parameter cannot be understood
     */
    public static Optional<Call> ofRest(String verb, String path, Map<String, String> query, ObjectNode body) {
        for (ApiMethod method : ofPath(path)) {
            if (method.verb().equals(verb)) {
                String value = method.match(path);
                if (value != null) {
                    return Optional.of(new Call(method, request(method, value, query, body)));
                }
            }
        }
        return Optional.empty();
    }

    /** The verbs that are allowed at this path; none if there is no such path. */
    public static List<String> verbs(String path) {
        return ofPath(path).stream()
                .filter(method -> method.match(path) != null)
                .map(ApiMethod::verb)
                .distinct()
                .toList();
    }

    private static ObjectNode request(ApiMethod method, String value, Map<String, String> query, ObjectNode body) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        List<FieldDescriptor> fields = method.descriptor().getInputType().getFields();
        for (FieldDescriptor field : fields) {
            String given = query.getOrDefault(field.getJsonName(), query.get(field.getName()));
            if (given != null) {
                request.set(field.getJsonName(), parameter(field, given));
            }
            if (field.getName().equals(method.bodyField())) {
                request.set(field.getJsonName(), body);
            }
        }
        if (method.bodyField().equals("*")) {
            request.setAll(body);
        }
        put(request, method, value);
        return request;
    }

    private static JsonNode parameter(FieldDescriptor field, String given) {
        if (field.getJavaType() != FieldDescriptor.JavaType.INT) {
            return JsonNodeFactory.instance.textNode(given);
        }
        try {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(given));
        } catch (NumberFormatException e) {
            throw ApiException.invalid(field.getJsonName(), "\"" + given + "\": expected an integer");
        }
    }

    /** Puts the value of the path where it belongs: into the request, or into the job in it. */
    private static void put(ObjectNode request, ApiMethod method, String value) {
        List<String> names = new ArrayList<>(List.of(method.pathField().split("\\.", -1)));
        String last = names.remove(names.size() - 1);
        ObjectNode into = request;
        for (String name : names) {
            into = into.withObject("/" + json(method, name));
        }
        into.put(json(method, last), value);
    }

    private static String json(ApiMethod method, String field) {
        @Nullable FieldDescriptor found = method.descriptor().getInputType().findFieldByName(field);
        return found == null ? field : found.getJsonName();
    }
}
