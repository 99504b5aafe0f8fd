package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Wiring.edge;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EquivalenceTest {
    @ParameterizedTest
    @EnumSource
    void machinesOfEveryKindDoWhatTheLifecycleSays(JobKind kind) {
        Equivalence equivalence = equivalence(JobLifecycle.authority(kind)).run();

        assertEquals(List.of(), some(equivalence.differences));
        assertEquals(EnumSet.allOf(JobTransition.class), equivalence.edges);
    }

    @Test
    void everyRuleThatRefusesEventsIsBroken() {
        Set<Rule> rules = EnumSet.of(
                Rule.TRANSITION_ILLEGAL,
                Rule.START_TIME_REQUIRED,
                Rule.UPDATE_TIME_REGRESSED,
                Rule.ERROR_UNEXPECTED,
                Rule.ERROR_CODE_INVALID,
                Rule.END_TIME_ORDER,
                Rule.END_TIME_CHANGED,
                Rule.ERROR_CHANGED);
        assertEquals(rules, equivalence(OWNER).run().rules);
    }

    @Test
    void machinesOfAnObserverDoTheSame() {
        assertEquals(
                List.of(),
                some(equivalence(JobLifecycle.observer(JobKind.CUSTOM_JOB)).runBriefly().differences));
    }

    @ParameterizedTest
    @EnumSource
    void aMachineDoesNotTakeAnExcludedEdge(JobTransition excluded) {
        Equivalence equivalence = equivalence(OWNER.without(excluded)).runBriefly();

        assertEquals(List.of(), some(equivalence.differences));
        assertFalse(equivalence.edges.contains(excluded));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSITION_ILLEGAL")
    void aMachineDoesNotEnforceAnExcludedRule(Rule excluded) {
        Equivalence equivalence = equivalence(OWNER.without(excluded)).runBriefly();

        assertEquals(List.of(), some(equivalence.differences));
        assertFalse(equivalence.rules.contains(excluded));
    }

    // Wrong wiring is found.

    @ParameterizedTest
    @EnumSource
    void anEdgeThatIsMissingIsFound(JobTransition wrong) {
        assertIsFound(wrong, (transitions, edge, steps) -> null);
    }

    @ParameterizedTest
    @EnumSource
    void aGuardThatIsAlwaysTrueIsFound(JobTransition wrong) {
        assertIsFound(
                wrong,
                (transitions, edge, steps) ->
                        edge(transitions, edge).guard(context -> true).actionFunction(steps));
    }

    @ParameterizedTest
    @EnumSource
    void aGuardWhoseExceptionIsSwallowedIsFound(JobTransition wrong) {
        assertIsFound(
                wrong,
                (transitions, edge, steps) -> edge(transitions, edge)
                        .guard(context -> {
                            throw new IllegalStateException("swallowed");
                        })
                        .actionFunction(steps));
    }

    @ParameterizedTest
    @EnumSource
    void anActionWhoseExceptionIsSwallowedIsFound(JobTransition wrong) {
        assertIsFound(
                wrong,
                (transitions, edge, steps) -> edge(transitions, edge)
                        .guard(steps::permits)
                        .action(context -> {
                            throw new IllegalStateException("swallowed");
                        })
                        .actionFunction(steps));
    }

    @ParameterizedTest
    @EnumSource
    void anActionThatIsMissingIsFound(JobTransition wrong) {
        assertIsFound(
                wrong, (transitions, edge, steps) -> edge(transitions, edge).guard(steps::permits));
    }

    @ParameterizedTest
    @EnumSource
    void anEdgeThatLeadsElsewhereIsFound(JobTransition wrong) {
        assertIsFound(
                wrong,
                (transitions, edge, steps) -> edge(transitions, edge)
                        .target(edge.source())
                        .guard(steps::permits)
                        .actionFunction(steps));
    }

    /** One edge is wired wrongly: the differences are about it, and some are seen by the machine itself. */
    private static void assertIsFound(JobTransition wrong, Wiring wiring) {
        List<String> differences = new Equivalence(OWNER, Wiring.wired(wrong, wiring))
                .runBriefly(Equivalence.jobs(OWNER).filter(job -> job.state() == wrong.source()))
                .differences;

        assertTrue(differences.stream().anyMatch(each -> each.startsWith("machine")), () -> "found: " + differences);
        assertEquals(
                List.of(),
                differences.stream()
                        .filter(each -> !each.contains(": " + wrong.event() + " at "))
                        .toList());
    }

    private static Equivalence equivalence(JobLifecycle lifecycle) {
        return new Equivalence(lifecycle, new JobStateMachineConfigurerAdapter(lifecycle).createFactory());
    }

    private static List<String> some(List<String> differences) {
        return differences.subList(0, Math.min(5, differences.size()));
    }
}
