package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// Each fault is found, and told such that the first line is enough to mend it. The page on the test kit shows how.
class FaultsTest {
    private static final int MOST_LINES = 40;
    private static final int WIDTH = 220;

    private static final Path PAGE = Path.of("../docs/test-kit.md");
    private static final String BEGIN = "<!-- faults -->\n";
    private static final String END = "<!-- end of faults -->";

    private static final Map<String, Seq<Check.Result>> FAILED = new ConcurrentHashMap<>();

    /**
     * A fault.
     *
     * @param where of what kind it is
     * @param hint what the first line of a failure has to say
     * @param run runs the suite
     */
    private record Planted(String where, String what, String hint, Supplier<ConformanceReport> run) {
        static Planted of(String where, InventedFaults.Fault fault) {
            return new Planted(
                    where,
                    fault.what(),
                    fault.hint(),
                    () -> Suites.withoutRaces(Conformance.of(fault.lifecycle(), fault.system())));
        }

        static Planted of(MirrorFaults.Fault fault) {
            return new Planted(
                    "mirrors",
                    fault.what(),
                    fault.hint(),
                    () -> MirrorConformance.of(MirrorFaults.OBSERVER, fault.system())
                            .run());
        }

        Seq<Check.Result> failed() {
            return FAILED.computeIfAbsent(toString(), fault -> run.get().results(Check.Outcome.FAILED));
        }

        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    static Seq<Planted> faults() {
        return InventedFaults.ofUpdates()
                .map(fault -> Planted.of("updates", fault))
                .appendAll(InventedFaults.ofEvents().map(fault -> Planted.of("events", fault)))
                .appendAll(InventedFaults.ofTheRest().map(fault -> Planted.of("the rest of a job", fault)))
                .appendAll(SlippedFaults.all().map(fault -> Planted.of("names, times, lists", fault)))
                .appendAll(MirrorFaults.all().map(Planted::of));
    }

    private static String firstLine(Check.Result failed) {
        return failed.reason().lines().findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aCheckFindsItAndTheFirstLineSaysWhatToMend(Planted fault) {
        Seq<Check.Result> failed = fault.failed();

        assertFalse(failed.isEmpty());
        assertTrue(
                failed.exists(result -> firstLine(result).contains(fault.hint())),
                () -> failed.map(FaultsTest::firstLine).mkString("\n"));
        failed.forEach(result -> assertTrue(result.toString().lines().count() <= MOST_LINES, result::toString));
        failed.forEach(FaultsTest::assertIsNamedByWhatItRequires);
    }

    // A failing check of each, and the first line of what it says.
    private static String table() {
        StringBuilder table =
                new StringBuilder("| in | fault | found by the check | which says |\n|---|---|---|---|\n");
        faults().forEach(fault -> {
            Check.Result shown = fault.failed()
                    .find(result -> firstLine(result).contains(fault.hint()))
                    .get();
            table.append(List.of(fault.where(), fault.what(), shown.check().toString(), shortened(shown))
                    .map(cell -> cell.replace("|", "\\|"))
                    .mkString("| ", " | ", " |\n"));
        });
        return table.toString();
    }

    // Without what differs in each run: numbers in names, and what threads make of it.
    private static String shortened(Check.Result failed) {
        String line = firstLine(failed).replaceAll("(Jobs/)\\d+", "$1…");
        String same = failed.check().group().equals("concurrent") ? line.replaceAll(", were .*", "") : line;
        return "`"
                + (same.codePointCount(0, same.length()) > WIDTH
                        ? same.substring(0, same.offsetByCodePoints(0, WIDTH)) + "…"
                        : same)
                + "`";
    }

    @Test
    void thePageShowsHowEachIsFound() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = "\n" + table() + "\n";

        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertEquals(page.substring(begin, end), table, "run with -Dupdate.docs");
        }
    }

    private static void assertIsNamedByWhatItRequires(Check.Result failed) {
        Requirement requirement = failed.error().requirement();
        String name = failed.check().name();
        switch (requirement) {
            case ILLEGAL_REFUSED ->
                assertTrue(
                        failed.check().group().equals("by themselves")
                                || failed.error().rules().exists(rule -> name.contains(rule.toString())),
                        failed::toString);
            case LEGAL_ACCEPTED ->
                assertTrue(
                        Vector.of(Rule.values()).forAll(rule -> !name.startsWith(rule.toString())), failed::toString);
            default -> {}
        }
    }

    @Test
    void anEdgeThatIsExcludedIsNotTakenByItself() {
        JobLifecycle lifecycle = AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED);
        Seq<Check.Result> failed = Suites.withoutRaces(Conformance.of(lifecycle, SlippedFaults::pausesByItself))
                .results(Check.Outcome.FAILED);
        assertTrue(
                failed.exists(result -> result.reason()
                        .startsWith(
                                "legal-by-itself, RUNNING -> PAUSED, by itself: no path of the lifecycle leads there")),
                failed::toString);
    }
}
