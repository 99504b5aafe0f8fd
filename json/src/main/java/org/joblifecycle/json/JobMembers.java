package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JsonValue.Members;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that a job may need, whichever kind of job it is, under their JSON names. Each may be given under its
 * proto name as well, which is the same key: of a key given twice the last value counts. A null means that it is absent.
 */
final class JobMembers {
    /** The JSON name of each key that is read. */
    private static final Map<String, String> KEYS = keys();

    private final Map<String, JsonValue> values = new HashMap<>();
    private boolean hasOthers;

    private static Map<String, String> keys() {
        Map<String, String> keys = new HashMap<>();
        for (JobKind kind : JobKind.values()) {
            for (JobField field : JobField.values()) {
                keys.put(field.wireName(kind), field.wireName(kind));
                keys.put(field.protoName(kind), field.wireName(kind));
            }
        }
        return Map.copyOf(keys);
    }

    /** Reads a member, at whose value the parser is, and leaves the parser at its end. */
    void read(String key, JsonParser parser) throws IOException {
        String name = KEYS.get(key);
        hasOthers |= !key.equals(JobField.ERROR.wireName());
        if (name == null) {
            skip(parser);
        } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
            values.remove(name);
        } else {
            values.put(name, JsonValue.read(parser));
        }
    }

    /** Passes over a member that is none of a job, or over what is left of it. */
    void skip(JsonParser parser) throws IOException {
        hasOthers = true;
        parser.skipChildren();
    }

    /** The value of a member; null if it is absent. */
    @Nullable
    JsonValue get(String name) {
        return values.get(name);
    }

    /** What is said of an answer that is an error; nothing if these are members of a job. */
    Option<ReadJob> errorAnswer(JobKind fallback) {
        return !hasOthers && values.get(JobField.ERROR.wireName()) instanceof Members error
                ? Option.some(ReadJob.unreadable(
                        fallback,
                        Unreadable.Reason.ERROR_ANSWER,
                        "the answer is an error and no job: " + error.list("code", "status", "message")))
                : Option.none();
    }
}
