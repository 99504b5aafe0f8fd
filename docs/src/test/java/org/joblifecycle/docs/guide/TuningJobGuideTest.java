package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.TuningJobAuditStep;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;
import org.junit.jupiter.api.Test;

class TuningJobGuideTest {
    /** What a client is answered whose request is wrong: one line for each fault. */
    static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1;

        BadRequest(Seq<String> faults) {
            super(faults.mkString("\n"));
        }
    }

    static final class Service {
        private final Clock clock = Clock.fixed(Jobs.NOON, ZoneOffset.UTC);
        private final TuningJobLifecycle service = TuningJobLifecycle.authority();

        // guide: tuning-job-create
        TuningJob create(String name, String body) throws BadRequest {
            Validation<Seq<UnreadableField>, TuningJob> read = TuningJobJson.read(body);
            if (read.isInvalid()) {
                throw new BadRequest(read.getError().map(UnreadableField::message));
            }
            TuningJob request = read.get().withoutOutputOnly(); // the API ignores what it alone sets
            Seq<Finding> findings = service.checkCreate(request);
            if (!findings.isEmpty()) {
                throw new BadRequest(findings.map(Finding::message));
            }
            TuningJob job = request.with(TuningJob.NAME, name).withState(JobState.UNSPECIFIED);
            return service.applyOrThrow(job, JobEvent.PREPARE, clock.instant());
        }
        // end

        // guide: tuning-job-update
        TuningJob update(TuningJob known, TuningJob proposed) throws BadRequest {
            Seq<Finding> findings = service.checkClientUpdate(known, proposed);
            if (!findings.isEmpty()) {
                throw new BadRequest(findings.map(Finding::message));
            }
            return proposed;
        }
        // end
    }

    private final Service service = new Service();

    /** What a request is answered with in which much is wrong. */
    static String refusal() {
        String body = """
                {"state": "JOB_STATE_SUCCEEDED",
                 "labels": {"Team": "search"},
                 "supervisedTuningSpec": {
                   "trainingDatasetUri": "https://example.com/train.jsonl",
                   "hyperParameters": {"epochCount": "0"}}}
                """;
        return assertThrows(BadRequest.class, () -> new Service().create(Jobs.TUNING_JOB, body))
                .getMessage();
    }

    @Test
    void aRequestBecomesAJob() throws BadRequest {
        // guide: tuning-job
        TuningJob request = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "night owl")
                .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"));
        String body = TuningJobJson.write(request);
        // end
        TuningJob job = service.create(Jobs.TUNING_JOB, body);

        assertEquals(Jobs.pending(Jobs.TUNING_JOB), job.snapshot().get());
        assertEquals(request.labels(), job.labels());
    }

    @Test
    void aRequestThatCannotBeReadIsRefused() {
        BadRequest refusal = assertThrows(BadRequest.class, () -> service.create(Jobs.TUNING_JOB, "{\"labels\": 1}"));

        assertEquals("labels is 1: expected an object", refusal.getMessage());
    }

    @Test
    void aClientMayChangeTheDescriptionAndNoState() throws BadRequest {
        TuningJob job = service.create(
                Jobs.TUNING_JOB,
                TuningJobJson.write(TuningJob.of("m", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))));
        TuningJob described = job.with(TuningJob.DESCRIPTION, "new");
        TuningJob running = job.with(TuningJob.BASE_MODEL, "n").withState(JobState.RUNNING);

        assertEquals(described, service.update(job, described));
        BadRequest refusal = assertThrows(BadRequest.class, () -> service.update(job, running));
        assertEquals(2, refusal.getMessage().lines().count());
    }

    private final TuningJobLifecycle mirror = TuningJobLifecycle.observer();
    private final Map<String, TuningJob> baselines = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    // guide: tuning-job-mirror
    void observe(String answer) {
        Validation<Seq<UnreadableField>, TuningJob> read = TuningJobJson.read(answer);
        if (read.isInvalid()) {
            read.getError().forEach(fault -> warn(fault.message()));
            return;
        }
        TuningJob job = read.get();
        TuningJobAuditStep step = mirror.audit(baselines.get(job.name()), job);
        step.verdict().findings().forEach(finding -> warn(job.name() + ": " + finding));
        if (step.baseline() != null) {
            baselines.put(job.name(), step.baseline()); // an unknown state or a stale answer does not replace it
        }
    }
    // end

    private void warn(String warning) {
        warnings.add(warning);
    }

    @Test
    void aMirrorKeepsItsBaselineWhereAStateIsUnknown() {
        String pending = "{\"name\":\"" + Jobs.TUNING_JOB
                + "\",\"state\":\"JOB_STATE_PENDING\",\"createTime\":\"2026-05-01T12:00:00Z\"}";
        observe(pending);
        observe(pending.replace("PENDING", "NEW"));
        observe(pending.replace("Z\"", "\""));

        assertEquals(pending, TuningJobJson.write(baselines.get(Jobs.TUNING_JOB)));
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0).contains("state \"JOB_STATE_NEW\" is unknown"), warnings::toString);
        assertTrue(warnings.get(1).startsWith("createTime is \"2026-05-01T12:00:00\": expected"), warnings::toString);
    }
}
