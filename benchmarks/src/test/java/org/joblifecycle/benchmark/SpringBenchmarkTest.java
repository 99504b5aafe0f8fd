package org.joblifecycle.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

/** What is measured side by side does the same. */
class SpringBenchmarkTest {
    private final SpringBenchmark benchmark = new SpringBenchmark();

    @Test
    void allThreeMoveTheJobToPausedAndBack() {
        for (int i = 0; i < 4; i++) {
            Object expected = benchmark.eventByLifecycle();
            assertEquals(expected, benchmark.eventByHandle());
            assertEquals(expected, benchmark.eventByMachine());
        }
    }

    @Test
    void bothRefuseForTheSameReason() {
        assertEquals(benchmark.refusalByLifecycle(), benchmark.refusalByHandle());
        assertEquals(1, benchmark.refusalByHandle().getError().size());
    }

    @Test
    void aMachineIsMadeAtTheJob() {
        assertEquals(JobState.RUNNING, benchmark.makeMachine().snapshot().state());
    }
}
