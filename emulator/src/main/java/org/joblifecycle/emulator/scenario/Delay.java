package org.joblifecycle.emulator.scenario;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to wait: so long, or a time between two, drawn for each job.
 *
 * @param least at least this
 * @param most at most this
 */
public record Delay(Duration least, Duration most) {
    private static final Duration LONGEST = Duration.ofDays(365_000);

    /** Not at all. */
    public static final Delay NONE = of(Duration.ZERO);

    private static final Pattern TEXT = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is negative or more than 365,000 days, or the least is more than the most
     */
    public Delay {
        if (requireNonNull(least, "least").isNegative() || least.compareTo(requireNonNull(most, "most")) > 0) {
            throw new IllegalArgumentException(
                    "a delay of " + least + " to " + most + ": expected no negative one, and the shorter one first");
        }
        if (most.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a delay of " + most + ": expected at most " + LONGEST.toDays() + "d");
        }
    }

    /** Just so long. */
    public static Delay of(Duration delay) {
        return new Delay(delay, delay);
    }

    /**
     * Reads a delay such as {@code 90s} or {@code 5s..2m}; the units are ms, s, m, h and d.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static Delay parse(String text) {
        String[] ends = text.strip().split("\\.\\.", 2);
        return new Delay(duration(ends[0], text), duration(ends[ends.length - 1], text));
    }

    private static Duration duration(String end, String text) {
        Matcher matcher = TEXT.matcher(end.strip().toLowerCase(Locale.ROOT));
        try {
            if (matcher.matches()) {
                return requireNonNull(UNITS.get(matcher.group(2))).multipliedBy(Long.parseLong(matcher.group(1)));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too long a delay", e);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no delay: expected one like 90s, 300ms or 5s..2m");
    }

    Duration draw(RandomGenerator random) {
        long range = most.minus(least).toMillis();
        return range == 0 ? least : least.plusMillis(random.nextLong(range + 1));
    }
}
