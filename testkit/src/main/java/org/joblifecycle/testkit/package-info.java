/**
 * A test kit for schedulers, emulators and mirrors of jobs, which needs no test framework.
 *
 * <p>{@link org.joblifecycle.testkit.JobPaths} lists paths through the graph, {@link org.joblifecycle.testkit.History} draws
 * legal histories, {@link org.joblifecycle.testkit.Mutants} makes illegal ones that break exactly one rule, {@link
 * org.joblifecycle.testkit.Coverage} tells what tests cover, and {@link org.joblifecycle.testkit.Conformance} checks a whole
 * {@link org.joblifecycle.testkit.JobSystem}, and {@link org.joblifecycle.testkit.MirrorConformance} a {@link
 * org.joblifecycle.testkit.MirrorSystem}. The kit contains no rule of the lifecycle: what is legal it asks {@link
 * org.joblifecycle.transition.JobLifecycle}.
 */
@NullMarked
package org.joblifecycle.testkit;

import org.jspecify.annotations.NullMarked;
