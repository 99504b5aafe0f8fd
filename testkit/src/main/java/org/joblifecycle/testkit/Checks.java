package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.function.Consumer;
import org.joblifecycle.transition.Rule;

/** The list of checks of a system: those of its creation, of updates, of events. */
final class Checks {
    private final Conformance conformance;
    private final DriveChecks updates;
    private final DriveChecks events;

    Checks(Conformance conformance, Precision precision) {
        this.conformance = conformance;
        Seq<Rule> rules = Mutants.of(conformance.lifecycle()).rules();
        this.updates = new UpdateChecks(conformance, precision, rules);
        this.events = new EventChecks(conformance, precision, rules);
    }

    Seq<Check> all() {
        Check creation = new Check("creation", Requirement.CREATED + ", creation", () -> {
            if (conformance.first().isLeft()) {
                throw conformance.first().getLeft();
            }
        });
        if (conformance.first().isLeft()) {
            return List.of(creation, Check.notTested("everything else", "updates and events", "no job can be created"));
        }
        Vector<Check> all = Vector.of(
                        creation,
                        unknown("an unknown name", session -> session.unknown().read()),
                        unknown(
                                "the name of a job of another kind",
                                session -> session.unknown().readOtherKinds()))
                .appendAll(
                        conformance.can(UPDATE_DRIVEN)
                                ? List.of(unknown(
                                        "an update of an unknown name",
                                        session -> session.unknown().offer(updates.firstEdges())))
                                : List.empty())
                .appendAll(
                        conformance.can(EVENT_DRIVEN)
                                ? List.of(unknown(
                                        "events of an unknown name",
                                        session -> session.unknown().fire()))
                                : List.empty())
                .appendAll(of(updates, UPDATE_DRIVEN))
                .appendAll(of(events, EVENT_DRIVEN))
                .appendAll(new RestChecks(
                                conformance,
                                List.of(updates, events)
                                        .zip(List.of(UPDATE_DRIVEN, EVENT_DRIVEN))
                                        .filter(drive -> conformance.can(drive._2()))
                                        .map(drive -> drive._1()))
                        .all())
                .appendAll(new ClockChecks(conformance, updates, events).all());
        return conformance.can(NAMES_BROKEN_RULE)
                ? all
                : all.append(Check.undeclared("refusals", Requirement.RULE_NAMED.toString(), NAMES_BROKEN_RULE));
    }

    private Check unknown(String what, Consumer<Session> use) {
        return new Check(
                "creation", Requirement.UNKNOWN_ABSENT + ", " + what, () -> conformance.using(Starts.of(what), use));
    }

    private Seq<Check> of(DriveChecks checks, Capability drive) {
        return conformance.can(drive) ? checks.all() : List.of(Check.undeclared(checks.name(), "all", drive));
    }

    /** The rules that some check breaks, so that they can be covered. */
    Seq<Rule> breakable() {
        return (conformance.can(UPDATE_DRIVEN) ? updates : events).breakable();
    }
}
