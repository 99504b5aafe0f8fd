package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InventedFaultsTest {
    static Seq<InventedFaults.Fault> faults() {
        return InventedFaults.ofUpdates().appendAll(InventedFaults.ofEvents()).appendAll(InventedFaults.ofTheRest());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aCheckFindsItAndTheFirstLineSaysWhatToMend(InventedFaults.Fault fault) {
        Seq<Check.Result> failed =
                Conformance.of(fault.lifecycle(), fault.system()).run().results(Check.Outcome.FAILED);

        assertFalse(failed.isEmpty());
        assertTrue(
                failed.exists(result ->
                        result.reason().lines().findFirst().orElseThrow().contains(fault.hint())),
                () -> failed.map(result -> result.reason().lines().findFirst().orElseThrow())
                        .mkString("\n"));
        failed.forEach(SlippedFaultsTest::assertSaysItBriefly);
    }
}
