package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.Capability.KEEPS_TUNING_JOBS;
import static org.joblifecycle.testkit.Capability.KEEPS_UNKNOWN_FIELDS;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.function.Function;
import org.joblifecycle.job.JobKind;

/** The checks of the fields of a tuning job that the lifecycle does not read: whatever happens to the job, they stay. */
final class RestChecks {
    private static final String GROUP = "the rest of a tuning job";

    private final Conformance conformance;
    private final Seq<DriveChecks> drives;

    /** The checks, in which jobs are driven in these ways. */
    RestChecks(Conformance conformance, Seq<DriveChecks> drives) {
        this.conformance = conformance;
        this.drives = drives;
    }

    Seq<Check> all() {
        if (conformance.lifecycle().kind() != JobKind.TUNING_JOB) {
            return List.empty();
        }
        if (!conformance.can(KEEPS_TUNING_JOBS)) {
            return List.of(Check.undeclared(GROUP, Requirement.REST_UNCHANGED.toString(), KEEPS_TUNING_JOBS));
        }
        boolean keepsUnknown = conformance.can(KEEPS_UNKNOWN_FIELDS);
        Request request = new Request(keepsUnknown ? Request.KNOWN.appendAll(Request.UNKNOWN) : Request.KNOWN);
        Seq<Check> checks = drives.flatMap(drive -> checks(drive, request));
        return keepsUnknown
                ? checks
                : checks.append(
                        Check.undeclared(GROUP, Requirement.REST_UNCHANGED + ", unknown fields", KEEPS_UNKNOWN_FIELDS));
    }

    private Seq<Check> checks(DriveChecks drive, Request request) {
        Function<JobPath, Check> check = path -> {
            String name = Requirement.REST_UNCHANGED + ", "
                    + (path.edges().isEmpty() ? path.target() : path.edges().last()) + " by " + drive.name();
            Seq<Step> steps = drive.along(path.edges()).appendAll(drive.staying(0));
            return new Check(GROUP, name, () -> conformance.checkRest(Starts.of(name), request, steps));
        };
        return drive.toEdges.prepend(JobPath.at(drive.toStates.head().target())).map(check);
    }
}
