package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** A JSON value, as much of it as a job needs. Its toString is for messages: one line of bounded length. */
sealed interface JsonValue {
    /** The members of errors and of times that are read, of a time only to say what was expected. */
    Set<String> KEYS = Set.of("code", "message", "status", "seconds", "nanos");

    /** A string. */
    record Text(String text) implements JsonValue {
        @Override
        public String toString() {
            return Escaped.quoted(text);
        }
    }

    /** A number, as it is written. */
    record Numeral(String text) implements JsonValue {
        @Override
        public String toString() {
            int longest = 100;
            return text.length() > longest ? text.substring(0, longest) + "..." : text;
        }
    }

    /** An object: its members that may be needed and are not null. */
    record Members(Map<String, JsonValue> values) implements JsonValue {
        @Nullable
        JsonValue get(String key) {
            return values.get(key);
        }

        /** These members as text, those that are there, such as {@code code 5, status "NOT_FOUND"}. */
        String list(String... keys) {
            String list = Arrays.stream(keys)
                    .filter(values::containsKey)
                    .map(key -> key + " " + values.get(key))
                    .collect(Collectors.joining(", "));
            return list.isEmpty() ? "it tells no " + String.join(", ", keys) : list;
        }

        @Override
        public String toString() {
            return "an object";
        }
    }

    /** Anything else. */
    record Other(String what) implements JsonValue {
        @Override
        public String toString() {
            return what;
        }
    }

    /** Reads the value at which the parser is, and leaves the parser at its end. */
    static JsonValue read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                parser.skipChildren();
                yield new Other("an array");
            }
            default -> new Other(parser.getText());
        };
    }

    /** Of a key given twice the last value counts; what else the object has is skipped, whatever it is. */
    private static Members members(JsonParser parser) throws IOException {
        Map<String, JsonValue> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!KEYS.contains(key)) {
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                members.remove(key);
            } else {
                members.put(key, read(parser));
            }
        }
        return new Members(members);
    }
}
