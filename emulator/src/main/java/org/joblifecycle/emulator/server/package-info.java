/** REST and gRPC in front of the same calls. */
@NullMarked
package org.joblifecycle.emulator.server;

import org.jspecify.annotations.NullMarked;
