package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;

/**
 * What came of the checks of a {@link JobSystem}.
 *
 * @param results a result of each check, in their order
 */
public record ConformanceReport(Seq<Check.Result> results) {
    /** Checks that it is not null. */
    public ConformanceReport {
        requireNonNull(results, "results");
    }

    /** The results of those checks that ended so. */
    public Seq<Check.Result> results(Check.Outcome outcome) {
        requireNonNull(outcome, "outcome");
        return results.filter(result -> result.outcome() == outcome);
    }

    /** Whether something passed and nothing failed. What was not tested is no failure, and no success. */
    public boolean isPassed() {
        return results(Check.Outcome.FAILED).isEmpty()
                && !results(Check.Outcome.PASSED).isEmpty();
    }

    /** The numbers, then whatever failed or was not tested, with the reason. Lines end with LF. */
    @Override
    public String toString() {
        Seq<Check.Result> failed = results(Check.Outcome.FAILED);
        Seq<Check.Result> notTested = results(Check.Outcome.NOT_TESTED);
        return "%d passed, %d failed, %d not tested\n"
                        .formatted(results(Check.Outcome.PASSED).size(), failed.size(), notTested.size())
                + failed.appendAll(notTested).map(result -> result + "\n").mkString();
    }
}
