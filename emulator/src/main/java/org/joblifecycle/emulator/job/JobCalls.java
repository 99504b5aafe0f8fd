package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.rpc.Code;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiException.BadField;
import org.joblifecycle.emulator.api.ApiMethod;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.emulator.api.ApiMethods.Call;
import org.joblifecycle.emulator.api.JobFields;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;

/** Answers the calls of clients. */
final class JobCalls {
    private static final Pattern PARENT = Pattern.compile("projects/[^/]+/locations/[^/]+");
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int DEFAULT_PAGE = 100;
    private static final int MOST_PAGE = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jobs jobs;
    private final Operations operations;

    JobCalls(Jobs jobs, Operations operations) {
        this.jobs = jobs;
        this.operations = operations;
    }

    /**
     * The answer to a call: the JSON of the response message of its method.
     *
     * @param fault what a call that only reads shows, and how long an operation takes
     * @throws ApiException if the answer is an error
     */
    JsonNode answer(Call call, Fault fault) {
        ApiMethod method = call.method();
        ObjectNode request = call.request();
        return switch (method.action()) {
            case GET -> read(find(method, name(request)), fault);
            case LIST -> list(method, request, fault);
            default -> {
                synchronized (jobs) { // what is found is still there when it is changed
                    yield write(method, request, fault.operation());
                }
            }
        };
    }

    private ObjectNode write(ApiMethod method, ObjectNode request, Duration takes) {
        return switch (method.action()) {
            case CREATE -> create(method, request, takes);
            case UPDATE -> update(method, request, takes);
            case DELETE -> delete(method, request, takes);
            case CANCEL -> cancel(method, request);
            case PAUSE -> fired(method, request, JobEvent.PAUSE);
            case RESUME -> fired(method, request, JobEvent.START);
            default -> throw new IllegalArgumentException(method + " writes nothing");
        };
    }

    /** The job as it is, if nothing goes wrong. */
    private JsonNode read(EmulatedJob job, Fault fault) {
        boolean isRight = fault.stale().isZero() && fault.state() == null;
        return isRight ? new POJONode(new RawValue(job.json())) : seen(job, fault);
    }

    private ObjectNode seen(EmulatedJob job, Fault fault) {
        ObjectNode json = fault.stale().isZero()
                ? tree(job.json())
                : job.at(jobs.time().minus(fault.stale())).json();
        return fault.state() == null ? json : json.put(JobField.STATE.wireName(job.kind()), fault.state());
    }

    private static String name(ObjectNode request) {
        return request.path("name").asText();
    }

    private EmulatedJob find(ApiMethod method, String name) {
        if (!JobKind.of(name).contains(method.kind()) || !isBelowParent(name)) {
            throw ApiException.invalid(
                    "name",
                    "\"" + name + "\": expected one like projects/PROJECT/locations/LOCATION/"
                            + method.kind().collection() + "/ID");
        }
        EmulatedJob job = jobs.find(name);
        if (job == null) {
            throw ApiException.notFound(method.kind().resource(), name);
        }
        return job;
    }

    private static boolean isBelowParent(String name) {
        return PARENT.matcher(location(name)).matches();
    }

    /** Where a job is: its name without its collection and its id. */
    static String location(String name) {
        return name.substring(0, name.lastIndexOf('/', name.lastIndexOf('/') - 1));
    }

    private static String parent(ObjectNode request) {
        String parent = request.path("parent").asText();
        if (!PARENT.matcher(parent).matches()) {
            throw ApiException.invalid(
                    "parent", "\"" + parent + "\": expected one like projects/PROJECT/locations/LOCATION");
        }
        return parent;
    }

    private ObjectNode create(ApiMethod method, ObjectNode request, Duration takes) {
        String parent = parent(request);
        String field = method.jobField();
        if (!(request.path(field) instanceof ObjectNode given)) {
            throw ApiException.invalid(field, "is required");
        }
        ObjectNode fields = given.deepCopy();
        Vector<BadField> faults = Vector.ofAll(JobFields.normalize(method, fields))
                .appendAll(method.kind() == JobKind.TUNING_JOB ? tuningFaults(fields) : List.of())
                .appendAll(JobFields.ofAnotherType(method, fields))
                .distinctBy(BadField::field);
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults.asJava());
        }
        String id = request.path(field + "Id").asText();
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            throw ApiException.invalid(field + "Id", "\"" + id + "\": expected letters, digits and -");
        }
        String name = jobs.create(method.kind(), parent, fields, id.isEmpty() ? null : id);
        return answer(method, takes, name, find(method, name).current().json());
    }

    private static List<BadField> tuningFaults(ObjectNode fields) {
        List<BadField> faults = new ArrayList<>();
        TuningJobJson.read(fields.toString())
                .fold(
                        unreadable -> unreadable.map(each -> bad(each.path(), each.message())),
                        job -> TuningJobLifecycle.authority()
                                .checkCreate(job)
                                .map(finding -> bad(finding.path(), finding.message())))
                .forEach(faults::add);
        return faults;
    }

    /** The message begins with the path, which is a part of its own here. */
    private static BadField bad(String path, String message) {
        String prefix = path + " ";
        return new BadField(
                "tuningJob." + path, message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }

    private ObjectNode list(ApiMethod method, ObjectNode request, Fault fault) {
        String collection = parent(request) + "/" + method.kind().collection() + "/";
        String filtered = request.path("filter").asText();
        Predicate<JsonNode> filter = JobFilter.of(filtered);
        List<String> mask = mask(request.path("readMask").asText()).stream()
                .map(path -> path.get(0))
                .toList();
        int size = size(request.path("pageSize").asInt());
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        long last = before(request.path("pageToken").asText());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (EmulatedJob job : jobs.list(collection, last)) {
            if (filtered.isBlank() || filter.test(seen(job, fault))) {
                if (page.size() == size) {
                    return answer.put("nextPageToken", Long.toString(last));
                }
                answer.set(method.kind().collection(), page); // there is none in an empty list
                page.add(mask.isEmpty() ? read(job, fault) : seen(job, fault).retain(mask));
            }
            last = job.number();
        }
        return answer;
    }

    private static int size(int pageSize) {
        if (pageSize < 0) {
            throw ApiException.invalid("pageSize", pageSize + ": expected at least 0");
        }
        return pageSize == 0 ? DEFAULT_PAGE : Math.min(pageSize, MOST_PAGE);
    }

    private static long before(String pageToken) {
        try {
            return pageToken.isEmpty() ? Long.MAX_VALUE : Long.parseLong(pageToken);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("pageToken", "\"" + pageToken + "\": expected the nextPageToken of an answer");
        }
    }

    /** The paths of a mask, each with its names. */
    private static List<List<String>> mask(String paths) {
        return Arrays.stream(paths.split(",", -1))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(path -> Arrays.stream(path.split("\\.", -1))
                        .map(JobFilter::camel)
                        .toList())
                .toList();
    }

    /** Copies what is at a path, or removes what is there if there is nothing to copy. */
    private static void copy(JsonNode from, ObjectNode to, List<String> path) {
        String name = path.get(0);
        JsonNode value = from.path(name);
        if (path.size() > 1) {
            copy(value, to.withObject("/" + name), path.subList(1, path.size()));
        } else if (value.isMissingNode()) {
            to.remove(name);
        } else {
            to.set(name, value);
        }
    }

    private ObjectNode update(ApiMethod method, ObjectNode request, Duration takes) {
        ObjectNode given = request.withObject("/" + method.jobField()).deepCopy();
        EmulatedJob job = find(method, name(given));
        List<List<String>> mask = mask(request.path("updateMask").asText());
        if (mask.isEmpty()) {
            throw ApiException.invalid("updateMask", "is required");
        }
        JobFields.normalize(method, given); // an update need not have all fields
        List<BadField> faults = JobFields.ofAnotherType(method, given);
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        jobs.update(job, fields -> mask.forEach(path -> copy(given, fields, path)))
                .toEither()
                .getOrElseThrow(violations -> Emulation.refused(job.name(), violations));
        return answer(method, takes, job.name(), job.current().json());
    }

    private ObjectNode delete(ApiMethod method, ObjectNode request, Duration takes) {
        EmulatedJob job = find(method, name(request));
        if (!job.current().snapshot().state().isTerminal() && canBeCancelled(method)) {
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "The " + job.kind().resource() + " \"" + job.name() + "\" is in state "
                            + job.current().snapshot().state() + " and cannot be deleted before it has ended.");
        }
        jobs.delete(job);
        return answer(method, takes, job.name(), JsonNodeFactory.instance.objectNode());
    }

    private static boolean canBeCancelled(ApiMethod of) {
        return ApiMethods.ofVersion(of.version()).stream()
                .anyMatch(method -> method.kind() == of.kind() && method.action() == Action.CANCEL);
    }

    /** Cancelling is a request: it is fulfilled if the job is being cancelled already. */
    private ObjectNode cancel(ApiMethod method, ObjectNode request) {
        EmulatedJob job = find(method, name(request));
        boolean isBeingCancelled = JobLifecycle.authority(job.kind())
                .permittedEvents(job.current().snapshot())
                .contains(JobEvent.CONFIRM_CANCEL);
        if (!isBeingCancelled) {
            fire(job, JobEvent.CANCEL);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode fired(ApiMethod method, ObjectNode request, JobEvent event) {
        fire(find(method, name(request)), event);
        return JsonNodeFactory.instance.objectNode();
    }

    private void fire(EmulatedJob job, JobEvent event) {
        jobs.fire(job, event, null).toEither().getOrElseThrow(violations -> Emulation.refused(job.name(), violations));
    }

    /** What a job has beside the fields that its lifecycle reads. */
    static ObjectNode fields(String json, JobSnapshot snapshot) {
        ObjectNode fields = tree(json);
        EmulatedJob.lifecycleFields(snapshot).fieldNames().forEachRemaining(fields::remove);
        return fields;
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("it was written or read as JSON before", e);
        }
    }

    /** The answer of the method: the resource itself, or an operation that has it. */
    private ObjectNode answer(ApiMethod method, Duration takes, String name, ObjectNode response) {
        return method.operation()
                .map(info -> operations.create(method, info, takes, location(name), response))
                .orElse(response);
    }
}
