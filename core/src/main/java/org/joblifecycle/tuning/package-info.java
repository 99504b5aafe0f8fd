/**
 * The {@code TuningJob} resource of Vertex AI as a value: its 16 properties and their parts, typed as the reference
 * documents them, and whatever else came with them. It knows no rule.
 */
@NullMarked
package org.joblifecycle.tuning;

import org.jspecify.annotations.NullMarked;
