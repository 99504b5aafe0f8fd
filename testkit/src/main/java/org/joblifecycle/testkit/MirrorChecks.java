package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.MirrorScenarios.Scenario;
import org.joblifecycle.testkit.MirrorScript.Poll;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/** The list of checks of a mirror: what it keeps, what it warns of, what it tells owners. */
final class MirrorChecks {
    private static final int THREADS = 4;

    /** Not every race shows a fault. */
    private static final int RACES = 30;

    private static final String CONCURRENT = "concurrent";

    private final MirrorConformance conformance;
    private final JobLifecycle observer;
    private final MirrorScenarios scenarios;

    MirrorChecks(MirrorConformance conformance, JobLifecycle observer, Precision precision) {
        this.conformance = conformance;
        this.observer = observer;
        this.scenarios = new MirrorScenarios(observer, precision);
    }

    Seq<Check> all() {
        Seq<Scenario> all = scenarios.all();
        Vector<Check> checks = Vector.of(MirrorAspect.values())
                .flatMap(aspect -> ifDeclared(
                        aspect.capability(),
                        aspect.toString(),
                        () -> byName(aspect, all).map(this::check)))
                .append(unknown())
                .appendAll(ifDeclared(MirrorCapability.CONCURRENT, CONCURRENT, this::concurrent));
        return MirrorConformance.canRename(observer)
                ? checks
                : checks.append(Check.notTested(
                        "names in answers", "all", "the lifecycle of the observer excludes " + Rule.NAME_CHANGED));
    }

    private Seq<Check> ifDeclared(@Nullable MirrorCapability capability, String group, Supplier<Seq<Check>> checks) {
        return capability == null || conformance.can(capability)
                ? checks.get()
                : List.of(Check.notTested(group, "all", "the mirror does not declare " + capability));
    }

    /**
     * Scenarios of one name.
     *
     * @param name what they require, and of what
     */
    private record Alike(MirrorAspect aspect, String group, String name, Seq<MirrorScript> scripts) {}

    private Seq<Alike> byName(MirrorAspect aspect, Seq<Scenario> all) {
        Map<String, Alike> byName = LinkedHashMap.empty();
        for (Scenario scenario : all) {
            Alike one = new Alike(
                    aspect,
                    aspect + ": " + scenario.group(),
                    name(aspect, scenario),
                    Vector.of(new MirrorScript.Exact(scenario.polls())));
            byName = byName.put(
                    one.group() + one.name(),
                    one,
                    (known, more) -> new Alike(
                            aspect, known.group(), known.name(), known.scripts().appendAll(more.scripts())));
        }
        return byName.values().toVector();
    }

    /** Such as {@code rule-warned, end-time-required: RUNNING -> SUCCEEDED: endTime removed}. */
    private String name(MirrorAspect aspect, Scenario scenario) {
        java.util.Map<String, JobSnapshot> kept = new HashMap<>();
        MirrorStep last = null;
        for (Poll poll : scenario.polls()) {
            last = MirrorStep.of(observer, kept.get(poll.name()), poll.answer());
            kept.put(poll.name(), last.kept());
        }
        Requirement requirement = requireNonNull(last).requirement(aspect);
        return requirement + ", "
                + (requirement == Requirement.RULE_WARNED ? last.broken().mkString(" and ") + ": " : "")
                + scenario.title().apply(aspect);
    }

    private Check check(Alike alike) {
        Set<MirrorAspect> judged = EnumSet.of(alike.aspect());
        return new Check(alike.group(), alike.name(), () -> {
            Option<Check.NotTested> notTested = Option.none();
            for (MirrorScript script : alike.scripts()) {
                try {
                    conformance.check(judged, script);
                } catch (Check.NotTested e) {
                    notTested = Option.of(e);
                }
            }
            if (notTested.isDefined()) {
                throw notTested.get(); // unless another script fails
            }
        });
    }

    private Check unknown() {
        Set<MirrorAspect> judged = withoutWarnings();
        String name = Requirement.UNKNOWN_ABSENT + ", names that were never asked for";
        return new Check(
                "unknown names",
                name,
                () -> conformance.using(mirror -> {
                    MirrorSession session = conformance.session(mirror, judged);
                    Seq<Poll> polls = scenarios.someJobs();
                    Seq<String> names = polls.map(Poll::name).distinct();
                    session.requireAbsent(names);
                    session.observe(polls.map(poll -> new Poll(poll.name(), poll.answer(), false)));
                    session.requireAbsent(JobNames.namesLike(names.head()).removeAll(names));
                }));
    }

    /** What several threads warn of depends on which is first. */
    private Set<MirrorAspect> withoutWarnings() {
        Set<MirrorAspect> aspects = EnumSet.copyOf(conformance.aspects());
        aspects.remove(MirrorAspect.WARNED);
        return aspects;
    }

    private Seq<Check> concurrent() {
        return List.of(
                new Check(
                        CONCURRENT,
                        Requirement.OTHERS_UNCHANGED + ", threads with jobs of their own",
                        () -> conformance.using(mirror -> ConcurrentCalls.inThreads(THREADS, () -> {
                            for (int job = 0; job < RACES; job++) {
                                conformance
                                        .session(mirror, conformance.aspects())
                                        .observe(scenarios.someJobs());
                            }
                        }))),
                new Check(
                        CONCURRENT,
                        (conformance.can(MirrorCapability.NOTIFIES)
                                        ? Requirement.END_NOTIFIED
                                        : Requirement.OBSERVATION_KEPT)
                                + ", threads that observe the same end",
                        () -> conformance.using(mirror -> {
                            for (int race = 0; race < RACES; race++) {
                                conformance
                                        .session(mirror, withoutWarnings())
                                        .observeAtOnce(scenarios.someJobs().last(), THREADS);
                            }
                        })));
    }
}
