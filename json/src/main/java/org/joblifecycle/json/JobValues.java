package org.joblifecycle.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the jobs of a JSON value that is not within another: a job, an array of jobs, the answer of a list call, or an answer that
 * is an error.
 */
final class JobValues {
    /** What may stand in an input that is not within another value. */
    static final String EXPECTED = "a job, an array of jobs or the answer of a list call";

    /** The members of the answer of a list call that hold jobs, with the JSON name of each. */
    private static final Map<String, String> COLLECTIONS = collections();

    private static final Set<String> OTHER_LIST_KEYS = Set.of("nextPageToken", "next_page_token", "unreachable");

    private final JsonParser parser;
    private final JobKind fallback;

    private JobValues(JsonParser parser, JobKind fallback) {
        this.parser = parser;
        this.fallback = fallback;
    }

    private static Map<String, String> collections() {
        Map<String, String> collections = new HashMap<>();
        for (JobKind kind : JobKind.values()) {
            collections.put(kind.collection(), kind.collection());
            collections.put(kind.protoCollection(), kind.collection());
        }
        return collections;
    }

    /**
     * A job that was read.
     *
     * @param start where it begins: how many characters the parser has before it
     */
    record Found(ReadJob job, long start) {}

    /**
     * Reads all that the parser has as one value. A value that is not JSON is one finding, whatever came before the fault.
     *
     * @param fallback the kind of jobs whose name tells none
     * @return the jobs, in their order; none if it is a list without any; null if there is only white space
     * @throws IOException if the input fails; not if it is malformed
     */
    static @Nullable List<Found> readAll(JsonParser parser, JobKind fallback) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return null;
            }
            List<Found> jobs = new JobValues(parser, fallback).value(first);
            return parser.nextToken() == null
                    ? jobs
                    : malformed(fallback, "expected one JSON value on a line, found something after it");
        } catch (JsonProcessingException | CharConversionException e) {
            return malformed(fallback, StrictJson.fault(e, parser));
        }
    }

    private static List<Found> malformed(JobKind fallback, String message) {
        return List.of(new Found(ReadJob.malformed(fallback, message), 0));
    }

    private List<Found> value(JsonToken first) throws IOException {
        return switch (first) {
            case START_OBJECT -> object();
            case START_ARRAY -> elements();
            default -> malformed(fallback, "expected " + EXPECTED + ", found " + StrictJson.describe(first));
        };
    }

    /** The jobs of the array at whose start the parser is. */
    private List<Found> elements() throws IOException {
        List<Found> jobs = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            long start = parser.currentTokenLocation().getCharOffset();
            jobs.add(new Found(element(next), start));
        }
        return jobs;
    }

    private ReadJob element(JsonToken first) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            return JobReader.read(parser, fallback);
        }
        parser.skipChildren();
        return ReadJob.malformed(
                fallback, "expected " + ReadJob.EXPECTED_ELEMENT + ", found " + StrictJson.describe(first));
    }

    /** The jobs of the object at whose start the parser is. */
    private List<Found> object() throws IOException {
        long start = parser.currentTokenLocation().getCharOffset();
        JobMembers job = new JobMembers();
        Map<String, @Nullable List<Found>> lists = new LinkedHashMap<>();
        boolean isList = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            String collection = isList ? COLLECTIONS.get(key) : null;
            if (collection == null) {
                isList &= OTHER_LIST_KEYS.contains(key);
                job.read(key, parser);
            } else {
                lists.remove(collection); // the last counts, in its place
                lists.put(collection, value == JsonToken.START_ARRAY ? elements() : null);
                job.skip(parser);
            }
        }
        if (isList && !lists.containsValue(null)) {
            return lists.values().stream().flatMap(List::stream).toList();
        }
        return List.of(new Found(job.errorAnswer(fallback).getOrElse(() -> JobReader.read(job, fallback)), start));
    }
}
