package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MirrorFaultsTest {
    static Seq<MirrorFaults.Fault> faultsOfEveryTime() {
        return MirrorFaults.all()
                .reject(fault -> fault.what().contains("Berlin")
                        || fault.what().contains("31 bits")
                        || fault.what().contains("unknown job")
                        || fault.what().contains("two pollers"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfEveryTime")
    void pollLogsFindItTooAndAreShrunk(MirrorFaults.Fault fault) {
        Check.Result logs = MirrorConformance.of(MirrorFaults.OBSERVER, fault.system())
                .pollLogs(3000, 7)
                .run();

        assertEquals(Check.Outcome.FAILED, logs.outcome());
        assertTrue(logs.error().program().lines().count() <= 10, logs::toString);
        assertTrue(logs.error().program().endsWith("\n// drawn with the seed 7"), logs::toString);
    }
}
