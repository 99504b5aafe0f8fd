/**
 * The {@code job-lifecycle} command: checks histories of jobs, explains states and rules, draws the graph. It holds no
 * rule; what it says it asks {@link org.joblifecycle.transition.JobLifecycle} for.
 */
@NullMarked
package org.joblifecycle.cli;

import org.jspecify.annotations.NullMarked;
