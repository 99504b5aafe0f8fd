package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;

// Every kind in every mode.
public final class Lifecycles {
    private Lifecycles() {}

    public static Seq<JobLifecycle> all() {
        return List.of(Mode.values()).flatMap(Lifecycles::in);
    }

    static Seq<JobLifecycle> in(Mode mode) {
        return List.of(JobKind.values()).map(kind -> JobLifecycle.of(mode, kind));
    }

    static final class Authorities extends JobDomain {
        Authorities() {
            super(in(Mode.AUTHORITY).toJavaArray(JobLifecycle[]::new));
        }
    }
}
