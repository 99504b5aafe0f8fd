package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiType;
import org.joblifecycle.tuning.EncryptionSpec;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldRule;
import org.junit.jupiter.api.Test;

class TuningJobPageTest {
    @Test
    void theTuningJobPageSaysWhatTheCodeSays() throws IOException {
        Repository.assertHoldsBetweenMarkers("docs/tuning-job.md", properties() + parts() + rules());
    }

    @Test
    void everyPropertySaysWhenItIsPopulated() {
        assertEquals(TuningJob.TYPE.fields().toJavaSet(), populated().keySet());
    }

    private static Map<ApiField<TuningJob, ?>, String> populated() {
        String given = "if the client set it";
        String finished = "if the service created it; recorded on FAILED jobs too";
        Map<ApiField<TuningJob, ?>, String> populated = new LinkedHashMap<>();
        populated.put(TuningJob.NAME, "from creation on");
        populated.put(TuningJob.TUNED_MODEL_DISPLAY_NAME, given);
        populated.put(TuningJob.DESCRIPTION, given);
        populated.put(TuningJob.STATE, "from creation on");
        populated.put(TuningJob.CREATE_TIME, "from creation on");
        populated.put(
                TuningJob.START_TIME,
                "from the first RUNNING on; always in " + Markdown.list(JobGraph.startedStates()));
        populated.put(
                TuningJob.END_TIME,
                "in " + Markdown.list(JobKind.TUNING_JOB.endTimeStates())
                        + "; an authority sets it in every terminal state");
        populated.put(TuningJob.UPDATE_TIME, "from creation on");
        populated.put(TuningJob.ERROR, "in FAILED and CANCELLED");
        populated.put(TuningJob.LABELS, given);
        populated.put(TuningJob.EXPERIMENT, finished);
        populated.put(TuningJob.TUNED_MODEL, finished);
        populated.put(TuningJob.TUNING_DATA_STATS, finished);
        populated.put(TuningJob.ENCRYPTION_SPEC, given);
        populated.put(TuningJob.BASE_MODEL, "always, unless there is a preTunedModel");
        populated.put(TuningJob.SUPERVISED_TUNING_SPEC, "always, unless there is another tuning spec");
        return populated;
    }

    private static String properties() {
        Map<ApiField<TuningJob, ?>, String> populated = populated();
        StringBuilder table =
                new StringBuilder("## The " + TuningJob.TYPE.fields().size() + " properties\n\n");
        table.append(Markdown.heading("property", "type", "who sets it", "when it is populated", "rules", "source"));
        for (ApiField<TuningJob, ?> field : TuningJob.TYPE.fields()) {
            table.append(Markdown.row(
                    "`" + field + "`",
                    field.type().toString(),
                    switch (field.behavior()) {
                        case OUTPUT_ONLY -> "the service";
                        case IMMUTABLE -> "the client, on creation";
                        case OPTIONAL -> "the client, at any time";
                    },
                    populated.get(field),
                    rulesOf(field),
                    source(TuningJob.TYPE, field)));
        }
        return table + "\n";
    }

    private static String rulesOf(ApiField<TuningJob, ?> field) {
        Stream<String> ofLifecycle = Arrays.stream(Rule.values())
                .filter(rule -> rule.field().wireName().equals(field.wireName()))
                .map(rule -> "[" + rule + "](rules.md#" + rule + ")");
        Stream<String> ofFields = Arrays.stream(FieldRule.values())
                .filter(rule -> rule.fields().contains(field))
                .map(rule -> "[" + rule + "](#" + rule + ")");
        return Stream.concat(ofLifecycle, ofFields).collect(Collectors.joining(", "));
    }

    private static String source(ApiType<?> message, ApiField<?, ?> field) {
        return "`" + message + "." + field.protoName() + "` in [" + file(message) + "]";
    }

    private static String file(ApiType<?> message) {
        return message == EncryptionSpec.TYPE ? "v1/encryption_spec.proto" : "v1/tuning_job.proto";
    }

    private static String parts() {
        List<ApiType<?>> parts = Stream.concat(
                        Stream.of(RpcStatus.TYPE), TuningJobProtoTest.messages().skip(1))
                .toList();
        StringBuilder table = new StringBuilder("## Its parts\n\n");
        table.append(Markdown.heading("part", "fields"));
        for (ApiType<?> part : parts) {
            table.append(Markdown.row(
                    part.name(),
                    part.fields()
                            .map(field -> "`" + field + "`: " + field.type())
                            .mkString("; ")));
        }
        return table + "\n";
    }

    private static String rules() {
        StringBuilder rules = new StringBuilder("## The " + FieldRule.values().length + " rules of its fields\n\n");
        for (FieldRule rule : FieldRule.values()) {
            rules.append("""
                    ### %s

                    %s

                    - applies to: %s
                    - fields: %s
                    - %s: %s

                    """.formatted(
                            rule,
                            rule.statement(),
                            rule.scope(),
                            rule.fields().mkString(", "),
                            rule.evidence().basis(),
                            Markdown.evidence(rule.evidence())));
        }
        return rules
                + Markdown.links(Arrays.stream(FieldRule.values())
                        .map(FieldRule::evidence)
                        .toList());
    }

    @Test
    void noTwoRulesHaveTheSameName() {
        Set<String> ids = Stream.concat(Arrays.stream(Rule.values()), Arrays.stream(FieldRule.values()))
                .map(Object::toString)
                .collect(Collectors.toSet());
        assertEquals(Rule.values().length + FieldRule.values().length, ids.size());
    }
}
