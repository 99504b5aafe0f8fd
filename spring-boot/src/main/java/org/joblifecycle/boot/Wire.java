package org.joblifecycle.boot;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vavr.control.Option;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * The form that each type of the lifecycle has in JSON, for the two Jacksons and for problem details. What is written is made of
 * strings, numbers, lists and maps, so that any mapper can write it, in any format; or it is {@link Json}.
 */
final class Wire {
    /** What is a string in JSON, and can be the key of a map. */
    record Name<T>(Class<T> type, Function<T, String> writer, Function<String, T> reader) {}

    /** The form of what this library writes as JSON itself. */
    record Json(String text) {}

    /** What is only written. */
    record Written<T>(Class<T> type, Function<T, Object> writer) {}

    /**
     * What is read, too.
     *
     * @param reader makes a value of the text of its JSON
     */
    record Form<T>(Class<T> type, Function<T, Object> writer, Function<String, T> reader) {}

    static final List<Name<?>> NAMES = List.of(
            new Name<>(JobState.class, JobState::wireName, Wire::wireState),
            new Name<>(JobEvent.class, JobEvent::name, Wire::event),
            new Name<>(JobKind.class, JobKind::resource, Wire::kind),
            new Name<>(Rule.class, Rule::id, Wire::rule));

    static final List<Written<?>> WRITTEN =
            List.of(new Written<>(Finding.class, Wire::finding), new Written<>(Verdict.class, Wire::verdict));

    private Wire() {}

    /**
     * The forms of jobs and errors.
     *
     * @param fallback the kind of a job whose name tells none
     */
    static List<Form<?>> forms(JobKind fallback) {
        return List.of(
                new Form<>(JobSnapshot.class, job -> snapshot(job, fallback), json -> snapshot(json, fallback)),
                new Form<>(JobError.class, Wire::error, Wire::error),
                new Form<>(TuningJob.class, job -> new Json(TuningJobJson.write(job)), Wire::tuningJob));
    }

    private static <E extends Enum<E>> E constant(String what, Class<E> type, Function<E, String> names, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> names.apply(each).equals(text))
                .findFirst()
                .orElseThrow(() -> new UnreadableJobException(
                        what + "-unknown",
                        what,
                        what + " " + Escaped.quoted(text) + " is unknown: expected "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(names)
                                        .collect(Collectors.joining(", "))));
    }

    /** What is found where a string was expected. */
    static UnreadableJobException noName(Class<?> type, String json) {
        String what = type.getSimpleName().replace("Job", "").toLowerCase(Locale.ROOT);
        return new UnreadableJobException(
                "malformed-json", what, what + " is " + Escaped.shortened(json) + ": expected a string");
    }

    // Reading

    /** The state of this wire name, or of this constant: a parameter of a request may have either. */
    static JobState state(String text) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseGet(() -> constant("state", JobState.class, JobState::wireName, text));
    }

    private static JobState wireState(String text) {
        return member("state", '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
                .state();
    }

    static JobEvent event(String text) {
        return constant("event", JobEvent.class, JobEvent::name, text);
    }

    private static JobKind kind(String text) {
        return constant("kind", JobKind.class, JobKind::resource, text);
    }

    static Rule rule(String text) {
        return constant("rule", Rule.class, Rule::id, text);
    }

    private static JobError error(String json) {
        JobError error = member("error", json).error();
        return error == null ? JobError.of(0) : error;
    }

    /** A job with this member, which is read as that of a job is. */
    private static JobSnapshot member(String field, String json) {
        return snapshot("{\"name\":\"?\",\"state\":0,\"" + field + "\":" + json + "}", JobKind.TUNING_JOB);
    }

    private static JobSnapshot snapshot(String json, JobKind fallback) {
        return JobJson.read(json, fallback)
                .fold(
                        why -> {
                            throw unreadable(why);
                        },
                        job -> job);
    }

    private static TuningJob tuningJob(String json) {
        return TuningJobJson.read(json)
                .fold(
                        faults -> {
                            throw new UnreadableJobException(
                                    "field-unreadable",
                                    faults.head().path(),
                                    faults.map(UnreadableField::message).mkString("; "));
                        },
                        job -> job);
    }

    private static UnreadableJobException unreadable(Unreadable why) {
        return new UnreadableJobException(
                why.reason().id(),
                Option.of(why.field()).map(JobField::wireName).getOrNull(),
                why.message());
    }

    // Writing

    static Map<String, Object> snapshot(JobSnapshot job, JobKind fallback) {
        JobKind kind = JobKind.of(job.name()).getOrElse(fallback);
        Map<String, Object> members = new LinkedHashMap<>();
        for (JobField field : JobField.values()) {
            Object value = plain(field.of(job));
            if (value != null) {
                members.put(field.wireName(kind), value);
            }
        }
        return members;
    }

    private static Object error(JobError error) {
        return error.message().isEmpty()
                ? Map.of("code", error.code())
                : members("code", error.code(), "message", error.message());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JobState state) {
            return state.wireName();
        }
        return value instanceof JobError error ? error(error) : value == null ? null : value.toString();
    }

    static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> members =
                members("rule", finding.id(), "field", finding.path(), "message", finding.message());
        if (finding instanceof Violation violation) {
            members.put("before", plain(violation.before()));
            members.put("after", plain(violation.after()));
        }
        members.put("evidence", evidence(finding.evidence()));
        return members;
    }

    static Map<String, @Nullable Object> evidence(Evidence evidence) {
        Map<String, @Nullable Object> members =
                members("basis", evidence.basis().name().toLowerCase(Locale.ROOT));
        evidence.source().forEach(source -> members.put("source", source.toString()));
        members.put("text", evidence.text());
        if (!evidence.note().isEmpty()) {
            members.put("note", evidence.note());
        }
        return members;
    }

    private static Map<String, @Nullable Object> verdict(Verdict verdict) {
        return members(
                "change",
                verdict.change().id(),
                "legal",
                verdict.isLegal(),
                "violations",
                verdict.violations().map(Wire::finding).toJavaList());
    }

    /** Keys and values in turn. */
    static Map<String, @Nullable Object> members(Object... pairs) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], pairs[i + 1]);
        }
        return members;
    }
}
