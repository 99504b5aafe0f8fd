package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

// What a time may have that a system may not be prepared for.
public enum TimeClass {
    FIRST(Instant.parse("0001-01-01T00:00:00Z")::equals),
    LAST(Instant.parse("9999-12-31T23:59:59.999999999Z")::equals),
    YEAR_1(time -> utc(time).getYear() == 1),
    YEAR_9999(time -> utc(time).getYear() == 9999),
    BEFORE_1970(time -> time.isBefore(Instant.EPOCH)),
    EPOCH(Instant.EPOCH::equals),
    USUAL(time -> utc(time).getYear() >= 2020 && utc(time).getYear() < 2040),
    END_OF_A_YEAR(time -> utc(time).getDayOfYear() >= 365 && utc(time).getHour() == 23),
    LEAP_DAY(time -> utc(time).getMonthValue() == 2 && utc(time).getDayOfMonth() == 29),
    LAST_OF_31_BITS(time -> time.getEpochSecond() == Integer.MAX_VALUE),
    BEYOND_31_BITS(time -> time.getEpochSecond() == Integer.MAX_VALUE + 1L),
    SECONDS(time -> isIn(ChronoUnit.SECONDS, time)),
    MILLIS(time -> isIn(ChronoUnit.MILLIS, time) && !isIn(ChronoUnit.SECONDS, time)),
    MICROS(time -> isIn(ChronoUnit.MICROS, time) && !isIn(ChronoUnit.MILLIS, time)),
    NANOS(time -> !isIn(ChronoUnit.MICROS, time));

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final Predicate<Instant> is;

    TimeClass(Predicate<Instant> is) {
        this.is = is;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static boolean isIn(ChronoUnit unit, Instant time) {
        return time.equals(time.truncatedTo(unit));
    }

    public static Seq<TimeClass> of(Instant time) {
        return List.of(values()).filter(each -> each.is.test(time));
    }
}
