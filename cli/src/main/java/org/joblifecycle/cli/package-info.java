/**
 * The {@code job-lifecycle} command: checks histories of jobs, explains states and rules, draws the graph. It holds no
 * rule of its own: it asks {@link org.joblifecycle.transition.JobLifecycle}.
 */
@NullMarked
package org.joblifecycle.cli;

import org.jspecify.annotations.NullMarked;
