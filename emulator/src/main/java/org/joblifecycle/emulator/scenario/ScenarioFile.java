package org.joblifecycle.emulator.scenario;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.rpc.Code;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * A file of scenarios and faults, as YAML or JSON.
 *
 * @param scenarios in the order of the file
 * @param faults in the order of the file
 */
public record ScenarioFile(Seq<Scenario> scenarios, Seq<Fault> faults) {
    /** The names of the fields that the lifecycle reads, in the JSON of all kinds. */
    private static final Set<String> LIFECYCLE = Array.of(JobField.values())
            .flatMap(field -> Array.of(JobKind.values()).map(field::wireName))
            .toJavaSet();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * Reads a file.
     *
     * @param text the file
     * @return the scenarios, all of which can happen; or all that is wrong, each with its place in the file
     */
    public static Validation<Seq<String>, ScenarioFile> read(String text) {
        return read(text, Reader::file);
    }

    /**
     * Reads what a file says of the jobs that a scenario is for.
     *
     * @param text such as {@code {kind: CustomJob, displayName: "train-*"}}
     * @return the jobs, or all that is wrong
     */
    public static Validation<Seq<String>, Match> readMatch(String text) {
        return read(text, (reader, root) -> reader.match(root, "the jobs"));
    }

    private static <T> Validation<Seq<String>, T> read(String text, BiFunction<Reader, JsonNode, T> part) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return Validation.invalid(Vector.of(place + "not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("")));
        }
        Reader reader = new Reader();
        T read = part.apply(reader, root);
        return reader.faults.isEmpty() ? Validation.valid(read) : Validation.invalid(Vector.ofAll(reader.faults));
    }

    /** Reads, and collects what is wrong. */
    private static final class Reader {
        private final List<String> faults = new ArrayList<>();

        ScenarioFile file(JsonNode root) {
            known(root, "the file", "scenarios", "faults");
            Seq<Scenario> scenarios = each(root.path("scenarios"), "scenarios", this::scenario);
            Seq<Fault> goesWrong = each(root.path("faults"), "faults", this::fault);
            scenarios.flatMap(Scenario::faults).forEach(faults::add);
            return new ScenarioFile(scenarios, goesWrong);
        }

        /** Reads the elements of an array that may be absent. */
        private <T> Seq<T> each(JsonNode array, String path, Function<Place, @Nullable T> reader) {
            Vector<T> all = Vector.empty();
            if (!array.isArray()) {
                if (!array.isMissingNode() && !array.isNull()) {
                    faults.add(path + ": expected a list");
                }
                return all;
            }
            for (int i = 0; i < array.size(); i++) {
                T read = reader.apply(new Place(array.get(i), path + "[" + i + "]"));
                if (read != null) {
                    all = all.append(read);
                }
            }
            return all;
        }

        private record Place(JsonNode node, String path) {}

        private void known(JsonNode node, String path, String... keys) {
            if (!node.isObject()) {
                faults.add(path + ": expected keys among " + String.join(", ", keys));
                return;
            }
            for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!Array.of(keys).contains(name)) {
                    faults.add(path + ": unknown key " + name + ": expected one of " + String.join(", ", keys));
                }
            }
        }

        private Scenario scenario(Place place) {
            JsonNode node = place.node();
            known(node, place.path(), "name", "match", "steps", "onCancel");
            String name = node.path("name").asText(place.path());
            Scenario scenario = Scenario.of(
                    name,
                    match(node.path("match"), place.path() + ".match"),
                    steps(node.path("steps"), place.path() + ".steps"));
            return node.has("onCancel")
                    ? scenario.onCancel(steps(node.get("onCancel"), place.path() + ".onCancel"))
                    : scenario;
        }

        private Match match(JsonNode node, String path) {
            if (node.isMissingNode()) {
                return Match.ALL;
            }
            known(node, path, "kind", "displayName", "baseModel", "labels");
            Map<String, String> labels = new TreeMap<>();
            node.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            return new Match(
                    kind(node.path("kind"), path + ".kind"),
                    text(node.path("displayName")),
                    text(node.path("baseModel")),
                    labels);
        }

        private static @Nullable String text(JsonNode node) {
            return node.isValueNode() && !node.isNull() ? node.asText() : null;
        }

        private @Nullable JobKind kind(JsonNode node, String path) {
            return choice(node, path, JobKind.values(), JobKind::resource);
        }

        private <E> @Nullable E choice(JsonNode node, String path, E[] values, Function<E, String> name) {
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            for (E value : values) {
                if (name.apply(value).equals(node.asText())) {
                    return value;
                }
            }
            faults.add(path + ": " + node + ": expected one of "
                    + Array.of(values).map(name).mkString(", "));
            return null;
        }

        private Steps steps(JsonNode node, String path) {
            if (!node.isArray()) {
                faults.add(path + ": expected a list of steps");
                return Steps.none();
            }
            return new Steps(Vector.ofAll(each(node, path, this::step)));
        }

        private Steps.@Nullable Step step(Place place) {
            JsonNode node = place.node();
            String path = place.path();
            if (node.asText().equals("hold")) {
                return new Steps.Holds();
            }
            if (node.isTextual()) {
                return happens(node, Delay.NONE, null, null, path);
            }
            if (node.has("choose")) {
                known(node, path, "choose");
                Seq<Steps.Branch> branches = each(node.get("choose"), path + ".choose", this::branch);
                if (branches.isEmpty()) {
                    faults.add(path + ".choose: expected at least one branch");
                    return null;
                }
                return new Steps.Chooses(branches);
            }
            known(node, path, "after", "event", "error", "set");
            return happens(
                    node.path("event"),
                    delay(node.path("after"), path + ".after"),
                    error(node.path("error"), path + ".error"),
                    set(node.path("set"), path + ".set"),
                    path + ".event");
        }

        private Steps.@Nullable Happens happens(
                JsonNode node, Delay delay, @Nullable JobError error, @Nullable ObjectNode set, String path) {
            JobEvent event = choice(node, path, JobEvent.values(), JobEvent::name);
            if (event == null && (node.isMissingNode() || node.isNull())) {
                faults.add(path + ": expected an event");
            }
            return event == null ? null : new Steps.Happens(delay, event, error, set);
        }

        private Steps.@Nullable Branch branch(Place place) {
            known(place.node(), place.path(), "weight", "steps");
            int weight = place.node().path("weight").asInt(1);
            Steps steps = steps(place.node().path("steps"), place.path() + ".steps");
            if (weight < 1) {
                faults.add(place.path() + ".weight: " + place.node().path("weight") + ": expected at least 1");
                return null;
            }
            return new Steps.Branch(weight, steps);
        }

        private Delay delay(JsonNode node, String path) {
            if (node.isMissingNode()) {
                return Delay.NONE;
            }
            try {
                return Delay.parse(node.asText());
            } catch (IllegalArgumentException e) {
                faults.add(path + ": " + e.getMessage());
                return Delay.NONE;
            }
        }

        private @Nullable JobError error(JsonNode node, String path) {
            if (node.isMissingNode()) {
                return null;
            }
            known(node, path, "code", "message");
            if (!node.path("code").isInt()) {
                faults.add(path + ".code: expected a number of google.rpc.Code");
            }
            return new JobError(node.path("code").asInt(), node.path("message").asText(""));
        }

        private @Nullable ObjectNode set(JsonNode node, String path) {
            if (node.isMissingNode()) {
                return null;
            }
            if (node instanceof ObjectNode object) {
                object.fieldNames().forEachRemaining(name -> {
                    if (LIFECYCLE.contains(name)) {
                        faults.add(path + "." + name + ": is decided by the lifecycle");
                    }
                });
                return object;
            }
            faults.add(path + ": expected fields of the job");
            return null;
        }

        private @Nullable Fault fault(Place place) {
            JsonNode node = place.node();
            String path = place.path();
            known(
                    node,
                    path,
                    "on",
                    "kind",
                    "times",
                    "probability",
                    "delay",
                    "answer",
                    "drop",
                    "stale",
                    "operation",
                    "state");
            Action action = choice(
                    node.path("on"),
                    path + ".on",
                    Action.values(),
                    each -> each.name().toLowerCase(Locale.ROOT));
            JobKind kind = kind(node.path("kind"), path + ".kind");
            Code answer = choice(node.path("answer"), path + ".answer", codes(), Code::name);
            Duration delay = delay(node.path("delay"), path + ".delay").most();
            Duration stale = delay(node.path("stale"), path + ".stale").most();
            Duration operation =
                    delay(node.path("operation"), path + ".operation").most();
            try {
                return new Fault(
                        action,
                        kind,
                        (int) number(node.path("times"), path + ".times", Fault.ALWAYS),
                        number(node.path("probability"), path + ".probability", 1),
                        delay,
                        answer,
                        node.path("drop").asBoolean(),
                        stale,
                        operation,
                        text(node.path("state")));
            } catch (IllegalArgumentException e) {
                faults.add(path + ": " + e.getMessage());
                return null;
            }
        }

        private double number(JsonNode node, String path, double absent) {
            if (!node.isMissingNode() && !node.isNumber()) {
                faults.add(path + ": " + node + ": expected a number");
            }
            return node.asDouble(absent);
        }

        private static Code[] codes() {
            return Array.of(Code.values())
                    .filter(code -> code != Code.OK && code != Code.UNRECOGNIZED)
                    .toJavaArray(Code[]::new);
        }
    }
}
