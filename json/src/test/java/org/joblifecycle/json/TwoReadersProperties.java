package org.joblifecycle.json;

import static org.joblifecycle.json.Inputs.utf8;
import static org.joblifecycle.json.TwoReadersTest.assertRead;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;

class TwoReadersProperties {
    private static final List<String> KEYS = Arrays.stream(JobKind.values())
            .flatMap(kind -> Arrays.stream(JobField.values())
                    .flatMap(field -> Stream.of(field.wireName(kind), field.protoName(kind))))
            .distinct()
            .toList();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void allLinesAreReadAsJacksonReadsThem(@ForAll("lines") List<byte[]> lines) {
        assertRead(lines);
    }

    @Provide
    static Arbitrary<List<byte[]>> lines() {
        Arbitrary<byte[]> whole = Arbitraries.oneOf(
                JobSnapshots.jobs().map(job -> utf8(JobJson.write(job))),
                objects(2).map(Inputs::utf8));
        return Arbitraries.oneOf(whole, mutants(whole)).list().ofMaxSize(8);
    }

    private static Arbitrary<byte[]> mutants(Arbitrary<byte[]> lines) {
        return Combinators.combine(
                        lines,
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 3))
                .as((line, place, put, removed) -> {
                    int from = place % (line.length + 1);
                    byte[] tail = Arrays.copyOfRange(line, Math.min(from + removed, line.length), line.length);
                    return Inputs.join(Arrays.copyOf(line, from), new byte[] {put}, tail);
                });
    }

    private static Arbitrary<String> objects(int depth) {
        Arbitrary<String> keys = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(KEYS)),
                Tuple.of(2, Arbitraries.of("code", "message", "x", "", "Name")),
                Tuple.of(1, Arbitraries.strings().alpha().ofMaxLength(12)));
        return Combinators.combine(keys, values(depth), spaces())
                .as((key, value, space) -> "\"" + key + "\"" + space + ":" + space + value)
                .list()
                .ofMaxSize(8)
                .map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars = Arbitraries.of(
                "null",
                "true",
                "0",
                "3",
                "-1.5e+10",
                "1e400",
                "\"\"",
                "\"JOB_STATE_RUNNING\"",
                "\"JOB_STATE_PAUSED\"",
                "\"a/tuningJobs/1\"",
                "\"a/notebookExecutionJobs/1\"",
                "\"2024-05-01T12:00:00.25Z\"",
                "\"\\t\"",
                "\"é\"");
        return depth == 0
                ? scalars
                : Arbitraries.oneOf(
                        scalars,
                        scalars,
                        scalars,
                        objects(depth - 1),
                        values(depth - 1).list().ofMaxSize(3).map(list -> "[" + String.join(" , ", list) + "]"));
    }

    private static Arbitrary<String> spaces() {
        return Arbitraries.of("", "", "", " ", "\t", "\r ");
    }
}
