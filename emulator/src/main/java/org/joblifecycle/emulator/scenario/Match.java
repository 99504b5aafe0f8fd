package org.joblifecycle.emulator.scenario;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.joblifecycle.emulator.api.JobFields;
import org.joblifecycle.emulator.api.Wildcard;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a scenario is for: those that fulfil all of it. In texts, {@code *} stands for any characters.
 *
 * @param kind null for all
 * @param displayName null for all; of a tuning job, tunedModelDisplayName
 * @param baseModel null for all
 * @param labels labels that the job has, with their values; others do not matter
 */
public record Match(
        @Nullable JobKind kind,
        @Nullable String displayName,
        @Nullable String baseModel,
        Map<String, String> labels) {
    /** All jobs. */
    public static final Match ALL = new Match(null, null, null, Map.of());

    /** Copies the labels. */
    public Match {
        labels = Map.copyOf(requireNonNull(labels, "labels"));
    }

    /** Only jobs of this kind. */
    public Match kind(JobKind kind) {
        return new Match(kind, displayName, baseModel, labels);
    }

    /** Only jobs whose display names are like this. */
    public Match displayName(String displayName) {
        return new Match(kind, displayName, baseModel, labels);
    }

    /** Only jobs with a base model like this. */
    public Match baseModel(String baseModel) {
        return new Match(kind, displayName, baseModel, labels);
    }

    /** Only jobs with this label. */
    public Match label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(key, value);
        return new Match(kind, displayName, baseModel, all);
    }

    /**
     * Whether it is for a job.
     *
     * @param job the fields of the job
     */
    public boolean matches(JobKind jobKind, JsonNode job) {
        return (kind == null || kind == jobKind)
                && isLike(displayName, JobFields.displayName(job).asText())
                && isLike(baseModel, job.path("baseModel").asText())
                && labels.entrySet().stream()
                        .allMatch(label -> job.path("labels").has(label.getKey())
                                && isLike(
                                        label.getValue(),
                                        job.path("labels").path(label.getKey()).asText()));
    }

    private static boolean isLike(@Nullable String pattern, String text) {
        return pattern == null || Wildcard.matches(pattern, text);
    }
}
