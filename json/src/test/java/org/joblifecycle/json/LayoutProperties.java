package org.joblifecycle.json;

import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.trickle;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobKind;

class LayoutProperties {
    private static final String JOB =
            "{\"name\":\"tuningJobs/1\",\"state\":\"JOB_STATE_FAILED\",\"create_time\":\"2024-05-01T12:00:00Z\","
                    + "\"error\":{\"code\":\"13\",\"details\":[{}]},\"labels\":{\"a\":\"b\"}}";
    private static final String PLAIN = "{\"name\":\"nasJobs/2\",\"state\":\"JOB_STATE_RUNNING\"}";
    private static final String NOT_ASCII =
            "{\"name\":\"customJobs/é😀\",\"displayName\":\"\\u00e9\\n\",\"state\":3,\"startTime\":null}";

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anInputComesToWhatTheSpecificationSays(@ForAll("inputs") byte[] input) {
        List<String> expected = NaiveReader.outcomes(input);
        assertEquals(expected, outcomes(in(input), 1));
        assertEquals(expected, outcomes(in(input), 2));
        assertEquals(expected, outcomes(trickle(in(input)), 1));
        Statistics.label("broken").collect(expected.stream().anyMatch(outcome -> outcome.endsWith(" of the input")));
        Statistics.label("jobs")
                .collect(expected.stream()
                                .filter(outcome -> outcome.contains("JobSnapshot"))
                                .count()
                        > 1);
        for (String label : List.of("broken", "jobs")) {
            Statistics.label(label).coverage(coverage -> {
                coverage.check(true).percentage(share -> share > 10);
                coverage.check(false).percentage(share -> share > 10);
            });
        }
    }

    static List<String> outcomes(InputStream input, int threads) {
        try (JobLines lines = new JobLines(input, JobKind.TUNING_JOB, threads)) {
            return lines.stream().map(Inputs::whole).toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NotJsonException) {
                return List.of(NaiveReader.NO_JSON);
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    static Arbitrary<byte[]> inputs() {
        Arbitrary<byte[]> whole = Combinators.combine(
                        Arbitraries.of("", "", "", "\ufeff", "\n", " \r\n\t"), pieces(), Arbitraries.of("", "\n"))
                .as((head, pieces, tail) -> utf8(head + pieces + tail));
        return Arbitraries.oneOf(whole, whole, mutants(whole), cut(whole));
    }

    private static Arbitrary<byte[]> mutants(Arbitrary<byte[]> inputs) {
        return Combinators.combine(
                        inputs,
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.oneOf(
                                Arbitraries.bytes(),
                                Arbitraries.of("{}[]\",:\n\\"
                                        .chars()
                                        .mapToObj(c -> (byte) c)
                                        .toArray(Byte[]::new))),
                        Arbitraries.integers().between(0, 2))
                .as((input, place, put, removed) -> {
                    int from = place % (input.length + 1);
                    byte[] tail = Arrays.copyOfRange(input, Math.min(from + removed, input.length), input.length);
                    return Inputs.join(Arrays.copyOf(input, from), new byte[] {put}, tail);
                });
    }

    private static Arbitrary<byte[]> cut(Arbitrary<byte[]> inputs) {
        return Combinators.combine(inputs, Arbitraries.integers().between(0, 10_000))
                .as((input, length) -> Arrays.copyOf(input, length % (input.length + 1)));
    }

    private static Arbitrary<String> pieces() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(6, jobs()),
                Tuple.of(2, list(jobs()).map(list -> "[" + list + "]")),
                Tuple.of(3, answers()),
                Tuple.of(1, others()));
        Arbitrary<String> separators = Arbitraries.of("\n", "\n", "\n", "", " ", "\r\n", "\n\n", ",");
        return Combinators.combine(separators, separators, pieces.list().ofMaxSize(5))
                .as((one, other, list) -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < list.size(); i++) {
                        text.append(i == 0 ? "" : i % 2 == 0 ? one : other).append(list.get(i));
                    }
                    return text.toString();
                });
    }

    private static Arbitrary<String> jobs() {
        Arbitrary<String> compact = Arbitraries.of(JOB, PLAIN, PLAIN, NOT_ASCII, "{}", "{\"name\":\"a\"}");
        return Arbitraries.oneOf(compact, compact, compact.map(LayoutProperties::pretty));
    }

    private static String pretty(String json) {
        return json.replace(",\"", ",\n  \"")
                .replace("\":", "\": ")
                .replace("{\"", "{\n  \"")
                .replace("}", "\n}");
    }

    private static Arbitrary<String> answers() {
        Arbitrary<String> collections =
                Arbitraries.of("tuningJobs", "tuning_jobs", "customJobs", "nasJobs", "nas_jobs", "tuning\\u004aobs");
        Arbitrary<String> members = Arbitraries.frequencyOf(
                Tuple.of(
                        5,
                        Combinators.combine(collections, list(jobs()))
                                .as((name, list) -> "\"" + name + "\":[" + list + "]")),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "\"nextPageToken\":\"x\"", "\"next_page_token\":null", "\"unreachable\":[{\"a\":1}]")),
                Tuple.of(
                        1, Arbitraries.of("\"tuningJobs\":{}", "\"nas_jobs\":null", "\"name\":\"b\"", "\"error\":{}")));
        Arbitrary<String> errors = Arbitraries.of(
                "{\"error\":{\"code\":404,\"message\":\"no\",\"status\":\"NOT_FOUND\"}}",
                "{\n\"error\":{}}",
                "{\"error\":{},\"error\":null}",
                "{\"error\":5}");
        return Arbitraries.frequencyOf(
                Tuple.of(4, members.list().ofMaxSize(3).map(list -> "{" + String.join(",\n", list) + "}")),
                Tuple.of(1, errors));
    }

    private static Arbitrary<String> others() {
        return Arbitraries.of(
                "1",
                "-0.5e+3",
                "01",
                "\"x\"",
                "\"é\\ud800\"",
                "true",
                "null",
                "falsy",
                "a_1: b",
                "a:",
                "- a",
                "---",
                "x",
                "]",
                "}",
                "[[{}]]",
                "[1,{},\n\"a\"]");
    }

    private static Arbitrary<String> list(Arbitrary<String> elements) {
        return Arbitraries.oneOf(elements, elements, elements, others())
                .list()
                .ofMaxSize(3)
                .map(list -> String.join(",\n", list));
    }
}
