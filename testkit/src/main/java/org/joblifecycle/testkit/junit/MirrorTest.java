package org.joblifecycle.testkit.junit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.joblifecycle.testkit.MirrorConformance;
import org.joblifecycle.testkit.MirrorSystem;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The conformance suite for mirrors: a subclass supplies the mirror, which Jupiter then tests.
 *
 * <pre>{@code
 * class DashboardMirrorTest extends MirrorTest {
 *     @Override
 *     protected JobLifecycle lifecycle() {
 *         return JobLifecycle.observer(JobKind.CUSTOM_JOB);
 *     }
 *
 *     @Override
 *     protected MirrorSystem mirror() {
 *         return new DashboardAdapter(new Dashboard());
 *     }
 * }
 * }</pre>
 *
 * <p>Each check is a test, named after its requirement and what is observed. A check that is not possible, for example because
 * the mirror does not declare a capability, is aborted with the reason, and shown as skipped. After all checks these reasons are
 * printed. The last test shows random poll logs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MirrorTest {
    private static final int POLL_LOGS = 500;

    private @Nullable MirrorConformance conformance;
    private final CheckTests tests = new CheckTests();

    /** For subclasses. */
    protected MirrorTest() {}

    /** The lifecycle that the mirror has to conform to: the observer of its kind of jobs, without the rules that it excludes. */
    protected abstract JobLifecycle lifecycle();

    /**
     * The mirror. Called once for each check, which closes it afterwards; it may be the same one again, because every check has
     * jobs of its own.
     */
    protected abstract MirrorSystem mirror();

    /** How many random poll logs are shown: 500 unless overridden. They are one test. */
    protected int pollLogs() {
        return POLL_LOGS;
    }

    /** By which they are drawn: another number in each run unless overridden. A failure tells it. */
    protected long seed() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** The comparison of the mirror with the lifecycle; made on the first call. */
    protected final synchronized MirrorConformance conformance() {
        if (conformance == null) {
            conformance = MirrorConformance.of(lifecycle(), this::mirror);
        }
        return conformance;
    }

    @TestFactory
    Stream<DynamicContainer> conforms() {
        return tests.of(conformance().checks().append(conformance().pollLogs(pollLogs(), seed())));
    }

    @AfterAll
    void whatWasNotTestedIsPrinted() {
        tests.printNotTested();
    }
}
