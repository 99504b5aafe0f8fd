/**
 * The lifecycle in an application of Spring Boot: lifecycles by properties, jobs as JSON, problem details, the store in Spring's
 * transactions, meters and an endpoint of the actuator. Each auto-configuration backs off where its library is missing or the
 * application has a bean of its own.
 */
@NullMarked
package org.joblifecycle.boot;

import org.jspecify.annotations.NullMarked;
