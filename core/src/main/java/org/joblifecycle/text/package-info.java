/** How text from outside is written in messages. Exported to the modules of this project only: it is no public API. */
@NullMarked
package org.joblifecycle.text;

import org.jspecify.annotations.NullMarked;
