package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.function.Consumer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

// What the tries of a property met under a label. What is expected of it is checked once, after the last try:
// jqwik keeps the check of a try unless it is equal to one that it has. These are; lambdas that capture something
// never are.
public record Met(String label) {
    public static Met of(String label, Iterable<?> met) {
        met.forEach(each -> Statistics.label(label).collect(each));
        return new Met(label);
    }

    public static Met one(String label, Object met) {
        return of(label, List.of(met));
    }

    // Each of them at least once.
    public Met all(Iterable<?> expected) {
        return moreThan(0, expected);
    }

    // Each of them more often than this.
    public Met moreThan(int times, Iterable<?> expected) {
        return expect(new MoreThan(times, Vector.ofAll(expected)));
    }

    // The share of each of them in all that is met is more than this.
    public Met morePercentThan(double share, Iterable<?> expected) {
        return expect(new MorePercentThan(share, Vector.ofAll(expected)));
    }

    public Met none(Iterable<?> unexpected) {
        return expect(new None(Vector.ofAll(unexpected)));
    }

    private Met expect(Consumer<StatisticsCoverage> check) {
        Statistics.label(label).coverage(check);
        return this;
    }

    private record MoreThan(int times, Seq<?> expected) implements Consumer<StatisticsCoverage> {
        @Override
        public void accept(StatisticsCoverage coverage) {
            expected.forEach(each -> coverage.check(each).count(count -> count > times));
        }
    }

    private record MorePercentThan(double share, Seq<?> expected) implements Consumer<StatisticsCoverage> {
        @Override
        public void accept(StatisticsCoverage coverage) {
            expected.forEach(each -> coverage.check(each).percentage(percent -> percent > share));
        }
    }

    private record None(Seq<?> unexpected) implements Consumer<StatisticsCoverage> {
        @Override
        public void accept(StatisticsCoverage coverage) {
            unexpected.forEach(each -> coverage.check(each).count(count -> count == 0));
        }
    }
}
