package org.joblifecycle.boot;

import static org.joblifecycle.transition.JobEvent.ENQUEUE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.NoSuchJobException;
import org.joblifecycle.store.OvertakenException;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application of a user's: jobs over HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Shop.Jobs.class, Shop.Echo.class, Shop.Ended.class})
class Shop {
    static final String PREFIX = "projects/p/locations/l/customJobs/";

    @RestController
    static class Jobs {
        private final JobStore store;
        private final JobLifecycle owner;
        private final InstantSource clock = InstantSource.system();

        Jobs(JobStore store, JobLifecycle owner) {
            this.store = store;
            this.owner = owner;
        }

        // guide: boot-submit
        /** Puts a job in the queue. */
        @PostMapping("/jobs")
        ResponseEntity<JobSnapshot> submit(@RequestBody JobSnapshot job) {
            JobSnapshot queued = owner.applyOrThrow(job, ENQUEUE, clock.instant());
            return answer(store.create(queued).orElseThrow());
        }
        // end

        // guide: boot-update
        @GetMapping("/jobs/{id}")
        ResponseEntity<JobSnapshot> get(@PathVariable String id) {
            return answer(find(id));
        }

        /** Replaces a job, if it is still the version that the sender has read. */
        @PutMapping("/jobs/{id}")
        ResponseEntity<JobSnapshot> update(
                @PathVariable String id,
                @RequestHeader(HttpHeaders.IF_MATCH) String version,
                @RequestBody JobSnapshot proposed) {
            StoredJob read = find(id);
            if (!version.equals("*") && !version.equals(tag(read))) {
                throw new OvertakenException(read);
            }
            return answer(store.update(read, proposed).orElseThrow()); // compares once more, as it writes
        }

        private StoredJob find(String id) {
            String name = PREFIX + id;
            return store.find(name).getOrElseThrow(() -> new NoSuchJobException(name));
        }

        private static ResponseEntity<JobSnapshot> answer(StoredJob stored) {
            return ResponseEntity.ok().eTag(tag(stored)).body(stored.job());
        }

        private static String tag(StoredJob stored) {
            return "\"" + stored.version() + "\"";
        }
        // end

        // guide: boot-event
        @PostMapping("/jobs/{id}/events/{event}")
        ResponseEntity<JobSnapshot> apply(
                @PathVariable String id, @PathVariable JobEvent event, @RequestBody(required = false) JobError error) {
            return answer(store.apply(PREFIX + id, event, clock, error).orElseThrow());
        }
        // end

        @PostMapping("/jobs/{id}/overtaken")
        JobSnapshot overtaken(@PathVariable String id) {
            throw new OvertakenException(find(id));
        }

        @GetMapping("/jobs")
        List<JobSnapshot> list(@RequestParam(required = false) JobState state) {
            return store.list(state == null ? Query.all() : Query.in(state))
                    .map(StoredJob::job)
                    .toJavaList();
        }
    }

    record Inner(JobSnapshot job, JobState state, JobEvent event, JobError error) {}

    record Outer(List<Inner> inner, Map<JobState, Integer> counts) {}

    record Question(JobSnapshot before, JobSnapshot after) {}

    /** What is read is answered. */
    @RestController
    static class Echo {
        @PostMapping("/echo")
        Outer echo(@RequestBody Outer outer) {
            return outer;
        }

        @PostMapping("/event")
        JobEvent event(@RequestBody JobEvent event) {
            return event;
        }

        @PostMapping("/error-of")
        JobError error(@RequestBody JobError error) {
            return error;
        }

        /** Reads what another service has answered. */
        @GetMapping("/mirror")
        JobSnapshot mirror() {
            String answer = "{\"name\":\"secret\",\"state\":\"JOB_STATE_NEW\"}";
            try {
                return new ObjectMapper().findAndRegisterModules().readValue(answer, JobSnapshot.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @GetMapping("/optional")
        String optional(@RequestParam Optional<JobState> state) {
            return state.map(JobState::name).orElse("none");
        }

        @PostMapping("/verdict")
        Verdict verdict(@RequestBody Question question) {
            return JobLifecycle.authority(org.joblifecycle.job.JobKind.CUSTOM_JOB)
                    .check(question.before(), question.after());
        }
    }

    /** The jobs that ended. */
    @Component
    static class Ended {
        final List<JobEndedEvent> heard = Collections.synchronizedList(new ArrayList<>());

        private void notifyOwner(JobEndedEvent event) {
            heard.add(event);
        }

        // guide: boot-ended
        @TransactionalEventListener
        void on(JobEndedEvent event) {
            notifyOwner(event);
        }
        // end

        List<String> names() {
            return heard.stream().map(event -> event.job().name()).collect(Collectors.toList());
        }
    }
}
