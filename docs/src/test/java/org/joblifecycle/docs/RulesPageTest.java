package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;

class RulesPageTest {
    private static final List<String> UNREADABLE = List.of(
            "{\"name\": \"tuningJobs/7\", \"sta",
            "{\"error\": {\"code\": 404, \"message\": \"Not found.\", \"status\": \"NOT_FOUND\"}}",
            "{\"state\": \"JOB_STATE_RUNNING\"}",
            "{\"name\": \"tuningJobs/7\"}",
            "{\"name\": \"tuningJobs/7\", \"state\": \"RUNNING\"}",
            "{\"name\": \"tuningJobs/7\", \"state\": 3, \"startTime\": \"2026-03-02 09:00:00\"}");

    @Test
    void theRulesPageSaysWhatTheCodeSays() throws IOException {
        Repository.assertHoldsBetweenMarkers("docs/rules.md", rules() + kinds() + unreadable());
    }

    @Test
    void everyReasonForAnUnreadableJobHasAnExample() {
        assertEquals(
                List.of(Unreadable.Reason.values()),
                UNREADABLE.stream()
                        .map(line -> JobJson.read(line).getError().reason())
                        .toList());
    }

    private static String rules() {
        StringBuilder rules = new StringBuilder("## The " + Rule.values().length + " rules\n\n");
        for (Rule rule : Rule.values()) {
            rules.append("""
                    ### %s

                    %s

                    - field: %s
                    - %s
                    - %s: %s

                    """.formatted(
                            rule,
                            rule.statement(),
                            rule.field(),
                            rule.reads().isEmpty()
                                    ? "compares the baseline with the proposed job"
                                    : "reads in one snapshot: " + Markdown.list(rule.reads()),
                            rule.evidence().basis(),
                            Markdown.evidence(rule.evidence())));
        }
        return rules
                + Markdown.links(
                        Arrays.stream(Rule.values()).map(Rule::evidence).toList())
                + "\n";
    }

    private static String kinds() {
        StringBuilder table = new StringBuilder("## The " + JobKind.values().length + " kinds of job\n\n");
        table.append(Markdown.heading(
                "kind",
                "collection",
                "startTime, endTime",
                "endTime documented for",
                "error only when FAILED or CANCELLED",
                "code of a cancelled job",
                "state, error in JSON"));
        for (JobKind kind : JobKind.values()) {
            table.append(Markdown.row(
                    kind.name(),
                    kind.collection(),
                    Markdown.yesOrNo(kind.hasStartTime()) + ", " + Markdown.yesOrNo(kind.hasEndTime()),
                    Markdown.list(kind.endTimeStates()),
                    Markdown.yesOrNo(kind.hasErrorRule()),
                    kind.promisesCancelledCode() ? "1" : "none promised",
                    JobField.STATE.wireName(kind) + ", " + JobField.ERROR.wireName(kind)));
        }
        return table + "\n";
    }

    private static String unreadable() {
        StringBuilder table = new StringBuilder("## Unreadable jobs\n\n");
        table.append(Markdown.heading("id", "example", "message"));
        for (String line : UNREADABLE) {
            Unreadable fault = JobJson.read(line).getError();
            table.append(Markdown.row(fault.reason().id(), "`" + line + "`", fault.message()));
        }
        return table.toString();
    }
}
