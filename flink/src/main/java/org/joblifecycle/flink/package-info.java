/**
 * The audit of jobs on Apache Flink: the step that audits, sources and sinks around it, and the serializers of its state. It
 * holds no rule: {@link org.joblifecycle.transition.JobLifecycle} decides.
 */
@NullMarked
package org.joblifecycle.flink;

import org.jspecify.annotations.NullMarked;
