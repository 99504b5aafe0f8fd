package org.joblifecycle.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.jqwik.JobArbitraries;

// Any snapshot that can be written.
final class JobSnapshots {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private JobSnapshots() {}

    static Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(FIRST.getEpochSecond(), LAST.getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS))
                .as((second, nano, unit) -> Instant.ofEpochSecond(second, nano).truncatedTo(unit));
    }

    static Arbitrary<JobSnapshot> jobs() {
        Arbitrary<JobError> errors = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.integers().between(-1, 17), Arbitraries.integers()),
                        Arbitraries.strings())
                .as(JobError::new);
        return JobArbitraries.anyJobs(names(), times(), errors);
    }

    private static Arbitrary<String> names() {
        Arbitrary<String> ids = Arbitraries.strings().ofMaxLength(20);
        return Arbitraries.oneOf(
                Combinators.combine(ids, Arbitraries.of(JobKind.class), ids)
                        .as((project, kind, id) -> "projects/" + project + "/" + kind.collection() + "/" + id),
                Arbitraries.strings().ofMinLength(1));
    }
}
