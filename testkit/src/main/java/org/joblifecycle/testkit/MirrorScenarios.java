package org.joblifecycle.testkit;

import io.vavr.Tuple;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.function.Function;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.MirrorScript.Poll;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;

/** What a mirror is shown: polls that end with those that are judged. */
final class MirrorScenarios {
    /** Over an odd number of nanoseconds, so that times that are cut or rounded are found. */
    private static final int FRACTION = 123_456_789;

    private final JobLifecycle observer;
    private final Precision precision;
    private final JobLifecycle service;
    private final JobPaths paths;
    private final String name;

    /**
     * Some polls.
     *
     * @param group what it is about
     * @param title tells it from others of its group; scenarios of the same title make one check
     */
    record Scenario(String group, Function<MirrorAspect, String> title, Seq<Poll> polls) {}

    MirrorScenarios(JobLifecycle observer, Precision precision) {
        this.observer = observer;
        this.precision = precision;
        this.service = JobLifecycle.authority(observer.kind());
        this.paths = JobPaths.of(service);
        this.name = History.name(observer.kind(), 1);
    }

    Seq<Scenario> all() {
        return Vector.of(
                        pairsOfStates(),
                        brokenRules(),
                        severalRules(),
                        repeats(),
                        stale(),
                        inPart(),
                        endsAgain(),
                        MirrorConformance.canRename(observer) ? otherNames() : List.<Scenario>empty(),
                        severalJobs(),
                        times())
                .flatMap(scenarios -> scenarios);
    }

    private Seq<Scenario> pairsOfStates() {
        Seq<Scenario> first = paths.toStates()
                .map(path -> scenario("every pair of states", "first observed " + path.target(), 0, at(path)));
        Vector<JobState> states = Vector.of(JobState.values());
        return first.appendAll(states.flatMap(from -> states.map(to -> {
            JobSnapshot before = at(pathTo(from, to));
            return new Scenario(
                    "every pair of states",
                    aspect -> from + " -> "
                            + (aspect == MirrorAspect.NOTIFIED && !to.isTerminal() ? "an active state" : to),
                    polls(1, before, after(before, to)));
        })));
    }

    /** A path to a state, such that the job can go on to another one, if it can. */
    private JobPath pathTo(JobState from, JobState to) {
        Seq<JobPath> all = paths.toStatesStartedOrNot().filter(path -> path.target() == from);
        return all.find(path -> paths.from(at(path)).to(to).isDefined()).getOrElse(all::head);
    }

    private Seq<Scenario> brokenRules() {
        Seq<Mutant> all = Mutants.of(observer, precision).all();
        // Each rule at each change of state, and each change that breaks it: what differs besides, random poll logs
        // try.
        return all.distinctBy(MirrorScenarios::ruleAndStates)
                .appendAll(all.distinctBy(mutant -> Tuple.of(mutant.rule(), mutant.change())))
                .distinct()
                .sortBy(Mutant::rule)
                .flatMap(mutant -> {
                    String rule = mutant.rule() + " is broken";
                    Seq<JobSnapshot> broken = mutant.before().toList().append(mutant.after());
                    return List.of(
                            new Scenario(
                                    "every rule",
                                    aspect -> aspect == MirrorAspect.WARNED
                                            ? mutant.toString().substring((mutant.rule() + ", ").length())
                                            : rule,
                                    polls(broken.size() - 1, broken)),
                            scenario(
                                    "after a broken rule",
                                    "the same again, and a later answer, after " + mutant.rule(),
                                    broken.size(),
                                    broken.append(mutant.after()).append(touched(mutant.after()))));
                });
    }

    private static Object ruleAndStates(Mutant mutant) {
        return Tuple.of(
                mutant.rule(),
                mutant.before().map(JobSnapshot::state),
                mutant.after().state());
    }

    private Seq<Scenario> severalRules() {
        Neighbours neighbours = new Neighbours(observer, precision);
        return paths.toEdges()
                .map(this::life)
                .flatMap(life -> {
                    JobSnapshot before = life.init().last();
                    return neighbours
                            .faultsOfSeveralRules(before, life.last())
                            .distinctBy(fault -> fault._1())
                            .map(fault -> scenario(
                                    "several rules",
                                    before.state() + " -> " + fault._2().job().state() + ": "
                                            + fault._2().change(),
                                    1,
                                    before,
                                    fault._2().job()));
                })
                .distinctBy(scenario -> MirrorStep.of(
                                observer,
                                scenario.polls().head().answer(),
                                scenario.polls().last().answer())
                        .broken());
    }

    private Seq<Scenario> repeats() {
        return paths.toStates()
                .map(this::at)
                .map(job -> scenario("the same again", job.state() + " three times", 1, job, job, job));
    }

    private Seq<Scenario> stale() {
        return paths.toStates().reject(path -> path.size() == 0).map(path -> {
            JobSnapshot job = at(path);
            Instant barely = job.notBefore(Instant.MIN).minus(1, precision.of(JobField.UPDATE_TIME));
            return scenario(
                    "older answers",
                    "older ones after " + job.state(),
                    1,
                    life(path).init().prepend(job.withUpdateTime(barely)).prepend(job));
        });
    }

    private Seq<Scenario> inPart() {
        String group = "answers in part";
        return paths.toStates().flatMap(path -> {
            JobSnapshot job = at(path);
            JobSnapshot part = job.withUpdateTime(null);
            String what = job.state() + " without updateTime";
            Seq<Scenario> always = List.of(
                    scenario(group, "first observed " + what, 0, part),
                    scenario(group, what, 1, job, part),
                    scenario(group, "a newer answer after " + what, 2, job, part, touched(job)));
            if (path.size() == 0) {
                return always;
            }
            JobSnapshot older = life(path).init().last();
            return always.appendAll(List.of(
                    scenario(group, older.state() + " -> " + what, 1, older, part),
                    scenario(group, "an older answer after " + what, 2, job, part, older),
                    scenario(
                            group,
                            "a newer answer after " + what + " and an older answer",
                            3,
                            job,
                            part,
                            older,
                            touched(job))));
        });
    }

    private Seq<Scenario> endsAgain() {
        String group = "ends";
        JobSnapshot running = at(paths.to(JobState.RUNNING).get());
        Seq<Scenario> twice = paths.toStates()
                .map(JobPath::target)
                .filter(JobState::isTerminal)
                .map(end -> {
                    JobSnapshot ended = after(running, end);
                    JobSnapshot resumed = running.withUpdateTime(touched(ended).updateTime());
                    JobSnapshot again = ended.withUpdateTime(touched(resumed).updateTime());
                    return scenario(group, end + ", RUNNING, " + end, 2, ended, resumed, again);
                });
        JobSnapshot failed = after(running, JobState.FAILED);
        return twice.append(scenario(group, "FAILED, and the error later", 1, failed.withError(null), touched(failed)));
    }

    private Seq<Scenario> otherNames() {
        String group = "names in answers";
        JobSnapshot job = at(paths.to(JobState.RUNNING).get());
        JobSnapshot later = touched(job);
        JobSnapshot ended = after(job, JobState.SUCCEEDED);
        return List.of(name + "0", "").flatMap(other -> {
            String what = other.isEmpty() ? "no name" : "another name";
            return List.of(
                    scenario(group, "first observed with " + what, 0, job.withName(other)),
                    scenario(group, "an answer with " + what, 1, job, later.withName(other)),
                    scenario(
                            group,
                            "a second answer with " + what,
                            2,
                            job,
                            later.withName(other),
                            touched(later).withName(other)),
                    scenario(
                            group,
                            "an answer with the name that was asked for, after one with " + what,
                            2,
                            job,
                            later.withName(other),
                            touched(later)),
                    scenario(group, "an end with " + what, 1, job, ended.withName(other)));
        });
    }

    private Seq<Scenario> severalJobs() {
        Seq<Seq<JobSnapshot>> lives = paths.toStates()
                .reject(path -> path.size() == 0)
                .map(this::life)
                .reverse();
        return List.of(
                scenario(
                        "several jobs",
                        "one job to each state, interleaved",
                        Vector.range(1, lives.size() + 1)
                                .map(number -> History.name(observer.kind(), number))
                                .zip(lives)
                                .map(job -> job._2().map(answer -> answer.withName(job._1())))),
                scenario(
                        "several jobs",
                        "jobs whose names are alike",
                        JobNames.namesLike(name)
                                .zip(lives)
                                .map(job -> job._2().map(answer -> answer.withName(job._1())))));
    }

    /**
     * Jobs whose names are alike, to different ends, one after another; the last poll observes an end. A name in an answer is
     * another one, if the observer has a rule for that.
     */
    Seq<Poll> someJobs() {
        Seq<String> names =
                JobNames.namesLike(name).sliding(1, 3).flatMap(each -> each).toVector();
        Seq<Poll> polls = names.zip(
                        paths.toStates().filter(path -> path.target().isTerminal()))
                .flatMap(job -> life(job._2()).map(answer -> new Poll(job._1(), answer.withName(job._1()), true)));
        Poll last = polls.last();
        String other = MirrorConformance.canRename(observer) ? last.name() + "0" : last.name();
        return polls.append(new Poll(last.name(), touched(last.answer()).withName(other), true))
                .append(new Poll(name + "1", at(paths.to(JobState.FAILED).get()).withName(name + "1"), true));
    }

    /** The first answer of each life, then the second of each, and so on; all are judged. */
    private static Scenario scenario(String group, String title, Seq<Seq<JobSnapshot>> lives) {
        int longest = lives.map(Seq::size).max().get();
        return new Scenario(
                group,
                aspect -> title,
                Vector.range(0, longest)
                        .flatMap(at -> lives.flatMap(life -> life.drop(at).take(1)))
                        .map(answer -> new Poll(String.valueOf(answer.name()), answer, true)));
    }

    private Seq<Scenario> times() {
        JobPath path = new JobPath(
                JobState.UNSPECIFIED,
                List.of(
                        JobTransition.UNSPECIFIED_TO_PENDING,
                        JobTransition.PENDING_TO_RUNNING,
                        JobTransition.RUNNING_TO_PAUSED,
                        JobTransition.PAUSED_TO_RUNNING,
                        JobTransition.RUNNING_TO_SUCCEEDED));
        Seq<Scenario> starts =
                Starts.ALL.map(start -> scenario("times", "from " + start + " on", 0, life(path, start)));
        return starts.appendAll(paths.toStates()
                .map(this::at)
                .filter(job -> job.startTime() != null || job.endTime() != null)
                .map(job -> scenario(
                        "times",
                        "startTime and endTime of " + job.state() + " in whole seconds",
                        0,
                        inWholeSeconds(job))));
    }

    /** All in the second in which the job was created. */
    private static JobSnapshot inWholeSeconds(JobSnapshot job) {
        Instant created = job.createTime();
        return History.cut(job.withStartTime(job.startTime() == null ? null : created)
                .withEndTime(job.endTime() == null ? null : created));
    }

    private Scenario scenario(String group, String title, int setUp, JobSnapshot... answers) {
        return scenario(group, title, setUp, Vector.of(answers));
    }

    private Scenario scenario(String group, String title, int setUp, Seq<JobSnapshot> answers) {
        return new Scenario(group, aspect -> title, polls(setUp, answers));
    }

    private Seq<Poll> polls(int setUp, JobSnapshot... answers) {
        return polls(setUp, Vector.of(answers));
    }

    /** Polls of one job, of which the first ones are not judged. */
    private Seq<Poll> polls(int setUp, Seq<JobSnapshot> answers) {
        return answers.zipWithIndex((answer, number) -> new Poll(name, answer, number >= setUp));
    }

    private JobSnapshot at(JobPath path) {
        return life(path).last();
    }

    private Seq<JobSnapshot> life(JobPath path) {
        return life(path, Starts.ALL.head());
    }

    private Seq<JobSnapshot> life(JobPath path, Instant start) {
        Instant odd = start.plusNanos(FRACTION).truncatedTo(precision.of(JobField.UPDATE_TIME));
        JobSnapshot first = JobSnapshot.of(name, JobState.UNSPECIFIED).withUpdateTime(odd);
        return History.along(service, first, path).snapshots();
    }

    private static JobSnapshot touched(JobSnapshot job) {
        return job.withUpdateTime(job.notBefore(History.BEGINNING).plusSeconds(1));
    }

    /** The job in another state: on the shortest path there, or, if there is none, with as few broken rules as possible. */
    private JobSnapshot after(JobSnapshot job, JobState to) {
        JobSnapshot later = touched(job);
        if (job.state() == to) {
            return later;
        }
        return paths.from(job)
                .to(to)
                .map(path -> History.along(service, job, path).last())
                .getOrElse(() -> new Candidates(observer, precision).moved(job, to, later.notBefore(Instant.MIN)));
    }
}
