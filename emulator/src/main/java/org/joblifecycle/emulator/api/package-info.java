/** What Google's descriptors say of the job services: their methods, paths and fields. */
@NullMarked
package org.joblifecycle.emulator.api;

import org.jspecify.annotations.NullMarked;
