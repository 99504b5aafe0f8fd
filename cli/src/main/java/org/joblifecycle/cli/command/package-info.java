/**
 * What commands are made of: the console, options and exit codes, and the reports of an audit. The module {@code flink} has a
 * command too.
 */
@NullMarked
package org.joblifecycle.cli.command;

import org.jspecify.annotations.NullMarked;
