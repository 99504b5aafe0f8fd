package org.joblifecycle.testkit.jqwik;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.Program;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * The part of the conformance suite that is drawn at random: programs for several jobs, with stale writers and faults
 * among them, which are run on the system and compared with the lifecycle. A program that fails shrinks to a short one.
 *
 * <p>Most projects extend {@code org.joblifecycle.testkit.junit.ConformanceTest} instead, which includes this.
 */
public abstract class ConformanceProperties {
    private @Nullable Conformance conformance;

    /** For subclasses. */
    protected ConformanceProperties() {}

    /** The lifecycle that the system has to conform to: that of its kind of jobs, without the edges and rules that it excludes. */
    protected abstract JobLifecycle lifecycle();

    /**
     * The system. Called once for each check, which closes it afterwards; it may be the same one again, because every check
     * has jobs of its own.
     */
    protected abstract JobSystem system();

    /** The comparison of the system with the lifecycle; made on the first call. */
    protected final synchronized Conformance conformance() {
        if (conformance == null) {
            conformance = Conformance.of(lifecycle(), this::system);
        }
        return conformance;
    }

    /** Runs the programs. Override it to give the property a seed or a number of tries. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    protected void systemAndLifecycleAgree(@ForAll("programs") Program program) {
        conformance().check(program);
    }

    /** The programs that are run. */
    @Provide
    protected Arbitrary<Program> programs() {
        return Simplifying.drawn(conformance()::draw);
    }
}
