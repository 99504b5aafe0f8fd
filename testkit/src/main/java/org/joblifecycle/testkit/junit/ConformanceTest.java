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
 * The conformance suite: a subclass supplies the system, which Jupiter and jqwik then test.
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
 * <p>Each check is a test, named after its rule or requirement and its change of state. A check that is not possible, for
 * example because the system does not declare a capability, is aborted with the reason, and shown as skipped. After all checks
 * these reasons and the coverage are printed. The number of random programs is jqwik's {@code jqwik.tries.default}.
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
     * The share, from 0 to 1, that the checks have to cover of the edges that the system's jobs can reach: 1 unless overridden.
     * What jqwik's programs cover does not count, and a run of only some checks requires nothing.
     */
    protected double requiredCoverage() {
        return 1;
    }

    @AfterAll
    void everyEdgeWasCovered() {
        if (results.size() < conformance().checks().size()) {
            return; // only some tests were requested
        }
        new ConformanceReport(List.ofAll(results)).notTested().forEach(System.out::println);
        Coverage coverage = conformance().coverage();
        System.out.print(coverage.table());
        coverage.require(Coverage.Metric.EDGES, requiredCoverage());
    }
}
