/** What the lifecycle costs, measured by JMH beside others that do the same. */
@NullMarked
package org.joblifecycle.benchmark;

import org.jspecify.annotations.NullMarked;
