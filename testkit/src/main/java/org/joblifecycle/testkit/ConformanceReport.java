package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;

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

    /** A line for each reason why something was not tested, with the first check that it kept from being done. */
    public Seq<String> notTested() {
        Map<String, Seq<Check.Result>> byReason = results(Check.Outcome.NOT_TESTED)
                .foldLeft(
                        LinkedHashMap.empty(),
                        (all, result) -> all.put(
                                result.reason(),
                                all.getOrElse(result.reason(), Vector.empty()).append(result)));
        return byReason.toVector()
                .map(alike -> "NOT_TESTED " + alike._2().head().check()
                        + (alike._2().size() == 1 ? "" : " and " + (alike._2().size() - 1) + " more") + ": "
                        + alike._1());
    }

    /** The numbers, then whatever failed, and why something was not tested. Lines end with LF. */
    @Override
    public String toString() {
        Seq<Check.Result> failed = results(Check.Outcome.FAILED);
        return "%d passed, %d failed, %d not tested\n"
                        .formatted(
                                results(Check.Outcome.PASSED).size(),
                                failed.size(),
                                results(Check.Outcome.NOT_TESTED).size())
                + failed.map(Check.Result::toString)
                        .appendAll(notTested())
                        .map(line -> line + "\n")
                        .mkString();
    }
}
