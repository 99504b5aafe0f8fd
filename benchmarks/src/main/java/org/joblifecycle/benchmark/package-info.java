/** What the lifecycle costs, measured by JMH and compared with other libraries that do the same. */
@NullMarked
package org.joblifecycle.benchmark;

import org.jspecify.annotations.NullMarked;
