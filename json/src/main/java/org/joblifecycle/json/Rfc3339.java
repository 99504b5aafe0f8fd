package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vavr.control.Option;
import java.time.Instant;
import org.joblifecycle.json.fast.TimeScanner;

/**
 * Times as the REST API writes them: RFC 3339 with 0 to 9 digits of a fraction, any offset up to 23:59, the years 0001 to 9999 and no
 * leap second.
 */
final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    /** The instant that a text names; nothing if it is not such a time. */
    static Option<Instant> parse(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Option.of(TimeScanner.parse(bytes, 0, bytes.length));
    }

    /** The instant in UTC with 0, 3, 6 or 9 digits of a fraction; nothing if it lies outside the years 0001 to 9999. */
    static Option<String> format(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? Option.none() : Option.some(time.toString());
    }
}
