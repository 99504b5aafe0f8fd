package org.joblifecycle.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The body of an answer over HTTP. */
final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String type;
    private final byte[] bytes;

    /**
     * A body.
     *
     * @param type its Content-Type
     * @param bytes the body; is kept
     */
    Answer(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    static Answer json(JsonNode json) {
        try {
            return new Answer("application/json; charset=UTF-8", JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree is JSON", e);
        }
    }

    static Answer text(String type, String text) {
        return new Answer(type + "; charset=UTF-8", text.getBytes(UTF_8));
    }

    String type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }
}
