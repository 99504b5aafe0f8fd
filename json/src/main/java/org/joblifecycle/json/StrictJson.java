package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.regex.Pattern;
import org.joblifecycle.text.Escaped;

/** Jackson as this package uses it: strict RFC 8259, and its faults as messages of one line. */
final class StrictJson {
    /** How many levels of objects and arrays can be read; the outermost is one. */
    static final int DEEPEST = 1000;

    /** Only depth is limited: what a field that is not read holds must not matter. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** The part of a message of Jackson that is about its settings, or about a second place in a form that nobody can read. */
    private static final Pattern ASIDE = Pattern.compile("(?:: enable|: maybe a| \\(consider| \\(for) .*");

    private StrictJson() {}

    static JsonParser parser(String json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** A parser of all that the reader has; closing the parser does not close the reader. */
    static JsonParser parser(Reader json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Writes text that UTF-8 can encode: surrogates are escaped, since one may stand alone. */
    static JsonGenerator generator(Writer text) throws IOException {
        JsonGenerator out = FACTORY.createGenerator(text);
        out.setHighestNonEscapedChar(Character.MIN_SURROGATE - 1);
        return out;
    }

    /** What is wrong with a text that is not JSON. */
    static String fault(IOException e, JsonParser parser) {
        if (!(e instanceof JsonProcessingException fault)) {
            return String.valueOf(e.getMessage());
        }
        String at = " at column " + parser.currentLocation().getColumnNr();
        if (fault instanceof StreamConstraintsException) {
            return "nested more than " + DEEPEST + " levels deep" + at;
        }
        String message = fault.getOriginalMessage();
        return message.startsWith("Unexpected end-of-input")
                ? "the JSON breaks off" + at
                : "not JSON" + at + ": " + Escaped.line(ASIDE.matcher(message).replaceAll(""));
    }

    /** What a value is that begins with this token, such as "an object". */
    static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> String.valueOf(token.asString());
        };
    }
}
