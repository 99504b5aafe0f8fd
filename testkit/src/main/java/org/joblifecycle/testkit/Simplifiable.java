package org.joblifecycle.testkit;

import java.util.stream.Stream;

/**
 * A drawn value that knows similar values that are simpler: a failing test is shrunk to a short example by these.
 *
 * @param <T> the type of the value itself
 */
public interface Simplifiable<T extends Simplifiable<T>> {
    /** Simpler values, the simplest first; each has a smaller {@link #size}, so shrinking ends. */
    Stream<T> simpler();

    /** How complex this value is; not negative. */
    long size();
}
