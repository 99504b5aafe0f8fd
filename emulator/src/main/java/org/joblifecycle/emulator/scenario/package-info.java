/** Scripts for jobs: which events happen to a job, and when. What becomes of the job is decided by its lifecycle. */
@NullMarked
package org.joblifecycle.emulator.scenario;

import org.jspecify.annotations.NullMarked;
