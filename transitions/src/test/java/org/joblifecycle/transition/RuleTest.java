package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;
import org.joblifecycle.job.JobField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    @Test
    void thereAreSeventeenRulesInTheOrderOfTheReport() {
        assertEquals(17, Rule.values().length);
        assertEquals(NaiveLifecycle.RULES, List.of(Rule.values()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create-time-required  | createTime | state, createTime
            start-time-required   | startTime  | state, startTime
            start-time-premature  | startTime  | state, startTime
            end-time-required     | endTime    | state, endTime
            end-time-premature    | endTime    | state, endTime
            error-unexpected      | error      | state, error
            error-code-invalid    | error      | state, error
            start-time-order      | startTime  | createTime, startTime
            end-time-order        | endTime    | createTime, startTime, endTime
            update-time-order     | updateTime | createTime, startTime, endTime, updateTime
            transition-illegal    | state      | ''
            name-changed          | name       | ''
            create-time-changed   | createTime | ''
            start-time-changed    | startTime  | ''
            end-time-changed      | endTime    | ''
            error-changed         | error      | ''
            update-time-regressed | updateTime | ''
            """)
    void everyRuleIsWhatTheSpecificationSays(String id, String field, String reads) {
        Rule rule = Rule.of(id).get();
        assertEquals(id, rule.id());
        assertEquals(id, rule.toString());
        assertEquals(field, rule.field().wireName());
        assertEquals("[" + reads + "]", rule.reads().toString());
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasAStatementOfOneSentence(Rule rule) {
        assertTrue(rule.statement().matches("\\S[^\\n]+\\."), rule::statement);
    }

    @ParameterizedTest
    @EnumSource
    void anIdIsComparedExactly(Rule rule) {
        assertEquals(Option.none(), Rule.of(rule.name()));
        assertEquals(Option.none(), Rule.of(rule.id().toUpperCase(Locale.ROOT)));
        assertEquals(Option.none(), Rule.of(rule.id() + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "end-time", "malformed-json"})
    void anIdOfNoRuleTellsNone(String id) {
        assertEquals(Option.none(), Rule.of(id));
    }

    @Test
    void aNullIdIsAProgrammersError() {
        Nulls.assertNamed("id", () -> Rule.of(null));
    }

    @ParameterizedTest
    @EnumSource
    void noOneCanChangeWhatARuleReads(Rule rule) {
        assertThrows(UnsupportedOperationException.class, () -> rule.reads().add(JobField.NAME));
    }
}
