package com.example.jobs;

import static org.joblifecycle.transition.JobEvent.ENQUEUE;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.NoSuchJobException;
import org.joblifecycle.store.OvertakenException;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Jobs over HTTP. What is refused is thrown, and the starter answers it. */
@RestController
@RequestMapping("/jobs")
class JobController {
    /** A name is one segment of a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");

    private final JobStore store;
    private final JobLifecycle owner;
    private final InstantSource clock;

    JobController(JobStore store, JobLifecycle owner, InstantSource clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
    }

    record Submission(String name) {}

    record EventRequest(JobEvent event, JobError error) {}

    record Entry(long version, JobEvent event, JobSnapshot job, Instant recordedAt) {}

    @PostMapping
    ResponseEntity<JobSnapshot> submit(@RequestBody Submission submission) {
        if (submission.name() == null || !NAME.matcher(submission.name()).matches()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "name is missing or has other characters than letters, digits and . _ : -");
        }
        JobSnapshot submitted = JobSnapshot.of(submission.name(), JobState.UNSPECIFIED);
        JobSnapshot queued = owner.applyOrThrow(submitted, ENQUEUE, clock.instant());
        StoredJob stored = store.create(queued).orElseThrow();
        return ResponseEntity.created(URI.create("/jobs/" + stored.name()))
                .eTag(tag(stored))
                .body(stored.job());
    }

    @GetMapping("/{name}")
    ResponseEntity<JobSnapshot> get(@PathVariable String name) {
        return answer(find(name));
    }

    /** Replaces a job, if it is still the version that the sender has read. */
    @PutMapping("/{name}")
    ResponseEntity<JobSnapshot> update(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
            @RequestBody JobSnapshot proposed) {
        if (version == null) {
            throw new ResponseStatusException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "If-Match is missing: expected the ETag of the job as it was read");
        }
        // Should somebody be faster from here on, the store compares the version once more, as it writes.
        return answer(store.update(read(name, version), proposed).orElseThrow());
    }

    /** Applies an event to a job: with If-Match to just this version, else to the job as it is stored then. */
    @PostMapping("/{name}/events")
    ResponseEntity<JobSnapshot> applyEvent(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String version,
            @RequestBody EventRequest request) {
        if (request.event() == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "event is missing: expected one such as START");
        }
        return answer(apply(name, version, request).orElseThrow());
    }

    private StoreOutcome apply(String name, String version, EventRequest request) {
        if (version == null) {
            return store.apply(name, request.event(), clock, request.error());
        }
        StoredJob read = read(name, version);
        Instant now = read.job().notBefore(clock.instant());
        return store.apply(read, request.event(), now, request.error());
    }

    @GetMapping
    List<JobSnapshot> list(
            @RequestParam(required = false) JobState state,
            @RequestParam(required = false) String after,
            @RequestParam(defaultValue = "100") int limit) {
        Query query = (state == null ? Query.all() : Query.in(state)).limit(Math.min(Math.max(limit, 1), 1000));
        return store.list(after == null ? query : query.after(after))
                .map(StoredJob::job)
                .toJavaList();
    }

    @GetMapping("/{name}/history")
    List<Entry> history(@PathVariable String name) {
        find(name);
        return store.history(name)
                .map(entry -> new Entry(
                        entry.stored().version(), entry.event(), entry.stored().job(), entry.recordedAt()))
                .toJavaList();
    }

    private StoredJob find(String name) {
        return store.find(name).getOrElseThrow(() -> new NoSuchJobException(name));
    }

    private StoredJob read(String name, String version) {
        StoredJob read = find(name);
        if (!version.equals("*") && !version.equals(tag(read))) {
            throw new OvertakenException(read);
        }
        return read;
    }

    private static ResponseEntity<JobSnapshot> answer(StoredJob stored) {
        return ResponseEntity.ok().eTag(tag(stored)).body(stored.job());
    }

    private static String tag(StoredJob stored) {
        return "\"" + stored.version() + "\"";
    }
}
