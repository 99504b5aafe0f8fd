package org.joblifecycle.boot;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;

/** Starts controllers: the annotation of Spring Boot 4. */
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest
@interface WebSlice {}
