/**
 * The test kit for JUnit: the conformance suites as classes to extend, for schedulers and emulators {@link
 * org.joblifecycle.testkit.junit.ConformanceTest}, for mirrors {@link org.joblifecycle.testkit.junit.MirrorTest}.
 */
@NullMarked
package org.joblifecycle.testkit.junit;

import org.jspecify.annotations.NullMarked;
