package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
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
    static final class Service {
        private final Clock clock = Clock.fixed(Jobs.NOON, ZoneOffset.UTC);
        private final TuningJobLifecycle service = TuningJobLifecycle.authority();

        // guide: tuning-job-create
        Validation<Seq<String>, TuningJob> create(String name, String body) {
            return TuningJobJson.read(body)
                    .mapError(faults -> faults.map(UnreadableField::message))
                    .map(TuningJob::withoutOutputOnly) // the API ignores what it alone sets
                    .flatMap(request -> create(name, request));
        }

        private Validation<Seq<String>, TuningJob> create(String name, TuningJob request) {
            Seq<String> wrong = service.checkCreate(request).map(Finding::message);
            TuningJob job = request.with(TuningJob.NAME, name).withState(JobState.UNSPECIFIED);
            return wrong.isEmpty()
                    ? service.apply(job, JobEvent.PREPARE, clock.instant())
                            .mapError(findings -> findings.map(Finding::message))
                    : Validation.invalid(wrong);
        }
        // end

        // guide: tuning-job-update
        Seq<String> whatIsWrongWith(TuningJob known, TuningJob proposed) {
            return service.checkClientUpdate(known, proposed).map(Finding::toString);
        }
        // end
    }

    private final Service service = new Service();

    /** What a request is answered with in which much is wrong. */
    static String refusal() {
        return new Service().create(Jobs.TUNING_JOB, """
                        {"state": "JOB_STATE_SUCCEEDED",
                         "labels": {"Team": "search"},
                         "supervisedTuningSpec": {
                           "trainingDatasetUri": "https://example.com/train.jsonl",
                           "hyperParameters": {"epochCount": "0"}}}
                        """).getError().mkString("\n");
    }

    @Test
    void aRequestBecomesAJob() {
        // guide: tuning-job
        TuningJob request = TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, "night owl")
                .with(TuningJob.LABELS, LinkedHashMap.of("team", "search"));
        String body = TuningJobJson.write(request);
        // end
        TuningJob job = service.create(Jobs.TUNING_JOB, body).get();

        assertEquals(Jobs.pending(Jobs.TUNING_JOB), job.snapshot().get());
        assertEquals(request.labels(), job.labels());
    }

    @Test
    void aClientChangesTheDescription() {
        TuningJob job = service.create(
                        Jobs.TUNING_JOB,
                        TuningJobJson.write(TuningJob.of("m", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))))
                .get();

        assertEquals(List.empty(), service.whatIsWrongWith(job, job.with(TuningJob.DESCRIPTION, "new")));
        assertEquals(
                2,
                service.whatIsWrongWith(job, job.with(TuningJob.BASE_MODEL, "n").withState(JobState.RUNNING))
                        .size());
    }

    private final TuningJobLifecycle mirror = TuningJobLifecycle.observer();
    private final Map<String, TuningJob> baselines = new HashMap<>();
    private final java.util.List<String> warnings = new ArrayList<>();

    // guide: tuning-job-mirror
    void observe(String answer) {
        TuningJobJson.read(answer)
                .peek(this::observe)
                .swap()
                .forEach(faults -> faults.forEach(fault -> warn(fault.message())));
    }

    private void observe(TuningJob job) {
        TuningJobAuditStep step = mirror.audit(baselines.get(job.name()), job);
        step.verdict().findings().forEach(finding -> warn(job.name() + ": " + finding));
        baselines.put(job.name(), step.baseline()); // a job in a state of tomorrow does not replace what is known
    }
    // end

    private void warn(String warning) {
        warnings.add(warning);
    }

    @Test
    void aMirrorKeepsItsBaselineWhereAStateIsNew() {
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
