/**
 * Keeps jobs: {@link org.joblifecycle.store.JobStore} is what a scheduler programs against, {@link
 * org.joblifecycle.store.JdbcJobStore} keeps them in PostgreSQL or H2, {@link org.joblifecycle.store.InMemoryJobStore} in
 * memory.
 */
@NullMarked
package org.joblifecycle.store;

import org.jspecify.annotations.NullMarked;
