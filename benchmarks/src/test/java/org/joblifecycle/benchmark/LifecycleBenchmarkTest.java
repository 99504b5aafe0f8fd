package org.joblifecycle.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is measured side by side does the same. */
class LifecycleBenchmarkTest {
    @Test
    void meteredOrNotTheVerdictsAreTheSame() {
        LifecycleBenchmark bare = new LifecycleBenchmark();
        LifecycleBenchmark metered = new LifecycleBenchmark();
        for (int i = 0; i < 16; i++) {
            assertSame(bare.checkByAuthority(), metered.checkByAuthorityMetered());
        }
        for (int i = 0; i < 16; i++) {
            assertSame(bare.checkByObserver(), metered.checkByObserverMetered());
        }
        for (int i = 0; i < 16; i++) {
            assertEquals(bare.checkIllegalByAuthority(), metered.checkIllegalByAuthorityMetered());
        }
    }

    @Test
    void lifecycleAndFloorDoTheSameInTurn() {
        LifecycleBenchmark lifecycle = new LifecycleBenchmark();
        LifecycleBenchmark floor = new LifecycleBenchmark();
        for (int i = 0; i < 16; i++) {
            assertEquals(lifecycle.applyByLifecycle().get(), floor.applyByFloor());
        }
        for (int i = 0; i < 16; i++) {
            assertTrue(lifecycle.refuseByLifecycle().isInvalid());
            assertSame(Floor.REFUSED, floor.refuseByFloor());
        }
        for (int i = 0; i < 16; i++) {
            assertTrue(lifecycle.checkByAuthority().isLegal());
            assertEquals(0, floor.checkByAuthorityFloor());
        }
        for (int i = 0; i < 16; i++) {
            assertTrue(lifecycle.checkByObserver().isLegal());
            assertEquals(0, floor.checkByObserverFloor());
        }
        for (int i = 0; i < 16; i++) {
            assertFalse(lifecycle.checkIllegalByAuthority().isLegal());
            assertNotEquals(0, floor.checkIllegalByFloor());
        }
        for (int i = 0; i < 16; i++) {
            assertTrue(lifecycle.checkIllegalAndReadByAuthority() > 10);
        }
    }
}
