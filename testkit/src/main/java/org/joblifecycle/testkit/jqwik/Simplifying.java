package org.joblifecycle.testkit.jqwik;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.joblifecycle.testkit.Simplifiable;

/** A drawn value that jqwik shrinks to the simpler values that the value itself knows. */
record Simplifying<T extends Simplifiable<T>>(T value) implements Shrinkable<T> {
    static <T extends Simplifiable<T>> Arbitrary<T> drawn(Function<Random, T> draw) {
        return Arbitraries.fromGenerator(random -> new Simplifying<>(draw.apply(random)));
    }

    @Override
    public Stream<Shrinkable<T>> shrink() {
        return value.simpler().map(Simplifying::new);
    }

    @Override
    public ShrinkingDistance distance() {
        return ShrinkingDistance.of(value.size());
    }
}
