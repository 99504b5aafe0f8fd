package org.joblifecycle.boot;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The types of problem that are answered. */
enum JobProblem {
    ILLEGAL_UPDATE(HttpStatus.CONFLICT, "Illegal job update"),
    OVERTAKEN(HttpStatus.CONFLICT, "Another version is stored"),
    NO_SUCH_JOB(HttpStatus.NOT_FOUND, "No such job"),
    UNREADABLE_JOB(HttpStatus.BAD_REQUEST, "Unreadable job"),
    UNSTORABLE_JOB(HttpStatus.BAD_REQUEST, "Job that cannot be stored");

    private final HttpStatus status;
    private final String title;

    JobProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    URI type() {
        return URI.create("urn:job-lifecycle:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    ProblemDetail detail(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type());
        problem.setTitle(title);
        return problem;
    }
}
