/**
 * The test kit for jqwik: arbitraries of jobs, histories, mutants and poll logs
 * ({@link org.joblifecycle.testkit.jqwik.JobArbitraries}), the same as a domain
 * ({@link org.joblifecycle.testkit.jqwik.JobDomain}).
 */
@NullMarked
package org.joblifecycle.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
