package org.joblifecycle.testkit.junit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.joblifecycle.testkit.Check;
import org.joblifecycle.testkit.ConformanceReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** Makes a test of each check, in a container for each group, and collects how they end. */
final class CheckTests {
    private int checks;
    private final Queue<Check.Result> results = new ConcurrentLinkedQueue<>();

    Stream<DynamicContainer> of(Seq<Check> all) {
        Map<String, Stream.Builder<DynamicTest>> groups = new LinkedHashMap<>();
        checks = all.size();
        for (Check check : all) {
            groups.computeIfAbsent(check.group(), group -> Stream.builder())
                    .add(DynamicTest.dynamicTest(check.name(), () -> run(check)));
        }
        return groups.entrySet().stream()
                .map(group -> DynamicContainer.dynamicContainer(
                        group.getKey(), group.getValue().build()));
    }

    private void run(Check check) {
        Check.Result result = check.run();
        results.add(result);
        if (result.error() != null) {
            throw result.error();
        }
        if (result.outcome() == Check.Outcome.NOT_TESTED) {
            Assumptions.abort(result.reason());
        }
    }

    /** Prints why checks were not tested; false, and prints nothing, if only some checks were requested. */
    boolean printNotTested() {
        if (results.size() < checks) {
            return false;
        }
        new ConformanceReport(List.ofAll(results)).notTested().forEach(System.out::println);
        return true;
    }
}
