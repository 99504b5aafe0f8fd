package org.joblifecycle.testkit.junit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.joblifecycle.testkit.Check;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.Coverage;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The conformance suite: a subclass supplies the system, which Jupiter then tests.
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
 * these reasons and the coverage are printed. The last test runs random programs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceTest {
    private static final int PROGRAMS = 1000;

    private @Nullable Conformance conformance;
    private int checks;
    private final Queue<Check.Result> results = new ConcurrentLinkedQueue<>();

    /** For subclasses. */
    protected ConformanceTest() {}

    /** The lifecycle that the system has to conform to: that of its kind of jobs, without the edges and rules that it excludes. */
    protected abstract JobLifecycle lifecycle();

    /**
     * The system. Called once for each check, which closes it afterwards; it may be the same one again, because every check
     * has jobs of its own.
     */
    protected abstract JobSystem system();

    /** How many random programs are run: 1000 unless overridden. They are one test. */
    protected int programs() {
        return PROGRAMS;
    }

    /** By which they are drawn: another number in each run unless overridden. A failure tells it. */
    protected long seed() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** The comparison of the system with the lifecycle; made on the first call. */
    protected final synchronized Conformance conformance() {
        if (conformance == null) {
            conformance = Conformance.of(lifecycle(), this::system);
        }
        return conformance;
    }

    @TestFactory
    Stream<DynamicContainer> conforms() {
        Map<String, Stream.Builder<DynamicTest>> groups = new LinkedHashMap<>();
        Seq<Check> all = conformance().checks().append(conformance().programs(programs(), seed()));
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

    /**
     * The share, from 0 to 1, that the tests have to cover of the edges that the system's jobs can reach: 1 unless overridden. A
     * run of only some checks requires nothing.
     */
    protected double requiredCoverage() {
        return 1;
    }

    @AfterAll
    void everyEdgeWasCovered() {
        if (results.size() < checks) {
            return; // only some tests were requested
        }
        new ConformanceReport(List.ofAll(results)).notTested().forEach(System.out::println);
        Coverage coverage = conformance().coverage();
        System.out.print(coverage.table());
        coverage.require(Coverage.Metric.EDGES, requiredCoverage());
    }
}
