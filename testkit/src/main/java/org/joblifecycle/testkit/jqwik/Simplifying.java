package org.joblifecycle.testkit.jqwik;

import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * A drawn value that jqwik shrinks to simpler values.
 *
 * @param simpler the simpler values of a value, the simplest first; each has a smaller size, so shrinking ends
 * @param size how complex a value is; not negative
 */
record Simplifying<T>(T value, Function<T, Stream<T>> simpler, ToLongFunction<T> size) implements Shrinkable<T> {
    static <T> Arbitrary<T> drawn(Function<Random, T> draw, Function<T, Stream<T>> simpler, ToLongFunction<T> size) {
        return Arbitraries.fromGenerator(random -> new Simplifying<>(draw.apply(random), simpler, size));
    }

    @Override
    public Stream<Shrinkable<T>> shrink() {
        return simpler.apply(value).map(each -> new Simplifying<>(each, simpler, size));
    }

    @Override
    public ShrinkingDistance distance() {
        return ShrinkingDistance.of(size.applyAsLong(value));
    }
}
