package org.joblifecycle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
    @Test
    void theListHasEachRuleAndItsStatementInOrder() {
        Cli.Result result = Cli.run("rules");
        assertEquals(0, result.exit());
        assertEquals(
                Arrays.stream(Rule.values())
                        .map(rule -> rule.id() + " " + rule.statement())
                        .toList(),
                result.lines().stream()
                        .map(line -> line.strip().replaceAll("  +", " "))
                        .toList());
        assertEquals(17, result.lines().size());
    }

    @ParameterizedTest
    @EnumSource
    void aRuleIsPrintedInFull(Rule rule) {
        Cli.Result result = Cli.run("rules", rule.id());
        assertEquals(0, result.exit());
        assertEquals("", result.err());
        assertEquals(rule.id(), result.lines().get(0));
        assertEquals("  " + rule.statement(), result.lines().get(1));
        assertTrue(result.out().contains("field:    " + rule.field() + "\n"), result.out());
        assertTrue(result.out().contains("evidence: " + rule.evidence() + "\n"), result.out());
    }
}
