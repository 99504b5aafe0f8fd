/** The command {@code job-lifecycle emulator}. */
@NullMarked
package org.joblifecycle.emulator.command;

import org.jspecify.annotations.NullMarked;
