/**
 * The test kit for JUnit: the conformance suite as one class to extend
 * ({@link org.joblifecycle.testkit.junit.ConformanceTest}).
 */
@NullMarked
package org.joblifecycle.testkit.junit;

import org.jspecify.annotations.NullMarked;
