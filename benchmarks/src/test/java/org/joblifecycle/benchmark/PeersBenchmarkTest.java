package org.joblifecycle.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.function.Function;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;
import org.springframework.statemachine.StateMachineEventResult;
import org.springframework.statemachine.StateMachineEventResult.ResultType;

/** What is measured side by side does the same. */
class PeersBenchmarkTest {
    @Test
    void allMoveTheJobToPausedAndBack() {
        Function<Function<PeersBenchmark, Object>, Object[]> moves = move -> {
            PeersBenchmark benchmark = new PeersBenchmark();
            return new Object[] {move.apply(benchmark), move.apply(benchmark), move.apply(benchmark)};
        };
        Object[] expected = moves.apply(PeersBenchmark::applyByLifecycle);
        assertEquals("PAUSED", ((JobSnapshot) expected[0]).state().name());
        assertEquals("RUNNING", ((JobSnapshot) expected[1]).state().name());

        assertEquals(java.util.List.of(expected), java.util.List.of(moves.apply(PeersBenchmark::applyByFloor)));
        assertEquals(java.util.List.of(expected), java.util.List.of(moves.apply(PeersBenchmark::applyByStateless4j)));
        assertEquals(java.util.List.of(expected), java.util.List.of(moves.apply(PeersBenchmark::applyByCola)));
        assertEquals(java.util.List.of(expected), java.util.List.of(moves.apply(PeersBenchmark::applyBySpring)));
        assertEquals(java.util.List.of(expected), java.util.List.of(moves.apply(PeersBenchmark::applyByHandle)));
    }

    @Test
    void allRefuse() {
        PeersBenchmark benchmark = new PeersBenchmark();

        assertEquals(true, ((Validation<?, ?>) benchmark.refuseByLifecycle()).isInvalid());
        assertSame(Floor.REFUSED, benchmark.refuseByFloor());
        assertEquals(
                IllegalStateException.class, benchmark.refuseByStateless4j().getClass());
        assertNull(benchmark.refuseByCola());
        assertEquals(ResultType.DENIED, ((StateMachineEventResult<?, ?>) benchmark.refuseBySpring()).getResultType());
    }

    @Test
    void theLifecycleAndTheHandleRefuseForTheSameReason() {
        PeersBenchmark benchmark = new PeersBenchmark();

        assertEquals(benchmark.refuseByLifecycle(), benchmark.refuseByHandle());
        assertEquals(1, ((Seq<?>) ((Validation<?, ?>) benchmark.refuseByHandle()).getError()).size());
    }

    @Test
    void aMachineIsMadeForTheJob() {
        assertEquals(
                JobState.RUNNING,
                new PeersBenchmark().createByHandle().snapshot().state());
    }
}
