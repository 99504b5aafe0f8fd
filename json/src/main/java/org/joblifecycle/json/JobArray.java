package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.function.LongSupplier;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/** The elements of a JSON array of jobs, read as they are asked for. */
final class JobArray implements Closeable {
    private final JsonParser parser;
    private final LongSupplier line;
    private final JobKind fallback;
    private boolean ended;

    /**
     * An array, whose start is read.
     *
     * @param text begins with the array; closing this does not close it
     * @param line the number of the line up to which the text was read
     * @param fallback the kind of a job whose name tells none
     */
    JobArray(Reader text, LongSupplier line, JobKind fallback) throws IOException {
        this.parser = StrictJson.parser(text);
        this.line = line;
        this.fallback = fallback;
        parser.nextToken();
    }

    /**
     * The next element.
     *
     * @return null at the end
     * @throws IOException if the input fails; not if the array is malformed
     */
    @Nullable
    JobLine next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            JsonToken token = parser.nextToken();
            long start = line.getAsLong();
            if (token == JsonToken.START_OBJECT) {
                return JobReader.read(parser, fallback).onLine(start);
            }
            if (token != JsonToken.END_ARRAY) {
                parser.skipChildren();
                parser.finishToken(); // a string is read only now, and may break off
                return ReadJob.malformed(fallback, "expected a JSON object, found " + StrictJson.describe(token))
                        .onLine(start);
            }
            ended = true;
            return parser.nextToken() == null ? null : fault("expected nothing after the array");
        } catch (JsonProcessingException | CharConversionException e) {
            ended = true;
            return fault("the array cannot be read on: " + StrictJson.fault(e, parser));
        }
    }

    /** What is wrong with the array as a whole. */
    private JobLine fault(String message) {
        ReadJob fault = ReadJob.malformed(fallback, message);
        return new JobLine(line.getAsLong(), fault.kind(), fault.job(), false);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
