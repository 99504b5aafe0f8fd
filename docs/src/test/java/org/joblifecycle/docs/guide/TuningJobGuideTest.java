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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldViolation;
import org.joblifecycle.tuning.rule.TuningJobAuditStep;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;
import org.jspecify.annotations.Nullable;
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

        // guide: tuning-job-create
        private final TuningJobLifecycle tuningService = TuningJobLifecycle.authority();

        TuningJob create(String name, String body) throws BadRequest {
            Validation<Seq<UnreadableField>, TuningJob> read = TuningJobJson.read(body);
            if (read.isInvalid()) {
                throw new BadRequest(read.getError().map(UnreadableField::message));
            }
            TuningJob request = read.get().withoutOutputOnly(); // the API ignores what it alone sets
            Seq<Finding> findings = tuningService.checkCreate(request);
            if (!findings.isEmpty()) {
                throw new BadRequest(findings.map(Finding::message));
            }
            TuningJob job = request.with(TuningJob.NAME, name).withState(JobState.UNSPECIFIED);
            return tuningService.applyOrThrow(job, JobEvent.PREPARE, clock.instant());
        }
        // end

        // guide: tuning-job-event
        TuningJob fire(TuningJob job, JobEvent event, @Nullable JobError error) {
            JobSnapshot snapshot = job.snapshot().get(); // our own job, so its state is a known one
            return tuningService.applyOrThrow(job, event, snapshot.notBefore(clock.instant()), error);
        }

        Set<JobEvent> permittedEvents(TuningJob job) {
            return tuningService.lifecycle().permittedEvents(job.snapshot().get());
        }
        // end

        // guide: tuning-job-update
        TuningJob update(TuningJob known, TuningJob proposed) throws BadRequest {
            Seq<Finding> findings = tuningService.checkClientUpdate(known, proposed);
            if (!findings.isEmpty()) {
                throw new BadRequest(findings.map(Finding::message));
            }
            return proposed;
        }
        // end
    }

    private static final String REQUEST =
            TuningJobJson.write(TuningJob.of("m", SupervisedTuningSpec.of("gs://bucket/train.jsonl")));

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
        TuningJob job = service.create(Jobs.TUNING_JOB, REQUEST);
        TuningJob described = job.with(TuningJob.DESCRIPTION, "new");
        TuningJob running = job.with(TuningJob.BASE_MODEL, "n").withState(JobState.RUNNING);

        assertEquals(described, service.update(job, described));
        BadRequest refusal = assertThrows(BadRequest.class, () -> service.update(job, running));
        assertEquals(2, refusal.getMessage().lines().count());
        assertThrows(BadRequest.class, () -> service.update(job, job.with(TuningJob.NAME, null)));
    }

    private final List<String> warnings = new ArrayList<>();

    // guide: tuning-job-mirror
    private final TuningJobLifecycle tuningMirror = TuningJobLifecycle.observer();
    private final Map<String, TuningJob> baselines = new HashMap<>();

    void observe(String answer) {
        Validation<Seq<UnreadableField>, TuningJob> read = TuningJobJson.read(answer);
        if (read.isInvalid()) {
            read.getError().forEach(fault -> warn(fault.message()));
            return;
        }
        TuningJob job = read.get();
        String name = job.name();
        if (name == null || name.isEmpty()) {
            warn("a job without a name");
            return;
        }
        TuningJobAuditStep step = tuningMirror.audit(baselines.get(name), job);
        step.verdict().findings().forEach(finding -> warn(name + ": " + finding));
        if (step.baseline() != null) {
            baselines.put(name, step.baseline()); // an unknown state or a stale answer does not replace it
        }
    }
    // end

    private void warn(String warning) {
        warnings.add(warning);
    }

    @Test
    void aMirrorSkipsJobsWithoutANameAndReportsThem() {
        observe("{\"state\":\"JOB_STATE_SUCCEEDED\"}");
        observe("{\"name\":\"\",\"state\":\"JOB_STATE_PENDING\"}");

        assertEquals(List.of("a job without a name", "a job without a name"), warnings);
        assertEquals(Map.of(), baselines);
    }

    @Test
    void aMirrorReportsAnUnknownStateInEachSnapshot() {
        String unknown = "{\"name\":\"" + Jobs.TUNING_JOB
                + "\",\"state\":\"JOB_STATE_NEW\",\"createTime\":\"2026-05-01T12:00:00Z\"}";
        observe(unknown);
        observe(unknown);

        assertEquals(
                2,
                warnings.stream()
                        .filter(warning -> warning.contains("is unknown"))
                        .count());
    }

    @Test
    void anEventMovesAWholeJob() throws BadRequest {
        TuningJob pending = service.create(Jobs.TUNING_JOB, REQUEST).with(TuningJob.DESCRIPTION, "new");
        TuningJob running = service.fire(pending, JobEvent.START, null);
        TuningJob failed = service.fire(running, JobEvent.FAIL, JobError.of(8));

        assertEquals(JobState.FAILED, failed.snapshot().get().state());
        assertEquals(JobError.of(8), failed.snapshot().get().error());
        assertEquals("new", failed.description());
        assertEquals(
                EnumSet.of(JobEvent.ENQUEUE, JobEvent.START, JobEvent.CANCEL, JobEvent.FAIL, JobEvent.EXPIRE),
                service.permittedEvents(pending));
    }

    @Test
    void theBrokenRulesOfFieldsAreFindingsOfTheException() {
        TuningJob faulty = TuningJob.of("m", SupervisedTuningSpec.of("gs://bucket/train.jsonl"))
                .with(TuningJob.LABELS, LinkedHashMap.of("Team", "search"))
                .with(TuningJob.NAME, Jobs.TUNING_JOB)
                .withState(JobState.PENDING);
        IllegalUpdateException refusal = assertThrows(
                IllegalUpdateException.class,
                () -> TuningJobLifecycle.authority().check(faulty).orElseThrow());

        assertTrue(refusal.findings().exists(FieldViolation.class::isInstance));
        assertEquals(
                List.of("create-time-required"),
                refusal.violations().map(Violation::id).asJava());
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
