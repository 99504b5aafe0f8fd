package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobField;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;

class MutantProperties {
    @Property(tries = 8_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aMutantBreaksItsRuleAtItsStepAndNothingElse(@ForAll Mutant mutant) {
        breaksItsRuleAndNothingElse(mutant);
        Statistics.label("rule").collect(mutant.lifecycle(), mutant.rule());
        Statistics.label("rule").coverage(coverage -> {
            for (var lifecycle : Lifecycles.all()) {
                for (Rule rule : Rule.values()) {
                    boolean exists = MutantsTest.rules(lifecycle.kind()).contains(rule);
                    coverage.check(lifecycle, rule).count(count -> exists == (count > 0));
                }
            }
        });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void everyMutantNearAHistoryBreaksItsRuleAndNothingElse(@ForAll History history) {
        Seq<Mutant> mutants = Mutants.near(history);
        assertFalse(mutants.isEmpty());
        mutants.forEach(MutantProperties::breaksItsRuleAndNothingElse);
    }

    static void breaksItsRuleAndNothingElse(Mutant mutant) {
        Seq<Verdict> verdicts = mutant.lifecycle().replay(mutant.snapshots());
        assertEquals(verdicts.size() - 1, mutant.step());
        assertTrue(verdicts.init().forAll(Verdict::isLegal), mutant::toString);
        assertEquals(
                List.of(mutant.rule()),
                verdicts.last().violations().map(Violation::rule).toList(),
                mutant::toString);
        assertEquals(mutant.snapshots().last(), mutant.after());
        assertEquals(mutant.snapshots().init().lastOption(), mutant.before());
        assertEquals(
                List.of(mutant.field()),
                List.of(JobField.values()).filter(field -> field.differs(mutant.legal(), mutant.after())));
        assertTrue(mutant.origin().snapshots().contains(mutant.legal()), mutant::toString);
        assertTrue(
                mutant.lifecycle()
                        .check(mutant.before().getOrNull(), mutant.legal())
                        .isLegal(),
                mutant::toString);
    }

    // As a shrinking test goes that fails for a rule, a change and the states before and after it.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void aMutantShrinksToTheSmallestOfItsText(@ForAll Mutant mutant) {
        Option<Mutant> smallest = Mutants.of(mutant.lifecycle())
                .all()
                .filter(each -> each.toString().equals(mutant.toString()))
                .minBy(Mutant::size);
        Mutant least = mutant;
        for (Option<Mutant> next = simpler(mutant); next.isDefined(); next = simpler(least)) {
            least = next.get();
        }
        long size = least.size();
        assertTrue(smallest.forAll(each -> size <= each.size()), () -> smallest + " " + size);
    }

    private static Option<Mutant> simpler(Mutant mutant) {
        return Option.ofOptional(mutant.simpler()
                .filter(each -> each.toString().equals(mutant.toString()))
                .findFirst());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void aSimplerMutantBreaksTheSameRuleAndIsSmaller(@ForAll Mutant mutant) {
        mutant.simpler().forEach(simpler -> {
            breaksItsRuleAndNothingElse(simpler);
            assertEquals(mutant.rule(), simpler.rule());
            assertTrue(simpler.size() < mutant.size(), simpler::toString);
        });
    }
}
