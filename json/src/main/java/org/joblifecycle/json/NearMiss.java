package org.joblifecycle.json;

import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JsonValue.Members;
import org.joblifecycle.json.JsonValue.Numeral;
import org.joblifecycle.json.JsonValue.Text;
import org.jspecify.annotations.Nullable;

/** What somebody probably meant who wrote a state or a time in another form. It is said, never taken for the value. */
final class NearMiss {
    /** The longest first: one name ends in another. */
    private static final Array<JobState> STATES = Array.of(JobState.values())
            .sorted(Comparator.comparing((JobState state) -> state.name().length())
                    .reversed());

    private static final Pattern WORD = Pattern.compile("[A-Z_]++");

    private NearMiss() {}

    /** The state whose name is part of a text, in any case: {@code RUNNING}, {@code JobState.JOB_STATE_RUNNING}. */
    static Option<JobState> state(String text) {
        Matcher word = WORD.matcher(text.toUpperCase(Locale.ROOT)
                .replace('-', '_')
                .replace("CANCELED", "CANCELLED")
                .replace("CANCELING", "CANCELLING"));
        while (word.find()) {
            String name = word.group();
            Option<JobState> state = STATES.find(each -> name.equals(each.name()) || name.endsWith("_" + each.name()));
            if (state.isDefined()) {
                return state;
            }
        }
        return Option.none();
    }

    /** The time in RFC 3339 that an object names by its seconds and nanos since 1970. */
    static Option<String> time(Members members) {
        OptionalLong seconds = integer(members.get("seconds"));
        OptionalLong nanos = members.get("nanos") == null ? OptionalLong.of(0) : integer(members.get("nanos"));
        if (seconds.isEmpty() || nanos.isEmpty()) {
            return Option.none();
        }
        try {
            return Rfc3339.format(Instant.ofEpochSecond(seconds.getAsLong(), nanos.getAsLong()));
        } catch (DateTimeException | ArithmeticException e) { // so many seconds are no time
            return Option.none();
        }
    }

    private static OptionalLong integer(@Nullable JsonValue value) {
        if (value instanceof Numeral number) {
            return WireInteger.parseLong(number.text());
        }
        return value instanceof Text text && WireInteger.isNumber(text.text())
                ? WireInteger.parseLong(text.text())
                : OptionalLong.empty();
    }
}
