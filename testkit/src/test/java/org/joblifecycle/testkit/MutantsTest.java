package org.joblifecycle.testkit;

import static org.joblifecycle.transition.Rule.END_TIME_REQUIRED;
import static org.joblifecycle.transition.Rule.ERROR_CHANGED;
import static org.joblifecycle.transition.Rule.ERROR_CODE_INVALID;
import static org.joblifecycle.transition.Rule.ERROR_UNEXPECTED;
import static org.joblifecycle.transition.Rule.START_TIME_PREMATURE;
import static org.joblifecycle.transition.Rule.START_TIME_REQUIRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MutantsTest {
    private static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);

    // The rules of each kind, by its fields and promises.
    static Set<Rule> rules(JobKind kind) {
        EnumSet<Rule> rules = EnumSet.allOf(Rule.class);
        switch (kind) {
            case DATA_LABELING_JOB, MODEL_DEPLOYMENT_MONITORING_JOB ->
                rules.removeAll(EnumSet.of(START_TIME_REQUIRED, START_TIME_PREMATURE, END_TIME_REQUIRED));
            case NOTEBOOK_EXECUTION_JOB ->
                rules.removeAll(EnumSet.of(
                        START_TIME_REQUIRED,
                        START_TIME_PREMATURE,
                        END_TIME_REQUIRED,
                        ERROR_UNEXPECTED,
                        ERROR_CODE_INVALID,
                        ERROR_CHANGED));
            default -> {}
        }
        return rules;
    }

    static Seq<JobLifecycle> lifecycles() {
        return Lifecycles.all();
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void everyRuleOfTheKindAndModeIsBrokenByOne(JobLifecycle lifecycle) {
        Mutants mutants = Mutants.of(lifecycle);

        assertEquals(rules(lifecycle.kind()), mutants.rules().toJavaSet());
        assertEquals(rules(lifecycle.kind()), mutants.all().map(Mutant::rule).toJavaSet());
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void eachBreaksItsRuleAndNothingElse(JobLifecycle lifecycle) {
        Mutants.of(lifecycle).all().forEach(MutantProperties::breaksItsRuleAndNothingElse);
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void theyAreAlwaysTheSame(JobLifecycle lifecycle) {
        assertEquals(
                Mutants.of(lifecycle).all().map(mutant -> mutant + " " + mutant.snapshots()),
                Mutants.of(lifecycle).all().map(mutant -> mutant + " " + mutant.snapshots()));
    }

    @Test
    void atEveryEdgeThereIsAMutant() {
        Seq<JobTransition> edges = Mutants.of(AUTHORITY)
                .all()
                .filter(mutant ->
                        mutant.snapshots().size() == mutant.origin().snapshots().size())
                .flatMap(mutant -> mutant.origin().path().edges().lastOption());

        assertEquals(EnumSet.allOf(JobTransition.class), edges.toJavaSet());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSITION_ILLEGAL")
    void noMutantBreaksAnExcludedRule(Rule rule) {
        Mutants mutants = Mutants.of(AUTHORITY.without(rule));

        assertFalse(mutants.rules().contains(rule));
        assertEquals(
                "the authority of TUNING_JOB without " + rule + " does not have the rule " + rule,
                assertThrows(IllegalArgumentException.class, () -> mutants.draw(rule, new Random(1)))
                        .getMessage());
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void noneIsThereTwice(JobLifecycle lifecycle) {
        Seq<String> mutants = Mutants.of(lifecycle).all().map(Mutant::toString);

        assertEquals(mutants.distinct(), mutants);
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA_LABELING_JOB", "NOTEBOOK_EXECUTION_JOB"})
    void timesThatAKindDoesNotHaveMayNotChange(JobKind kind) {
        Mutants mutants = Mutants.of(JobLifecycle.authority(kind));

        assertTrue(mutants.breaking(Rule.START_TIME_CHANGED)
                .exists(mutant -> mutant.before().exists(job -> job.startTime() != null)));
        assertTrue(mutants.breaking(Rule.END_TIME_CHANGED)
                .exists(mutant -> mutant.before().exists(job -> job.endTime() != null)));
    }

    @Test
    void aJobThatRunsAgainCanLoseItsStartTime() {
        assertTrue(Mutants.of(AUTHORITY)
                .breaking(Rule.START_TIME_CHANGED)
                .exists(mutant -> mutant.toString().equals("start-time-changed, PENDING -> RUNNING: startTime later")));
    }

    @Test
    void itsTextShowsWhatWasChangedAndWhere() {
        Mutant mutant = Mutants.of(AUTHORITY)
                .all()
                .find(each ->
                        each.rule() == END_TIME_REQUIRED && each.toString().contains("RUNNING"))
                .get();

        assertEquals("end-time-required, RUNNING -> SUCCEEDED: state SUCCEEDED", mutant.toString());
    }

    @Test
    void theFirstSnapshotCanBreakARule() {
        Seq<Mutant> first = Mutants.near(History.along(
                        AUTHORITY,
                        JobPaths.of(AUTHORITY)
                                .to(JobTransition.PENDING_TO_RUNNING)
                                .get()))
                .filter(mutant -> mutant.step() == 0);

        assertTrue(first.exists(mutant -> mutant.rule() == START_TIME_PREMATURE || mutant.rule() == ERROR_UNEXPECTED));
        assertTrue(first.forAll(mutant -> mutant.before().isEmpty()));
        assertTrue(first.head().toString().contains("first snapshot: "), first.head()::toString);
        assertEquals(List.empty(), first.filter(mutant -> mutant.snapshots().size() != 1));
    }
}
