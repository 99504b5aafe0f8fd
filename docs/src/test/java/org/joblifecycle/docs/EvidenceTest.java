package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.rule.FieldRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
    static Stream<Evidence> documentedEvidence() {
        return Stream.concat(
                        Arrays.stream(JobTransition.values()).map(JobTransition::evidence),
                        Stream.concat(
                                Arrays.stream(Rule.values()).map(Rule::evidence),
                                Arrays.stream(FieldRule.values()).map(FieldRule::evidence)))
                .filter(evidence -> evidence.basis() == Evidence.Basis.DOCUMENTED)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("documentedEvidence")
    void everyQuotedSentenceStandsAtItsSource(Evidence evidence) throws IOException {
        Evidence.Source source = evidence.source().get();
        ProtoFile proto = ProtoFile.of(source.file());
        assertStands(evidence.text(), proto.comment(source.element()) + "\n" + proto.declaration(source.element()));
    }

    @ParameterizedTest
    @EnumSource
    void everyStateIsDescribedAsInTheProto(JobState state) throws IOException {
        ProtoFile proto = ProtoFile.of("v1/job_state.proto");
        String element = "JobState." + state.wireName();
        assertEquals(state.wireName() + " = " + state.number() + ";", proto.declaration(element));
        assertEquals(state.description(), proto.comment(element));
    }

    @Test
    void theProtoHasNoOtherState() throws IOException {
        assertEquals(
                Arrays.stream(JobState.values()).map(JobState::wireName).collect(Collectors.toSet()),
                find("JOB_STATE_\\w+(?= = )", ProtoFile.of("v1/job_state.proto").text()));
    }

    @ParameterizedTest
    @EnumSource
    void everyCollectionStandsInTheProtoOfItsKind(JobKind kind) throws IOException {
        String id = snakeCase(kind.resource());
        assertStands(
                "\"projects/{project}/locations/{location}/" + kind.collection() + "/{" + id + "}\"",
                proto(kind).text());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasTheFieldsOfItsProto(JobKind kind) throws IOException {
        assertField(kind, JobField.NAME, "string ", true);
        assertField(kind, JobField.STATE, "JobState ", true);
        assertField(kind, JobField.ERROR, "google.rpc.Status ", true);
        assertField(kind, JobField.CREATE_TIME, "google.protobuf.Timestamp ", true);
        assertField(kind, JobField.UPDATE_TIME, "google.protobuf.Timestamp ", true);
        assertField(kind, JobField.START_TIME, "google.protobuf.Timestamp ", kind.hasStartTime());
        assertField(kind, JobField.END_TIME, "google.protobuf.Timestamp ", kind.hasEndTime());
    }

    private static void assertField(JobKind kind, JobField field, String type, boolean isThere) throws IOException {
        String declaration = proto(kind).declaration(element(kind, field));
        assertEquals(isThere, declaration.startsWith(type), element(kind, field) + ": " + declaration);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasTheEndTimeStatesThatAreDocumented(JobKind kind) throws IOException {
        assertEquals(
                kind.endTimeStates().stream().map(JobState::wireName).collect(Collectors.toSet()),
                find("JOB_STATE_\\w+", proto(kind).comment(element(kind, JobField.END_TIME))));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasTheErrorRuleThatIsDocumented(JobKind kind) throws IOException {
        Pattern onlyPopulated = Pattern.compile(
                "[Oo]nly populated when (the )?job's state is `?JOB_STATE_FAILED`? or `?JOB_STATE_CANCELLED`?\\.");
        String comment = proto(kind).comment(element(kind, JobField.ERROR));
        assertEquals(kind.hasErrorRule(), onlyPopulated.matcher(comment).find(), comment);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindPromisesTheErrorCodeThatIsDocumented(JobKind kind) throws IOException {
        String comment = kind == JobKind.TUNING_JOB
                ? ProtoFile.of("v1/genai_tuning_service.proto").comment("GenAiTuningService.CancelTuningJob")
                : ProtoFile.of("v1/job_service.proto").comment("JobService.Cancel" + kind.resource());
        assertEquals(kind.promisesCancelledCode(), comment.contains("google.rpc.Status.code of 1,"), comment);
    }

    private static void assertStands(String sentence, String text) {
        assertTrue(text.contains(sentence), () -> "\"" + sentence + "\" does not stand in: " + text);
    }

    private static Set<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static ProtoFile proto(JobKind kind) throws IOException {
        return ProtoFile.of("v1/" + snakeCase(kind.resource()) + ".proto");
    }

    private static String element(JobKind kind, JobField field) {
        return kind.resource() + "." + snakeCase(field.wireName(kind));
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
