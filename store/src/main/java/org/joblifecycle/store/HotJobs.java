package org.joblifecycle.store;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The jobs that several write at the same time. Waiting for a lock is cheaper for them than deciding and being overtaken; for all
 * others a lock is a needless wait. Jobs share a slot by the hash of their names, which costs at most a few needless locks.
 */
final class HotJobs {
    private static final int SLOTS = 256;
    private static final int CHANGES = 32;

    /** How many of the next changes lock first. */
    private final AtomicIntegerArray slots = new AtomicIntegerArray(SLOTS);

    /** Whether the next change should lock first. */
    boolean isHot(String name) {
        int slot = slot(name);
        return slots.get(slot) > 0 && slots.getAndDecrement(slot) > 0;
    }

    void overtaken(String name) {
        slots.set(slot(name), CHANGES);
    }

    private static int slot(String name) {
        return Math.floorMod(name.hashCode(), SLOTS);
    }
}
