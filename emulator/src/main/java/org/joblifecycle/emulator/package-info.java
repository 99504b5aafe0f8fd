/** An emulator of the job services of Vertex AI, for tests: REST and gRPC on loopback. */
@NullMarked
package org.joblifecycle.emulator;

import org.jspecify.annotations.NullMarked;
