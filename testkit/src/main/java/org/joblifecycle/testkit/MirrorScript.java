package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.job.JobSnapshot;

/** Polls of some jobs, one after another. */
sealed interface MirrorScript {
    /** The polls, in order. */
    Seq<Poll> polls();

    /** Scripts with less in them, the simplest first. */
    Stream<? extends MirrorScript> simpler();

    /**
     * A poll.
     *
     * @param name the name that is asked for
     * @param answer the job in the answer
     * @param isJudged whether what the mirror makes of it is what the script is for, or else only has to be right before
     */
    record Poll(String name, JobSnapshot answer, boolean isJudged) {}

    /** Exactly these polls. */
    record Exact(Seq<Poll> polls) implements MirrorScript {
        @Override
        public Stream<Exact> simpler() {
            return Shorter.of(polls)
                    .filter(fewer -> fewer.exists(Poll::isJudged))
                    .map(Exact::new);
        }
    }

    /**
     * What is observed of one job that was drawn.
     *
     * @param answers what is observed
     * @param simpler lives with less in them
     */
    record Life(Seq<JobSnapshot> answers, Supplier<Stream<Life>> simpler) {
        static Life of(PollLog log) {
            return new Life(
                    log.polls().map(PollLog.Poll::job), () -> log.simpler().map(Life::of));
        }

        static Life of(History history) {
            return new Life(history.snapshots(), () -> history.simpler().map(Life::of));
        }

        /** One after the other: a job that seems to begin anew, and so breaks several rules at once. */
        Life then(Life other) {
            return new Life(
                    answers.appendAll(other.answers),
                    () -> Stream.of(
                                    Stream.of(this, other),
                                    simpler.get().map(life -> life.then(other)),
                                    other.simpler.get().map(this::then))
                            .flatMap(lives -> lives));
        }

        /** The same answers without updateTime, so that none of them is stale. */
        Life inPart() {
            return new Life(
                    answers.map(answer -> answer.withUpdateTime(null)),
                    () -> simpler.get().map(Life::inPart));
        }

        /** The broken rule, the same again, and a later answer. */
        static Life of(Mutant mutant) {
            JobSnapshot odd = mutant.after();
            return new Life(
                    mutant.snapshots()
                            .append(odd)
                            .append(odd.withUpdateTime(
                                    odd.notBefore(History.BEGINNING).plusSeconds(1))),
                    () -> mutant.simpler().map(Life::of));
        }
    }

    /**
     * Some jobs, whose polls are mixed.
     *
     * @param names those of the jobs
     * @param lives one for each name
     * @param order a seed, by which the polls are mixed
     */
    record Mixed(Seq<String> names, Seq<Life> lives, long order) implements MirrorScript {
        @Override
        public Seq<Poll> polls() {
            Random random = new Random(order);
            Vector<Seq<Poll>> left = lives.zip(names)
                    .<Seq<Poll>>map(life ->
                            life._1().answers().map(answer -> new Poll(life._2(), renamed(answer, life._2()), true)))
                    .toVector();
            Vector<Poll> polls = Vector.empty();
            while (left.exists(rest -> !rest.isEmpty())) {
                int next = random.nextInt(left.size());
                Seq<Poll> rest = left.get(next);
                polls = polls.appendAll(rest.take(1));
                left = left.update(next, rest.drop(1));
            }
            return polls;
        }

        /** The name that histories have is that of the first job. */
        private JobSnapshot renamed(JobSnapshot answer, String name) {
            String given = answer.name();
            return given == null ? answer : answer.withName(given.replace(names.head(), name));
        }

        @Override
        public Stream<MirrorScript> simpler() {
            Stream<MirrorScript> alone = lives.size() == 1
                    ? Stream.empty()
                    : lives.toJavaStream().map(life -> new Mixed(names.take(1), Vector.of(life), order));
            Stream<MirrorScript> plainer = IntStream.range(0, lives.size())
                    .boxed()
                    .flatMap(at ->
                            lives.get(at).simpler().get().map(life -> new Mixed(names, lives.update(at, life), order)));
            return Stream.of(alone, plainer, new Exact(polls()).simpler()).flatMap(each -> each);
        }
    }
}
