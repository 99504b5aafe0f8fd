package org.joblifecycle.boot;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;

/** Starts controllers: the annotation of Spring Boot 3. */
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest
@interface WebSlice {}
