package org.joblifecycle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;

class AuditProperties {
    // A line of an input: of a job, or one that cannot be read.
    record Line(String text, String job) {}

    // A finding: the index of the snapshot in the history of its job, and what was found.
    record Found(int snapshot, String rule, String message) {}

    @Property(tries = 200)
    @StatisticsReport(StatisticsReportMode.OFF)
    void findingsOfAJobDoNotDependOnTheLinesOfOtherJobs(
            @ForAll("fleets") List<List<JobSnapshot>> fleet, @ForAll Mode mode, @ForAll Random random) {
        Map<String, List<Found>> expected = new HashMap<>();
        for (List<JobSnapshot> history : fleet) {
            String name = history.get(0).name();
            JobKind kind = JobKind.of(name).get();
            JobLifecycle lifecycle = mode == Mode.OBSERVER ? JobLifecycle.observer(kind) : JobLifecycle.authority(kind);
            int snapshot = 0;
            for (Verdict verdict : lifecycle.replay(history)) {
                for (var violation : verdict.violations()) {
                    expected.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(new Found(snapshot, violation.rule().id(), violation.message()));
                    Statistics.label("found").collect(mode, violation.rule());
                }
                snapshot++;
            }
        }
        assertEquals(expected, audit(mix(fleet, random), mode));
        assertEquals(expected, audit(mix(fleet, random), mode));
        Statistics.label("found").coverage(AuditProperties::checkAllButNameChanged);
    }

    private static void checkAllButNameChanged(StatisticsCoverage coverage) {
        for (Rule rule : Rule.values()) {
            if (rule != Rule.NAME_CHANGED) {
                coverage.check(Mode.OBSERVER, rule).count(count -> count > 0);
                coverage.check(Mode.AUTHORITY, rule).count(count -> count > 0);
            }
        }
    }

    private static List<Line> mix(List<List<JobSnapshot>> fleet, Random random) {
        List<Iterator<JobSnapshot>> turns = new ArrayList<>();
        for (List<JobSnapshot> history : fleet) {
            turns.addAll(Collections.nCopies(history.size(), history.iterator()));
        }
        Collections.shuffle(turns, random);
        List<Line> lines = new ArrayList<>();
        for (Iterator<JobSnapshot> turn : turns) {
            JobSnapshot job = turn.next();
            lines.add(new Line(JobJson.write(job), job.name()));
            if (random.nextInt(4) == 0) {
                String text = random.nextBoolean() ? " " : "{\"name\":\"" + job.name() + "\",\"state\":\"LOST\"}";
                lines.add(new Line(text, ""));
            }
        }
        return lines;
    }

    private static Map<String, List<Found>> audit(List<Line> lines, Mode mode) {
        StringBuilder input = new StringBuilder();
        lines.forEach(line -> input.append(line.text()).append('\n'));
        Cli.Result result = Cli.check(input.toString(), "--format=json", "--mode=" + Converters.of(mode));
        Map<String, List<Found>> found = new HashMap<>();
        for (String text : result.lines().subList(0, result.lines().size() - 1)) {
            Map<String, String> finding = parse(text);
            int at = Integer.parseInt(finding.get("line")) - 1;
            String job = lines.get(at).job();
            if (!job.isEmpty()) {
                assertEquals(job, finding.get("job"));
                int snapshot = (int) lines.subList(0, at).stream()
                        .filter(line -> line.job().equals(job))
                        .count();
                found.computeIfAbsent(job, n -> new ArrayList<>())
                        .add(new Found(snapshot, finding.get("rule"), finding.get("message")));
            }
        }
        return found;
    }

    private static Map<String, String> parse(String json) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
                    members.put(parser.currentName(), parser.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }

    @Provide
    Arbitrary<List<List<JobSnapshot>>> fleets() {
        List<Arbitrary<Seq<JobSnapshot>>> histories = new ArrayList<>();
        for (JobKind kind : JobKind.values()) {
            JobArbitraries authority = JobArbitraries.of(JobLifecycle.authority(kind));
            JobArbitraries observer = JobArbitraries.of(JobLifecycle.observer(kind));
            histories.add(authority.anyHistories());
            histories.add(authority.mutants().map(Mutant::snapshots));
            histories.add(observer.mutants().map(Mutant::snapshots));
        }
        return Arbitraries.oneOf(histories).list().ofMinSize(1).ofMaxSize(4).map(AuditProperties::named);
    }

    // Each history is that of a job of its own, which has its name in every snapshot.
    private static List<List<JobSnapshot>> named(List<Seq<JobSnapshot>> histories) {
        List<List<JobSnapshot>> fleet = new ArrayList<>();
        for (Seq<JobSnapshot> history : histories) {
            String name = history.map(JobSnapshot::name).find(Objects::nonNull).get() + "-" + fleet.size();
            fleet.add(history.map(job -> job.withName(name)).toJavaList());
        }
        return fleet;
    }
}
