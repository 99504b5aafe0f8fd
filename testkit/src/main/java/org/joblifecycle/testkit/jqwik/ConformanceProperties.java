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
 * among them, run on the system and on the lifecycle side by side. What fails shrinks to a short program.
 *
 * <p>Most will rather extend {@code org.joblifecycle.testkit.junit.ConformanceTest}, which does more and this too.
 */
public abstract class ConformanceProperties {
    private @Nullable Conformance conformance;

    /** For subclasses. */
    protected ConformanceProperties() {}

    /** What the system is to keep to: its kind of jobs, without the edges and rules that it leaves out. */
    protected abstract JobLifecycle lifecycle();

    /**
     * The system. Called once for each check, which closes it afterwards; it may be the same one again, since every
     * check has jobs of its own.
     */
    protected abstract JobSystem system();

    /** The system held against the lifecycle; made when first asked for. */
    protected final synchronized Conformance conformance() {
        if (conformance == null) {
            conformance = Conformance.of(lifecycle(), this::system);
        }
        return conformance;
    }

    /** The system does what the lifecycle says. Override it to give the property a seed or a number of tries. */
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
