/**
 * Google's own messages: {@link org.joblifecycle.protobuf.JobProtobuf} makes snapshots of any job that Google's client answers, and
 * {@link org.joblifecycle.protobuf.TuningJobProtobuf} makes whole tuning jobs, without a loss. Both lead back too.
 *
 * <p>They work on the descriptors of the messages: generated ones and {@link com.google.protobuf.DynamicMessage}s, of v1 and of
 * v1beta1. protobuf-java is not a dependency of this artifact: it is that of the client which the caller has.
 */
@NullMarked
package org.joblifecycle.protobuf;

import org.jspecify.annotations.NullMarked;
