package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.joblifecycle.job.JobField;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A violation of a rule, or why a job cannot be read.
 *
 * @param place where the snapshot was read
 * @param number which of the findings on the snapshot it is, from 0
 * @param job the name of the job; null if none was read
 * @param rule the id of the rule or of the fault, such as {@code end-time-required}
 * @param field the field at fault, such as {@code endTime}; null if the snapshot as a whole is
 * @param message what is wrong, with which values, and what was expected: one line
 */
@TypeInfo(FormatTypes.OfFindings.class)
public record JobFinding(
        Place place,
        int number,
        @Nullable String job,
        String rule,
        @Nullable String field,
        String message) {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Checks that what every finding has is not null. */
    public JobFinding {
        requireNonNull(place, "place");
        requireNonNull(rule, "rule");
        requireNonNull(message, "message");
    }

    static JobFinding of(Place place, int number, @Nullable String job, Finding violation) {
        return new JobFinding(place, number, job, violation.id(), violation.path(), violation.message());
    }

    static JobFinding of(Place place, Unreadable fault) {
        JobField field = fault.field();
        String path = field == null ? null : field.wireName();
        return new JobFinding(place, 0, fault.name(), fault.reason().id(), path, fault.message());
    }

    /** The same finding, in another place. */
    JobFinding at(Place place) {
        return new JobFinding(place, number, job, rule, field, message);
    }

    /**
     * A JSON object on one line, in ASCII, as {@code job-lifecycle check --format json} prints it: file and line, job, rule, field
     * and message. In a topic topic, partition and offset stand in place of file and line.
     */
    public String json() {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            if (place.inTopic()) {
                out.writeStringField("topic", place.source());
                out.writeNumberField("partition", place.partition());
                out.writeNumberField("offset", place.number());
            } else {
                out.writeStringField("file", place.source());
                out.writeNumberField("line", place.number());
            }
            out.writeStringField("job", job);
            out.writeStringField("rule", rule);
            out.writeStringField("field", field);
            out.writeStringField("message", message);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a String", e);
        }
        return json.toString().replace("\u007f", "\\u007F");
    }
}
