package org.joblifecycle.testkit.junit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.Coverage;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
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
    private final CheckTests tests = new CheckTests();

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
        return tests.of(conformance().checks().append(conformance().programs(programs(), seed())));
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
        if (!tests.printNotTested()) {
            return; // only some tests were requested
        }
        Coverage coverage = conformance().coverage();
        System.out.print(coverage.table());
        coverage.require(Coverage.Metric.EDGES, requiredCoverage());
    }
}
