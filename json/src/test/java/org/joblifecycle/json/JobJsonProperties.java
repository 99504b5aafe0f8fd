package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vavr.control.Validation;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

class JobJsonProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aJobThatIsWrittenIsReadBack(@ForAll("jobs") JobSnapshot job, @ForAll JobKind fallback) {
        String json = JobJson.write(job, fallback);
        assertEquals(Validation.valid(job), JobJson.read(json, fallback));
        assertFalse(json.contains("\n") || json.contains("\r") || json.contains("null"), json);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void jobsThatAreWrittenOneALineAreReadBack(@ForAll @Size(max = 10) List<@From("jobs") JobSnapshot> jobs) {
        for (String separators : List.of("\n", "\r\n", "\n\n")) {
            String lines = jobs.stream().map(JobJson::write).collect(Collectors.joining(separators));
            assertEquals(jobs, read(lines));
        }
        assertEquals(jobs, read(jobs.stream().map(JobJson::write).collect(Collectors.joining(",\n", "[\n", "\n]\n"))));
    }

    private static List<JobSnapshot> read(String input) {
        return new JobLines(Inputs.in(Inputs.utf8(input)))
                .stream().map(line -> line.job().get()).toList();
    }

    @Provide
    static Arbitrary<JobSnapshot> jobs() {
        return JobSnapshots.jobs();
    }

    @Property
    void anyTextIsReadOrReported(@ForAll("texts") String text) {
        JobJson.read(text).swap().forEach(fault -> {
            assertEquals(1, fault.toString().lines().count(), fault.message());
            assertFalse(fault.message().contains("Feature") || fault.message().contains("Source"), fault.message());
        });
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\"name\":",
                        "\"a\"",
                        "\"state\":3",
                        "\"error\":{",
                        "\"code\":",
                        "null",
                        "true",
                        "NaN",
                        "-",
                        "+",
                        "0",
                        "1",
                        ".",
                        "e",
                        "/",
                        "//",
                        "/*",
                        "#",
                        "'",
                        "\u001e",
                        "\0",
                        "\n",
                        " ",
                        "\ufeff",
                        "é",
                        "\ud800",
                        "\u2028",
                        "x")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
