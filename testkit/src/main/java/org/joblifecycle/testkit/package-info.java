/**
 * What schedulers and emulators of jobs are tested with, without any test framework.
 *
 * <p>{@link org.joblifecycle.testkit.JobPaths} lists ways through the graph,
 * {@link org.joblifecycle.testkit.History} draws legal histories, {@link org.joblifecycle.testkit.Mutants} makes illegal
 * ones that break exactly one rule, {@link org.joblifecycle.testkit.Coverage} tells what was exercised, and
 * {@link org.joblifecycle.testkit.Conformance} checks a whole {@link org.joblifecycle.testkit.JobSystem}. No rule of the
 * lifecycle is in here: what is legal is asked of {@link org.joblifecycle.transition.JobLifecycle}.
 */
@NullMarked
package org.joblifecycle.testkit;

import org.jspecify.annotations.NullMarked;
