/** Meters for Micrometer: {@link org.joblifecycle.metrics.JobLifecycleMetrics} counts what lifecycles answer. */
@NullMarked
package org.joblifecycle.metrics;

import org.jspecify.annotations.NullMarked;
