package org.joblifecycle.testkit.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks jobs that a {@link JobDomain} draws with any fields, legal or not: {@code @ForAll @AnyJob JobSnapshot job} or
 * {@code @ForAll @AnyJob TuningJob job}, which may have unknown values of enums too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.ANNOTATION_TYPE})
public @interface AnyJob {}
