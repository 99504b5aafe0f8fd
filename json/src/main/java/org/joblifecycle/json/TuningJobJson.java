package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import org.joblifecycle.tuning.TuningJob;

/**
 * Reads and writes a whole tuning job as JSON. What is read and written again is the same: fields and values that this library
 * does not know are kept, in their places, and so is an explicit null.
 *
 * <p>It accepts what a parser of proto3 JSON accepts: {@code base_model} for {@code baseModel}, numbers in strings and 64-bit
 * integers as numbers, enums by their numbers. {@link JobJson}, which reads snapshots for an audit, is stricter.
 */
public final class TuningJobJson {
    private TuningJobJson() {}

    /**
     * Reads a tuning job.
     *
     * @param json one JSON object
     * @return the job, or all faults that were found, each with its path
     */
    public static Validation<Seq<UnreadableField>, TuningJob> read(String json) {
        requireNonNull(json, "json");
        try (JsonParser parser = StrictJson.parser(json)) {
            MessageReader reader = new MessageReader(parser);
            TuningJob job = read(parser, reader);
            return reader.faults().isEmpty() ? Validation.valid(job) : Validation.invalid(reader.faults());
        } catch (IOException e) {
            throw new UncheckedIOException("reading a String", e);
        }
    }

    private static TuningJob read(JsonParser parser, MessageReader reader) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                reader.note(
                        "expected one JSON object, found " + (token == null ? "nothing" : StrictJson.describe(token)));
                return TuningJob.EMPTY;
            }
            TuningJob job = reader.message(TuningJob.TYPE, "");
            if (parser.nextToken() != null) {
                reader.note("expected one JSON object, found something after it");
            }
            return job;
        } catch (JsonProcessingException e) {
            reader.note(StrictJson.fault(e, parser));
            return TuningJob.EMPTY;
        }
    }

    /**
     * The JSON of a tuning job on one line. 64-bit integers are strings, times are in UTC and end in Z, fields that the job does
     * not carry are not written. UTF-8 can encode the text whatever the job carries.
     *
     * @throws DateTimeException if a time lies outside the years 0001 to 9999, which RFC 3339 cannot write
     * @throws IllegalArgumentException if the text of a {@link org.joblifecycle.tuning.RawJson} is not JSON
     */
    public static String write(TuningJob job) {
        requireNonNull(job, "job");
        StringWriter json = new StringWriter();
        try (JsonGenerator out = StrictJson.generator(json)) {
            new MessageWriter(out).write(job, "");
        } catch (IOException e) {
            throw new UncheckedIOException("writing a String", e);
        }
        return json.toString();
    }
}
