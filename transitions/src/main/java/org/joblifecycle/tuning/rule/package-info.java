/**
 * The rules of the fields of a {@link org.joblifecycle.tuning.TuningJob}, and the lifecycle and the fields of a tuning job
 * checked together: {@link org.joblifecycle.tuning.rule.TuningJobLifecycle}.
 */
@NullMarked
package org.joblifecycle.tuning.rule;

import org.jspecify.annotations.NullMarked;
