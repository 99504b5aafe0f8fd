/** The jobs that the emulator keeps, and what happens to them as time passes. */
@NullMarked
package org.joblifecycle.emulator.job;

import org.jspecify.annotations.NullMarked;
