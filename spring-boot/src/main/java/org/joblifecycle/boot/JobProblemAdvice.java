package org.joblifecycle.boot;

import io.vavr.collection.Seq;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers refused updates and unreadable jobs with problem details (RFC 9457). An application replaces it with a bean of this type,
 * such as that of a subclass, answers single exceptions itself by an advice of a higher precedence, or switches all of it off by {@code
 * job-lifecycle.problem-details.enabled=false}.
 */
@RestControllerAdvice
@Order(JobProblemAdvice.ORDER)
public class JobProblemAdvice {
    /** Before Boot's own advice, which has 0 and would answer what cannot be read. */
    static final int ORDER = -1;

    /** The advice. */
    public JobProblemAdvice() {}

    /** 409, with all broken rules and the evidence of each. */
    @ExceptionHandler
    public ProblemDetail illegalUpdate(IllegalUpdateException e) {
        Seq<Finding> findings = e.findings();
        ProblemDetail problem = JobProblem.ILLEGAL_UPDATE.detail(
                findings.size() == 1
                        ? findings.head().message()
                        : findings.size() + " broken rules: "
                                + findings.map(Finding::id).mkString(", "));
        problem.setProperty("violations", findings.map(Wire::finding).toJavaList());
        return problem;
    }

    /**
     * 400, with the reason and the field at fault, of what a request has. What the application reads elsewhere, such as an answer of
     * another service, is no fault of the client: its exception stays what it is.
     *
     * @param thrown what Spring has met: {@code e}, or what was caused by it
     */
    @ExceptionHandler(UnreadableJobException.class)
    public ProblemDetail unreadableJob(UnreadableJobException e, Exception thrown) throws Exception {
        boolean isOfRequest = thrown == e
                || thrown instanceof HttpMessageNotReadableException
                || thrown instanceof TypeMismatchException;
        if (!isOfRequest) {
            throw thrown;
        }
        ProblemDetail problem = JobProblem.UNREADABLE_JOB.detail(String.valueOf(e.getMessage()));
        problem.setProperty("reason", e.reason());
        problem.setProperty("field", e.field());
        return problem;
    }
}
