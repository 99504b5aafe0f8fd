package org.joblifecycle.testkit;

import java.util.stream.Stream;

/**
 * A drawn value that can say which values are simpler and much like it: by these a failing test is shrunk to a short
 * example.
 *
 * @param <T> the type of the value itself
 */
public interface Simplifiable<T extends Simplifiable<T>> {
    /** Simpler values, the simplest first; each has a smaller {@link #size}, so that shrinking ends. */
    Stream<T> simpler();

    /** How much there is to read in this value; not negative. */
    long size();
}
