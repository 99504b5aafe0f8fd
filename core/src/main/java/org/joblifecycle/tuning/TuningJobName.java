package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.text.Escaped;

/**
 * The resource name of a tuning job, in parts: {@code projects/{project}/locations/{location}/tuningJobs/{tuning_job}}.
 *
 * @param project the id or number of the project
 * @param location such as {@code us-central1}
 * @param tuningJob the id of the job
 */
public record TuningJobName(String project, String location, String tuningJob) {
    /** How a name is made up. */
    public static final String FORMAT = "projects/{project}/locations/{location}/tuningJobs/{tuning_job}";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is empty or has a slash in it
     */
    public TuningJobName {
        requirePart("project", project);
        requirePart("location", location);
        requirePart("tuningJob", tuningJob);
    }

    private static void requirePart(String what, String part) {
        if (!isPart(requireNonNull(part, what))) {
            throw new IllegalArgumentException(
                    what + " is " + Escaped.quoted(part) + ": expected a text without a slash, and not the empty one");
        }
    }

    private static boolean isPart(String part) {
        return !part.isEmpty() && part.indexOf('/') < 0;
    }

    /** The parts of a name; nothing if it has another form. {@code toJavaOptional()} leads back to the JDK. */
    public static Option<TuningJobName> parse(String name) {
        String[] parts = requireNonNull(name, "name").split("/", -1);
        return Option.when(
                parts.length == 6
                        && parts[0].equals("projects")
                        && isPart(parts[1])
                        && parts[2].equals("locations")
                        && isPart(parts[3])
                        && parts[4].equals(JobKind.TUNING_JOB.collection())
                        && isPart(parts[5]),
                () -> new TuningJobName(parts[1], parts[3], parts[5]));
    }

    /** The name of the location, in which such jobs are created: {@code projects/{project}/locations/{location}}. */
    public String parent() {
        return "projects/" + project + "/locations/" + location;
    }

    /** The whole name. */
    @Override
    public String toString() {
        return parent() + "/" + JobKind.TUNING_JOB.collection() + "/" + tuningJob;
    }
}
