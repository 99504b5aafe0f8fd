package org.joblifecycle.boot;

import org.joblifecycle.job.JobKind;
import org.joblifecycle.store.NoSuchJobException;
import org.joblifecycle.store.OvertakenException;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.store.UnstorableJobException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;

/** Answers what a store refuses with problem details, as {@link JobProblemAdvice} does, and is replaced and switched off like it. */
@RestControllerAdvice
@Order(JobProblemAdvice.ORDER)
public class JobStoreProblemAdvice {
    private final JobKind fallback;

    /**
     * The advice.
     *
     * @param properties tell the kind of a job whose name tells none
     */
    public JobStoreProblemAdvice(JobLifecycleProperties properties) {
        this.fallback = properties.fallback();
    }

    /** 412 for a request with If-Match, else 409; with the job as it is stored now, and its version as the ETag. */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> overtaken(OvertakenException e, WebRequest request) {
        StoredJob current = e.current();
        ProblemDetail problem = JobProblem.OVERTAKEN.detail("version " + current.version() + " of " + current.name()
                + " is stored: read the job again, and decide again");
        if (request.getHeader(HttpHeaders.IF_MATCH) != null) {
            problem.setStatus(HttpStatus.PRECONDITION_FAILED);
        }
        problem.setProperty("version", current.version());
        problem.setProperty("job", Wire.snapshot(current.job(), fallback));
        return ResponseEntity.status(problem.getStatus())
                .eTag("\"" + current.version() + "\"")
                .body(problem);
    }

    /** 404. */
    @ExceptionHandler
    public ProblemDetail noSuchJob(NoSuchJobException e) {
        return JobProblem.NO_SUCH_JOB.detail(String.valueOf(e.getMessage()));
    }

    /** 400. */
    @ExceptionHandler
    public ProblemDetail unstorableJob(UnstorableJobException e) {
        return JobProblem.UNSTORABLE_JOB.detail(String.valueOf(e.getMessage()));
    }
}
