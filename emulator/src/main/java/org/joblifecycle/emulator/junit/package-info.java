/** The emulator in tests with JUnit Jupiter, which the test has to bring. */
@NullMarked
package org.joblifecycle.emulator.junit;

import org.jspecify.annotations.NullMarked;
