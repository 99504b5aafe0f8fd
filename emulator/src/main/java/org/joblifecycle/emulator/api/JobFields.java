package org.joblifecycle.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.joblifecycle.emulator.api.ApiException.BadField;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/** The fields of a job in a request. Both spellings are taken, and what Google's descriptors do not know is kept. */
public final class JobFields {
    private static final JsonFormat.Parser TYPED = JsonFormat.parser().ignoringUnknownFields();

    private JobFields() {}

    /** The display name of a job: of a tuning job that of the tuned model. Missing if it has none. */
    public static JsonNode displayName(JsonNode job) {
        JsonNode name = job.path("displayName");
        return name.isMissingNode() ? job.path("tunedModelDisplayName") : name;
    }

    /** The state of a job, under the name that it has in its kind. Missing if it has none. */
    public static JsonNode state(JsonNode job) {
        JsonNode state = job.path(JobField.STATE.wireName());
        return state.isMissingNode() ? job.path(JobField.STATE.wireName(JobKind.NOTEBOOK_EXECUTION_JOB)) : state;
    }

    /**
     * Writes names and values of fields as the service does, removes those that only it sets, and lists the required ones that are
     * absent.
     *
     * @param method the method that the job was given to
     * @param job the job; is changed
     * @return what is wrong; empty if nothing is
     */
    public static List<BadField> normalize(ApiMethod method, ObjectNode job) {
        List<BadField> faults = new ArrayList<>();
        normalize(method.job().getMessageType(), job, method.jobField(), faults);
        return faults;
    }

    /**
     * The fields whose values are not of their types.
     *
     * @param method the method that the job was given to
     * @param job the job, normalized
     * @return what is wrong; empty if nothing is
     */
    public static List<BadField> ofAnotherType(ApiMethod method, ObjectNode job) {
        Descriptor message = method.job().getMessageType();
        List<BadField> faults = new ArrayList<>();
        if (fault(message, job) != null) {
            checkTypes(message, job, method.jobField(), faults);
        }
        return faults;
    }

    private static @Nullable String fault(Descriptor message, ObjectNode json) {
        try {
            TYPED.merge(json.toString(), DynamicMessage.newBuilder(message));
            return null;
        } catch (InvalidProtocolBufferException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Each field is read alone, so that all faults are found, and the place of each. */
    private static void checkTypes(Descriptor message, ObjectNode object, String path, List<BadField> faults) {
        for (FieldDescriptor field : message.getFields()) {
            String name = field.getJsonName();
            JsonNode value = object.get(name);
            if (value == null) {
                continue;
            }
            ObjectNode alone = JsonNodeFactory.instance.objectNode();
            String fault = fault(message, alone.set(name, value));
            if (fault != null) {
                int before = faults.size();
                forEachMessage(
                        field,
                        value,
                        path + "." + name,
                        (inner, at) -> checkTypes(field.getMessageType(), inner, at, faults));
                if (faults.size() == before) {
                    faults.add(new BadField(path + "." + name, fault));
                }
            }
        }
    }

    private static void normalize(Descriptor message, ObjectNode object, String path, List<BadField> faults) {
        for (FieldDescriptor field : message.getFields()) {
            String name = field.getJsonName();
            if (!field.getName().equals(name) && object.has(field.getName())) {
                object.set(name, object.remove(field.getName()));
            }
            List<FieldBehavior> behavior = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
            JsonNode value = object.get(name);
            boolean isAbsent = value == null
                    || value.isNull()
                    || (value.isTextual() && value.asText().isEmpty())
                    || (value.isArray() && value.isEmpty());
            if (behavior.contains(FieldBehavior.OUTPUT_ONLY) || (value != null && value.isNull())) {
                object.remove(name);
            } else if (isAbsent && behavior.contains(FieldBehavior.REQUIRED)) {
                faults.add(new BadField(path + "." + name, "is required"));
            } else if (value != null) {
                object.set(name, written(field, value));
                if (isString(field) && value.isValueNode() && !value.isTextual()) {
                    faults.add(new BadField(path + "." + name, value + ": expected a string"));
                }
                forEachMessage(
                        field,
                        value,
                        path + "." + name,
                        (inner, at) -> normalize(field.getMessageType(), inner, at, faults));
            }
        }
    }

    private static boolean isString(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.STRING;
    }

    /** The value as the service writes it: integers of 64 bits as strings, enum values by their names. */
    private static JsonNode written(FieldDescriptor field, JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode written = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> written.add(each.isArray() ? each : written(field, each)));
            return written;
        }
        if (field.getJavaType() == FieldDescriptor.JavaType.LONG && value.isIntegralNumber()) {
            return JsonNodeFactory.instance.textNode(value.asText());
        }
        if (field.getJavaType() == FieldDescriptor.JavaType.ENUM && value.isInt()) {
            EnumValueDescriptor named = field.getEnumType().findValueByNumber(value.asInt());
            return named == null ? value : JsonNodeFactory.instance.textNode(named.getName());
        }
        return value;
    }

    /** Does something with the message that the value of a field is, or with each message in it, and its path. */
    private static void forEachMessage(
            FieldDescriptor field, JsonNode value, String path, BiConsumer<ObjectNode, String> action) {
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
        if (!isMessage || field.getMessageType().getFile().getPackage().startsWith("google.protobuf")) {
            return; // what is of google.protobuf has a JSON of its own
        }
        if (value instanceof ObjectNode object) {
            action.accept(object, path);
        } else if (value instanceof ArrayNode array) {
            Iterator<JsonNode> elements = array.elements();
            for (int i = 0; elements.hasNext(); i++) {
                if (elements.next() instanceof ObjectNode element) {
                    action.accept(element, path + "[" + i + "]");
                }
            }
        }
    }
}
