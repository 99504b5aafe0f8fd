package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.joblifecycle.job.JobSnapshot;

/** Several calls at the same time, of which a system may accept one, while somebody else reads the job. */
final class Race {
    /** Nanoseconds between two reads of the job, so that the racing calls are not held up. */
    private static final int READING_PAUSE = 10_000;

    private final SystemCalls calls;
    private final ConcurrentCalls threads;
    private final Transcript transcript;

    Race(SystemCalls calls, ConcurrentCalls threads, Transcript transcript) {
        this.calls = calls;
        this.threads = threads;
        this.transcript = transcript;
    }

    /**
     * Makes the calls.
     *
     * @param statements the numbers of the calls in the transcript
     * @return the index of the call that was accepted
     */
    int winner(String change, JobSnapshot job, Seq<Integer> statements, Seq<Callable<Answer>> racers) {
        AtomicBoolean isOver = new AtomicBoolean();
        Future<Boolean> isAlwaysThere = threads.begin(() -> isThereUntil(isOver, job));
        Seq<Answer> answers;
        try {
            answers = answers(change, statements, racers);
        } finally {
            isOver.set(true);
        }
        Seq<Integer> winners = Vector.range(0, answers.size())
                .filter(index -> answers.get(index).isAccepted());
        if (winners.size() != 1) {
            throw transcript.failure(
                    Requirement.ONE_WINNER,
                    change,
                    List.empty(),
                    winners.size() + " of " + answers.size() + " concurrent calls were accepted, expected exactly one: "
                            + answers.mkString("; "));
        }
        if (!calls.call(change, transcript.read(job), () -> ConcurrentCalls.await(isAlwaysThere))) {
            throw transcript.failure(
                    Requirement.CREATED, change, List.empty(), "a concurrent read did not find the job");
        }
        return winners.head();
    }

    private boolean isThereUntil(AtomicBoolean isOver, JobSnapshot job) throws Exception {
        boolean isThere;
        do {
            isThere = calls.finds(job);
            LockSupport.parkNanos(READING_PAUSE);
        } while (isThere && !isOver.get());
        return isThere;
    }

    private Seq<Answer> answers(String change, Seq<Integer> statements, Seq<Callable<Answer>> racers) {
        Seq<Either<Throwable, Option<Answer>>> said = calls.call(change, null, () -> threads.atOnce(racers));
        statements
                .zip(said)
                .forEach(line -> transcript.answers(
                        line._1(), line._2().fold(e -> "threw " + e, answer -> String.valueOf(answer.getOrNull()))));
        said.filter(Either::isLeft).map(Either::getLeft).headOption().forEach(e -> {
            throw transcript.threw(change, e);
        });
        Seq<Answer> answers = said.flatMap(Either::get);
        if (answers.size() < said.size()) {
            throw calls.answeredNull(change);
        }
        return answers;
    }
}
