package org.joblifecycle.emulator.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

// Random filters, each as text and as what it means, on random jobs.
class JobFilterProperties {
    private static final String DAY = "2026-01-0%dT00:00:00Z";

    // What a field is in a filter, and how a job that is a map of texts has it.
    private static final Map<String, Function<ObjectNode, String>> TEXTS = Map.of(
            "state", job -> job.path("state").asText(),
            "display_name", job -> job.path("displayName").asText(),
            "displayName", job -> job.path("displayName").asText(),
            "labels.team", job -> job.path("labels").path("team").asText());

    @Provide
    Arbitrary<ObjectNode> jobs() {
        return Combinators.combine(
                        Arbitraries.of("JOB_STATE_QUEUED", "JOB_STATE_RUNNING"),
                        Arbitraries.of("a", "ab", "b c"),
                        Arbitraries.of("ml", "ops").injectNull(0.3),
                        Arbitraries.integers().between(1, 4))
                .as((state, name, team, day) -> {
                    ObjectNode job = JsonNodeFactory.instance
                            .objectNode()
                            .put("state", state)
                            .put("displayName", name)
                            .put("createTime", DAY.formatted(day));
                    if (team != null) {
                        job.putObject("labels").put("team", team);
                    }
                    return job;
                });
    }

    @Provide
    Arbitrary<Tuple2<String, Predicate<ObjectNode>>> filters() {
        return filters(4);
    }

    private static Arbitrary<Tuple2<String, Predicate<ObjectNode>>> filters(int levels) {
        Arbitrary<Tuple2<String, Predicate<ObjectNode>>> texts = Combinators.combine(
                        Arbitraries.of(TEXTS.keySet()),
                        Arbitraries.of("=", "!=", ":"),
                        Arbitraries.of("JOB_STATE_RUNNING", "a", "ab", "b c", "ml", "a*", "*b"))
                .as((field, operator, value) -> Tuple.of(
                        field + operator + "\"" + value + "\"",
                        job -> compare(TEXTS.get(field).apply(job), operator, value)));
        Arbitrary<Tuple2<String, Predicate<ObjectNode>>> times = Combinators.combine(
                        Arbitraries.of("=", "!=", "<", "<=", ">", ">="),
                        Arbitraries.integers().between(1, 4))
                .as((operator, day) -> Tuple.of(
                        "create_time " + operator + " \"" + DAY.formatted(day) + "\"",
                        job -> compare(
                                Instant.parse(job.path("createTime").asText()),
                                operator,
                                Instant.parse(DAY.formatted(day)))));
        Arbitrary<Tuple2<String, Predicate<ObjectNode>>> simple = Arbitraries.oneOf(texts, times);
        if (levels == 0) {
            return simple;
        }
        Arbitrary<Tuple2<String, Predicate<ObjectNode>>> inner = filters(levels - 1);
        return Arbitraries.oneOf(
                simple,
                inner.map(filter ->
                        Tuple.of("NOT (" + filter.get1() + ")", filter.get2().negate())),
                Combinators.combine(inner, inner)
                        .as((left, right) -> Tuple.of(
                                "(" + left.get1() + ") AND (" + right.get1() + ")",
                                left.get2().and(right.get2()))),
                Combinators.combine(inner, inner)
                        .as((left, right) -> Tuple.of(
                                "((" + left.get1() + ") OR (" + right.get1() + "))",
                                left.get2().or(right.get2()))));
    }

    private static boolean compare(String text, String operator, String value) {
        boolean isLike = value.startsWith("*")
                ? text.endsWith(value.substring(1))
                : value.endsWith("*") ? text.startsWith(value.replace("*", "")) : text.equals(value);
        return operator.equals(":") ? text.contains(value) : isLike == operator.equals("=");
    }

    private static boolean compare(Instant time, String operator, Instant value) {
        int order = time.compareTo(value);
        return (order < 0 && operator.matches("<=?|!="))
                || (order == 0 && operator.matches("=|<=|>="))
                || (order > 0 && operator.matches(">=?|!="));
    }

    @Property
    void meansWhatItSays(
            @ForAll("filters") Tuple2<String, Predicate<ObjectNode>> filter, @ForAll("jobs") ObjectNode job) {
        assertEquals(filter.get2().test(job), JobFilter.of(filter.get1()).test(job), filter.get1());
    }
}
