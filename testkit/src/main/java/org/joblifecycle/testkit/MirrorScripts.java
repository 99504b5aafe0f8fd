package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Random;
import org.joblifecycle.transition.JobLifecycle;

/** Draws scripts for mirrors. */
final class MirrorScripts {
    private static final int MOST_JOBS = 3;

    private final JobLifecycle observer;
    private final Mutants mutants;
    private final Seq<String> names;

    MirrorScripts(JobLifecycle observer) {
        this.observer = observer;
        this.mutants = Mutants.of(observer);
        this.names = JobNames.namesLike(History.name(observer.kind(), 1)).append(History.name(observer.kind(), 2));
    }

    MirrorScript draw(Random seed) {
        Random random = History.mixed(seed);
        int jobs = 1 + random.nextInt(MOST_JOBS);
        Seq<String> alike =
                names.tail().rotateLeft(random.nextInt(names.size())).prepend(names.head());
        return new MirrorScript.Mixed(alike.take(jobs), Vector.fill(jobs, () -> life(random)), random.nextLong());
    }

    private MirrorScript.Life life(Random random) {
        return switch (random.nextInt(4)) {
            // Drawn for an observer of all rules: one that excludes some could not tell what is stale.
            case 0 -> MirrorScript.Life.of(PollLog.draw(JobLifecycle.observer(observer.kind()), random));
            case 1 -> history(random);
            case 2 ->
                history(random)
                        .then(history(random).inPart())
                        .then(history(random).inPart());
            default -> MirrorScript.Life.of(mutants.draw(random));
        };
    }

    private MirrorScript.Life history(Random random) {
        return MirrorScript.Life.of(History.draw(observer, random));
    }
}
