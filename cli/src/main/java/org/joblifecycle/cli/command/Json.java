package org.joblifecycle.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON for other programs, in ASCII, so that no encoding on its path can damage it. */
public final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** What writes the members of an object. */
    public interface Members {
        /** Writes them. */
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** An object on one line. */
    public static String line(Members members) {
        return write(members, false);
    }

    /** An object on many lines. */
    public static String pretty(Members members) {
        return write(members, true);
    }

    private static String write(Members members, boolean pretty) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(json)) {
            if (pretty) {
                out.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            out.writeStartObject();
            members.writeTo(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a String", e);
        }
        return json.toString().replace("\u007f", "\\u007F"); // ASCII too, but it controls a terminal
    }
}
