package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shorter versions of a sequence. */
final class Shorter {
    private Shorter() {}

    /** The items without some that follow one another; the shortest results come first, beginning with the empty one. */
    static <T> Stream<Seq<T>> of(Seq<T> items) {
        return IntStream.iterate(items.size(), removed -> removed > 0, removed -> removed - 1)
                .boxed()
                .flatMap(removed -> IntStream.rangeClosed(0, items.size() - removed)
                        .mapToObj(from -> items.take(from).appendAll(items.drop(from + removed))));
    }
}
