package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.control.Option;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
    private static final Evidence.Source SOURCE =
            new Evidence.Source("v1/job_state.proto", "JobState.JOB_STATE_FAILED");

    static Stream<Evidence> everyEvidence() {
        return Stream.concat(
                Stream.of(JobTransition.values()).map(JobTransition::evidence),
                Stream.of(Rule.values()).map(Rule::evidence));
    }

    @ParameterizedTest
    @MethodSource("everyEvidence")
    void everyEdgeAndEveryRuleSaysWhyInOneLine(Evidence evidence) {
        assertFalse(evidence.text().isBlank());
        assertEquals(1, evidence.toString().lines().count());
        assertEquals(
                evidence.basis() == Evidence.Basis.DOCUMENTED, evidence.source().isDefined());
    }

    @ParameterizedTest
    @EnumSource
    void aSourceGoesWithDocumentedAndNothingElse(Evidence.Basis basis) {
        boolean documented = basis == Evidence.Basis.DOCUMENTED;
        Option<Evidence.Source> right = documented ? Option.some(SOURCE) : Option.none();
        Option<Evidence.Source> wrong = documented ? Option.none() : Option.some(SOURCE);
        assertEquals(right, new Evidence(basis, right, "text", "").source());
        assertEquals(
                "a source goes with DOCUMENTED and nothing else, not with " + basis,
                assertThrows(IllegalArgumentException.class, () -> new Evidence(basis, wrong, "text", ""))
                        .getMessage());
    }

    @Test
    void theTextNamesBasisSentenceSourceAndNote() {
        assertEquals(
                "DOCUMENTED: \"The job failed.\" JobState.JOB_STATE_FAILED (v1/job_state.proto)",
                Evidence.documented(SOURCE, "The job failed.").toString());
        assertEquals(
                "DOCUMENTED: \"The job failed.\" JobState.JOB_STATE_FAILED (v1/job_state.proto); see there",
                Evidence.documented(SOURCE, "The job failed.").note("see there").toString());
        assertEquals("OBSERVED: poll logs", Evidence.observed("poll logs").toString());
        assertEquals(
                "INFERRED: as QUEUED; twice",
                Evidence.inferred("as QUEUED").note("twice").toString());
        assertEquals("twice", Evidence.inferred("as QUEUED").note("twice").note());
    }

    @Test
    void aNullArgumentIsNamed() {
        Evidence.Basis basis = Evidence.Basis.OBSERVED;
        Nulls.assertNamed("basis", () -> new Evidence(null, Option.none(), "text", ""));
        Nulls.assertNamed("source", () -> new Evidence(basis, null, "text", ""));
        Nulls.assertNamed("text", () -> new Evidence(basis, Option.none(), null, ""));
        Nulls.assertNamed("note", () -> new Evidence(basis, Option.none(), "text", null));
        Nulls.assertNamed("file", () -> new Evidence.Source(null, "element"));
        Nulls.assertNamed("element", () -> new Evidence.Source("file", null));
    }
}
