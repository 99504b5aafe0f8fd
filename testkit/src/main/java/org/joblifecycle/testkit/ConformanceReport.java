package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;

/**
 * The results of the checks of a {@link JobSystem} or a {@link MirrorSystem}.
 *
 * @param results one result for each check, in their order
 */
public record ConformanceReport(Seq<Check.Result> results) {
    /** Checks that it is not null. */
    public ConformanceReport {
        requireNonNull(results, "results");
    }

    /** The results with this outcome. */
    public Seq<Check.Result> results(Check.Outcome outcome) {
        requireNonNull(outcome, "outcome");
        return results.filter(result -> result.outcome() == outcome);
    }

    /** Whether at least one check passed and none failed. A check that was not tested is neither a failure nor a success. */
    public boolean isPassed() {
        return results(Check.Outcome.FAILED).isEmpty()
                && !results(Check.Outcome.PASSED).isEmpty();
    }

    /** One line for each reason why checks were not tested, with the first such check and the number of others. */
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

    /** The numbers, then the failures, then the reasons why checks were not tested. Lines end with LF. */
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
