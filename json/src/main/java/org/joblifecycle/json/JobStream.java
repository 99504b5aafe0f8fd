package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Validation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Queue;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobValues.Found;
import org.joblifecycle.json.fast.FastObjects;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of an input of JSON values one after another, read as they are asked for. An object is kept until its end was read:
 * it counts whole or not at all.
 */
final class JobStream {
    private final JsonInput in;
    private final JsonScan scan;
    private final JobKind fallback;
    private final FastObjects objects;

    /** Jobs that were read and not asked for yet. */
    private final Queue<JobLine> ready = new ArrayDeque<>();

    private boolean inArray;
    private boolean ended;

    /**
     * The jobs of an input from here on; nothing is read yet.
     *
     * @param fallback the kind of a job whose name tells none
     */
    JobStream(JsonInput in, JobKind fallback) {
        this.in = in;
        this.scan = new JsonScan(in);
        this.fallback = fallback;
        this.objects = new FastObjects(fallback);
    }

    /**
     * The next job, or what stands in place of one, or where the stream breaks.
     *
     * @return null at the end
     * @throws IOException if the input fails; not if it is malformed
     */
    @Nullable
    JobLine next() throws IOException {
        try {
            while (ready.isEmpty() && !ended) {
                if (inArray) {
                    readInArray();
                } else {
                    read();
                }
            }
        } catch (BrokenJson e) {
            ended = true;
            return broken(fallback, e);
        }
        return ready.poll();
    }

    /** Where a stream breaks. */
    static JobLine broken(JobKind fallback, BrokenJson fault) {
        ReadJob job = ReadJob.malformed(fallback, "the input cannot be read on: " + fault.getMessage());
        return new JobLine(fault.line(), job.kind(), job.job(), false);
    }

    private void read() throws IOException, BrokenJson {
        int next = in.skipSpace();
        if (next == JsonInput.END) {
            ended = true;
        } else if (next == '[') {
            in.pass();
            if (in.skipSpace() == ']') {
                in.pass();
            } else {
                inArray = true;
                readElement();
            }
        } else if (next == '{') {
            readObject(false);
        } else {
            readOther(next, JobValues.EXPECTED);
        }
    }

    private void readInArray() throws IOException, BrokenJson {
        int next = in.skipSpace();
        if (next == ']') {
            in.pass();
            inArray = false;
        } else if (next == ',') {
            in.pass();
            in.skipSpace();
            readElement();
        } else {
            throw BrokenJson.unexpected(next, "',' or ']'", in);
        }
    }

    private void readElement() throws IOException, BrokenJson {
        int next = in.peek();
        if (next == '{') {
            readObject(true);
        } else {
            readOther(next, ReadJob.EXPECTED_ELEMENT);
        }
    }

    /**
     * Reads an object.
     *
     * @param isElement whether it is a job, whatever it holds
     */
    private void readObject(boolean isElement) throws IOException, BrokenJson {
        long line = in.line();
        if (in.passJob(objects)) {
            addFastJob(line);
            return;
        }
        in.mark();
        scan.value(StrictJson.DEEPEST);
        if (objects.read(in.array(), in.marked(), in.position())) {
            addFastJob(line);
        } else {
            readSlowly(line, isElement);
        }
        in.unmark();
    }

    private void addFastJob(long line) {
        ready.add(new JobLine(line, objects.kind(), Validation.valid(objects.job()), true));
    }

    private void readSlowly(long line, boolean isElement) throws IOException {
        ByteArrayInputStream object = new ByteArrayInputStream(in.array(), in.marked(), in.position() - in.marked());
        try (JsonParser parser = StrictJson.parser(new InputStreamReader(object, UTF_8))) {
            if (isElement) {
                parser.nextToken();
                ready.add(JobReader.read(parser, fallback).onLine(line));
                return;
            }
            LineEnds lineEnds = new LineEnds(in.array(), in.marked());
            for (Found found : requireNonNull(JobValues.readAll(parser, fallback))) {
                ready.add(found.job().onLine(line + lineEnds.before(found.start())));
            }
        }
    }

    /** Counts the line ends of a text. */
    private static final class LineEnds {
        private final byte[] utf8;
        private int at;
        private long characters;
        private long lineEnds;

        LineEnds(byte[] utf8, int from) {
            this.utf8 = utf8;
            this.at = from;
        }

        /** How many line ends there are before a character, which must not come before the last one asked for. */
        long before(long character) {
            while (characters < character) {
                int next = Byte.toUnsignedInt(utf8[at]);
                at++;
                lineEnds += next == '\n' ? 1 : 0;
                characters += Utf8.characters(next);
            }
            return lineEnds;
        }
    }

    /** Passes over a value that is no object; it counts if its end is read. */
    private void readOther(int first, String expected) throws IOException, BrokenJson {
        long line = in.line();
        scan.value(JsonInput.MOST_KEPT);
        String found = switch (first) {
            case '[' -> "an array";
            case '"' -> "a string";
            case 't' -> "true";
            case 'f' -> "false";
            case 'n' -> "null";
            default -> "a number";
        };
        ready.add(ReadJob.malformed(fallback, "expected " + expected + ", found " + found)
                .onLine(line));
    }
}
