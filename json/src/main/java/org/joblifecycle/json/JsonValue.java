package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** A JSON value, as much of it as a job needs. Its toString is for messages: one line of bounded length. */
sealed interface JsonValue {

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

    /** An object: its members that were asked for and are not null. */
    record Members(Map<String, JsonValue> values) implements JsonValue {
        @Nullable
        JsonValue get(String key) {
            return values.get(key);
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

    /**
     * Reads the object at whose start the parser is, and leaves the parser at its end. Of a key given twice the last value
     * counts; values that are not asked for are skipped, whatever they are.
     *
     * @param keys the members to read
     * @param keysWithin the members to read of those that are objects themselves
     */
    static Members members(JsonParser parser, Set<String> keys, Set<String> keysWithin) throws IOException {
        Map<String, JsonValue> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (!keys.contains(key)) {
                parser.skipChildren();
            } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
                members.remove(key);
            } else {
                members.put(key, value(parser, keysWithin));
            }
        }
        return new Members(members);
    }

    private static JsonValue value(JsonParser parser, Set<String> keys) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            case START_OBJECT -> members(parser, keys, Set.of());
            case START_ARRAY -> {
                parser.skipChildren();
                yield new Other("an array");
            }
            default -> new Other(parser.getText());
        };
    }
}
