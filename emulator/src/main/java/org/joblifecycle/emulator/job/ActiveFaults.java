package org.joblifecycle.emulator.job;

import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.joblifecycle.emulator.api.ApiMethod;
import org.joblifecycle.emulator.scenario.Fault;

/** The faults that are still to happen. Thread-safe. */
final class ActiveFaults {
    private final List<Active> all = new ArrayList<>();
    private final SplittableRandom random;

    /**
     * None.
     *
     * @param seed what the faults that have a probability depend on
     */
    ActiveFaults(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A fault, and how often it is still to happen. */
    private static final class Active {
        private final Fault fault;
        private int left;

        Active(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    /** These instead of all others. */
    synchronized void replace(Seq<Fault> faults) {
        all.clear();
        faults.forEach(fault -> all.add(new Active(fault)));
    }

    synchronized void add(Fault fault) {
        all.add(new Active(fault));
    }

    /** The first fault for such a call, which has happened once more then; if there is none, one with which nothing goes wrong. */
    synchronized Fault take(ApiMethod method) {
        for (Active active : all) {
            if (active.left > 0
                    && active.fault.isAbout(method.action(), method.kind())
                    && random.nextDouble() < active.fault.probability()) {
                active.left -= active.left == Fault.ALWAYS ? 0 : 1;
                return active.fault;
            }
        }
        return Fault.onAll();
    }
}
