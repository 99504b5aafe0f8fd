package org.joblifecycle.transition;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.joblifecycle.job.JobError;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** How values are written in messages: one line each, of bounded length. */
final class Text {
    private Text() {}

    static String of(@Nullable Object value) {
        if (value instanceof JobError error) {
            return error.message().isEmpty()
                    ? error.codeAndName()
                    : error.codeAndName() + " " + Escaped.quoted(error.message());
        }
        return String.valueOf(value);
    }

    /** How long it is from one instant to a later one, such as {@code 2 h 3 min 0.5 s}. */
    static String between(Instant earlier, Instant later) {
        Duration gap = Duration.between(earlier, later);
        StringBuilder text = new StringBuilder();
        append(text, gap.toDays(), "d");
        append(text, gap.toHoursPart(), "h");
        append(text, gap.toMinutesPart(), "min");
        if (gap.toSecondsPart() != 0 || gap.toNanosPart() != 0) {
            String seconds =
                    Duration.ofSeconds(gap.toSecondsPart(), gap.toNanosPart()).toString();
            text.append(seconds, "PT".length(), seconds.length() - "S".length()).append(" s ");
        }
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(' ').append(unit).append(' ');
        }
    }

    static String list(Iterable<?> items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
