package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;

/** When the jobs of a check begin: where calendars and clocks are known to go wrong. Whole seconds. */
final class Starts {
    static final Seq<Instant> ALL = List.of(
                    "2026-01-01T00:00:00Z", // midnight
                    "2026-12-31T23:59:59Z", // the end of a year
                    "2038-01-19T03:14:07Z", // the last second since 1970 that has 31 bits
                    "2028-02-29T12:00:00Z", // a leap day
                    "2026-10-25T01:30:00Z", // the hour that is there twice in Europe's local times
                    "2026-11-01T06:30:00Z") // and in those of New York
            .map(Instant::parse);

    private Starts() {}

    /** The start of a check of this name: always the same one. */
    static Instant of(String name) {
        return ALL.get(Math.floorMod(name.hashCode(), ALL.size()));
    }
}
