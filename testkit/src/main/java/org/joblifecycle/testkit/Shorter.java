package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sequences from which something was left out. */
final class Shorter {
    private Shorter() {}

    /** The items without some that follow one another: the shortest rests first, that is the empty one. */
    static <T> Stream<Seq<T>> of(Seq<T> items) {
        return IntStream.iterate(items.size(), gone -> gone > 0, gone -> gone - 1)
                .boxed()
                .flatMap(gone -> IntStream.rangeClosed(0, items.size() - gone)
                        .mapToObj(from -> items.take(from).appendAll(items.drop(from + gone))));
    }
}
