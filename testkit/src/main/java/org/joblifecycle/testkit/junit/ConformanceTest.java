package org.joblifecycle.testkit.junit;

import io.vavr.collection.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.joblifecycle.testkit.Check;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.Coverage;
import org.joblifecycle.testkit.jqwik.ConformanceProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The conformance suite: extend it, say what the system is, and it is tested by Jupiter and by jqwik.
 *
 * <pre>{@code
 * class SchedulerConformanceTest extends ConformanceTest {
 *     @Override
 *     protected JobLifecycle lifecycle() {
 *         return JobLifecycle.authority(JobKind.CUSTOM_JOB);
 *     }
 *
 *     @Override
 *     protected JobSystem system() {
 *         return new SchedulerAdapter(new Scheduler());
 *     }
 * }
 * }</pre>
 *
 * <p>Each check is a test, named by its rule or requirement and the change of state. What the system's capabilities rule
 * out is aborted, that is shown as skipped, with the reason; after all checks those reasons and the coverage are printed.
 * How many random programs are run is up to jqwik's {@code jqwik.tries.default}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceTest extends ConformanceProperties {
    private final Queue<Check.Result> results = new ConcurrentLinkedQueue<>();

    /** For subclasses. */
    protected ConformanceTest() {}

    @TestFactory
    Stream<DynamicContainer> conforms() {
        Map<String, Stream.Builder<DynamicTest>> groups = new LinkedHashMap<>();
        for (Check check : conformance().checks()) {
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

    /**
     * How many of the edges that the system's jobs can reach have to be gone over by the checks: all of them, unless
     * overridden. What jqwik's programs go over does not count, nor does a run of some of the checks.
     */
    protected double requiredCoverage() {
        return 1;
    }

    @AfterAll
    void everyEdgeWasGoneOver() {
        if (results.size() < conformance().checks().size()) {
            return; // some tests were asked for, and not all
        }
        new ConformanceReport(List.ofAll(results)).notTested().forEach(System.out::println);
        Coverage coverage = conformance().coverage();
        System.out.print(coverage.table());
        coverage.require(Coverage.Metric.EDGES, requiredCoverage());
    }
}
