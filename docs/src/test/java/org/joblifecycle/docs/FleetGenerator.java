package org.joblifecycle.docs;

import static org.joblifecycle.job.JobKind.BATCH_PREDICTION_JOB;
import static org.joblifecycle.job.JobKind.CUSTOM_JOB;
import static org.joblifecycle.job.JobKind.DATA_LABELING_JOB;
import static org.joblifecycle.job.JobKind.HYPERPARAMETER_TUNING_JOB;
import static org.joblifecycle.job.JobKind.MODEL_DEPLOYMENT_MONITORING_JOB;
import static org.joblifecycle.job.JobKind.NAS_JOB;
import static org.joblifecycle.job.JobKind.NOTEBOOK_EXECUTION_JOB;
import static org.joblifecycle.job.JobKind.TUNING_JOB;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

/**
 * Makes {@code docs/examples/fleet.jsonl}: what a poller wrote down of made-up jobs. Most of them are healthy, the others
 * have one defect each, as they happen. It is the same text every time.
 */
final class FleetGenerator {
    private static final String LOCATION = "projects/example/locations/us-central1/";
    private static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00Z");
    private static final List<String> TOPICS = List.of(
            "call-summaries",
            "churn",
            "contract-clauses",
            "demand-forecast",
            "fraud-score",
            "invoice-fields",
            "product-titles",
            "search-ranking",
            "shelf-photos",
            "support-triage");
    private static final List<String> TEAMS = List.of("billing", "catalog", "risk", "search", "support");
    private static final List<JobError> ERRORS = List.of(
            new JobError(3, "Line 1204 of train.jsonl has no \"contents\"."),
            new JobError(8, "No NVIDIA_L4 is left of the quota in us-central1."),
            new JobError(9, "The replica workerpool0-0 exited with status 1."),
            new JobError(13, "An internal error occurred. Try again later."));

    private final Random random = new Random(2026);
    private final List<Look> looks = new ArrayList<>();

    /** What the poller wrote, and when. */
    private record Look(Instant time, String line) {}

    private FleetGenerator() {}

    static String jsonLines() {
        FleetGenerator fleet = new FleetGenerator();
        fleet.addHealthy();
        fleet.addFaulty();
        fleet.addUnreadable();
        fleet.looks.add(new Look(MONDAY.plus(Duration.ofHours(40)), "")); // The poller was started anew.
        return fleet.looks.stream()
                .sorted(Comparator.comparing(Look::time))
                .map(Look::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void addHealthy() {
        addHealthy(
                TUNING_JOB,
                15,
                "PREPARE START SUCCEED",
                "PREPARE START FAIL",
                "ENQUEUE PREPARE START SUCCEED",
                "PREPARE START CANCEL CONFIRM_CANCEL",
                "PREPARE START SUCCEED",
                "PREPARE START EXPIRE");
        addHealthy(
                CUSTOM_JOB,
                12,
                "ENQUEUE PREPARE START SUCCEED",
                "PREPARE START RESTART START SUCCEED",
                "PREPARE FAIL",
                "ENQUEUE START CANCEL SUCCEED",
                "ENQUEUE CANCEL CONFIRM_CANCEL",
                "PREPARE START FAIL");
        addHealthy(
                BATCH_PREDICTION_JOB,
                8,
                "ENQUEUE PREPARE START SUCCEED",
                "ENQUEUE PREPARE START SUCCEED_PARTIALLY",
                "PREPARE START CANCEL CONFIRM_CANCEL",
                "ENQUEUE EXPIRE");
        addHealthy(
                HYPERPARAMETER_TUNING_JOB,
                5,
                "PREPARE START SUCCEED",
                "ENQUEUE PREPARE START CANCEL CONFIRM_CANCEL",
                "PREPARE START FAIL");
        addHealthy(NAS_JOB, 3, "ENQUEUE PREPARE START SUCCEED", "PREPARE START CANCEL FAIL");
        addHealthy(DATA_LABELING_JOB, 4, "ENQUEUE PREPARE START SUCCEED", "ENQUEUE START PAUSE RESUME START SUCCEED");
        addHealthy(
                MODEL_DEPLOYMENT_MONITORING_JOB,
                4,
                "PREPARE START PAUSE START UPDATE FINISH_UPDATE",
                "PREPARE START UPDATE FINISH_UPDATE PAUSE");
        addHealthy(NOTEBOOK_EXECUTION_JOB, 4, "ENQUEUE PREPARE START SUCCEED", "PREPARE START FAIL");
    }

    /** Jobs that go through these events in turn; the poller misses some of the states and sees others more than once. */
    private void addHealthy(JobKind kind, int number, String... histories) {
        for (int i = 0; i < number; i++) {
            String[] events = histories[i % histories.length].split(" ", -1);
            Job job = new Job(kind);
            for (String event : events) {
                job.on(JobEvent.valueOf(event));
                switch (random.nextInt(10)) {
                    case 0, 1 -> {} // missed
                    case 2 -> job.look().look();
                    case 3, 4 -> job.look().later(60, 900).touch().look();
                    default -> job.look();
                }
            }
        }
    }

    private void addFaulty() {
        // A worker that nobody told of the end reports for work once more.
        new Job(CUSTOM_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.SUCCEED)
                .look()
                .later(30, 60)
                .touch()
                .look(job -> job.withState(JobState.RUNNING));
        // The clean-up after a failure fails too, and its time and error take the place of the first ones.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.FAIL)
                .look()
                .later(600, 900)
                .touch()
                .look(job -> job.withEndTime(job.updateTime())
                        .withError(new JobError(5, "The checkpoint to delete was not found.")));
        // The exporter was given a list of fields that lacks createTime.
        new Job(BATCH_PREDICTION_JOB)
                .seenAs(job -> job.withCreateTime(null))
                .on(JobEvent.ENQUEUE)
                .look()
                .on(JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.SUCCEED)
                .look();
        // Trials ran, but the time of the first was never copied to the job.
        new Job(NAS_JOB)
                .seenAs(job -> job.withStartTime(null))
                .on(JobEvent.PREPARE)
                .look()
                .on(JobEvent.START, JobEvent.SUCCEED)
                .look();
        // Cancelled in the queue; whoever closed the record filled in all of its times.
        new Job(HYPERPARAMETER_TUNING_JOB)
                .on(JobEvent.ENQUEUE)
                .look()
                .on(JobEvent.CANCEL)
                .look()
                .on(JobEvent.CONFIRM_CANCEL)
                .look(job -> job.withStartTime(job.endTime()));
        // The state was written, the time of it was not.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE)
                .look()
                .on(JobEvent.START)
                .look()
                .on(JobEvent.SUCCEED)
                .look(job -> job.withEndTime(null));
        // Success is written down as an error with code 0, OK.
        new Job(BATCH_PREDICTION_JOB)
                .on(JobEvent.ENQUEUE, JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.SUCCEED)
                .look(job -> job.withError(JobError.of(0)));
        // The exit status of the container stands where the code belongs.
        new Job(CUSTOM_JOB)
                .on(JobEvent.PREPARE)
                .look()
                .on(JobEvent.START, JobEvent.FAIL)
                .look(job -> job.withError(new JobError(137, "Container killed: out of memory.")));
        // Imported from a system that kept local time: createTime is an hour ahead.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .later(7200, 9000)
                .on(JobEvent.SUCCEED)
                .look(job -> job.withCreateTime(job.createTime().plus(1, ChronoUnit.HOURS)));
        // The node that wrote endTime has a clock that is a day slow.
        new Job(BATCH_PREDICTION_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.SUCCEED)
                .look(job -> job.withEndTime(job.endTime().minus(1, ChronoUnit.DAYS)));
        // The last write went past what keeps updateTime.
        Job untouched = new Job(HYPERPARAMETER_TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .look();
        Instant lastTouch = untouched.job.updateTime();
        untouched.on(JobEvent.SUCCEED).look(job -> job.withUpdateTime(lastTouch));
        // Moved to a database that keeps milliseconds.
        new Job(DATA_LABELING_JOB)
                .on(JobEvent.ENQUEUE)
                .look()
                .on(JobEvent.PREPARE, JobEvent.START)
                .look()
                .seenAs(job -> job.truncatedTo(ChronoUnit.MILLIS))
                .on(JobEvent.SUCCEED)
                .look();
        // A restart between two looks set startTime anew.
        Job restarted = new Job(CUSTOM_JOB)
                .on(JobEvent.ENQUEUE, JobEvent.PREPARE, JobEvent.START)
                .look()
                .on(JobEvent.RESTART, JobEvent.START);
        Instant restart = restarted.job.updateTime().truncatedTo(ChronoUnit.SECONDS);
        restarted
                .seenAs(job -> job.withStartTime(restart))
                .look()
                .on(JobEvent.SUCCEED)
                .look();
        // A replica that lags behind answers once.
        Job lagging = new Job(TUNING_JOB)
                .on(JobEvent.PREPARE)
                .look()
                .on(JobEvent.START)
                .look()
                .later(600, 900)
                .touch();
        JobSnapshot running = lagging.job;
        lagging.look()
                .on(JobEvent.SUCCEED)
                .look()
                .later(60, 120)
                .look(job -> running)
                .later(60, 120)
                .look();
    }

    private void addUnreadable() {
        // The poller was killed while it wrote.
        seenRunning(TUNING_JOB, line -> line.substring(0, line.indexOf("updateTime")));
        // The service was overloaded, and its answer was taken for a job.
        seenRunning(
                CUSTOM_JOB,
                line -> "{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\","
                        + "\"status\":\"UNAVAILABLE\"}}");
        // Somebody asked for names and labels only.
        seenRunning(CUSTOM_JOB, line -> line.replaceFirst("\"state\":.*\"labels\"", "\"labels\""));
        // The service has learned a state that no documentation names yet.
        seenRunning(HYPERPARAMETER_TUNING_JOB, line -> line.replace("JOB_STATE_RUNNING", "JOB_STATE_PREEMPTED"));
        // A database wrote the time in its own way.
        seenRunning(
                NOTEBOOK_EXECUTION_JOB,
                line -> line.replaceFirst("(\"updateTime\":\"[0-9-]*)T([0-9:]*)[.0-9]*Z", "$1 $2"));
    }

    /** A healthy job, of which one line went wrong between the poller and the file. */
    private void seenRunning(JobKind kind, UnaryOperator<String> fault) {
        Job job = new Job(kind).on(JobEvent.PREPARE).look().on(JobEvent.START).look();
        job.later(60, 900).touch().write(fault.apply(job.line(job.job)));
        job.on(JobEvent.SUCCEED).look();
    }

    private Duration micros() {
        return Duration.of(random.nextInt(1_000_000), ChronoUnit.MICROS);
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** A job as its service keeps it, at a time, and how the poller gets to see it. */
    private final class Job {
        private final JobLifecycle lifecycle;
        private final String title = any(TOPICS) + "-" + (100 + random.nextInt(900));
        private final String labels = "\"labels\":{\"team\":\"" + any(TEAMS) + "\"}";
        private Instant now = MONDAY.plusSeconds(random.nextInt(100 * 60 * 60)).plus(micros());
        private JobSnapshot job;
        private UnaryOperator<JobSnapshot> view = UnaryOperator.identity();

        Job(JobKind kind) {
            this.lifecycle = JobLifecycle.authority(kind);
            this.job = JobSnapshot.of(
                    LOCATION + kind.collection() + "/" + (random.nextLong() >>> 1), JobState.UNSPECIFIED);
        }

        Job on(JobEvent... events) {
            for (JobEvent event : events) {
                stay(event);
                JobError error = event == JobEvent.FAIL ? any(ERRORS) : null;
                job = lifecycle.apply(job, event, now, error).get();
                if (job.state().isTerminal()) {
                    later(1, 29).touch();
                }
                if (lifecycle.kind() == CUSTOM_JOB || lifecycle.kind() == HYPERPARAMETER_TUNING_JOB) {
                    cutTimes();
                }
                if (lifecycle.kind() == NOTEBOOK_EXECUTION_JOB && job.state() == JobState.SUCCEEDED) {
                    job = job.withError(JobError.of(0));
                }
            }
            return this;
        }

        /** As long as a job usually stays in its state until this happens. */
        private void stay(JobEvent event) {
            if (event == JobEvent.EXPIRE) {
                later(86_400, 90_000);
                return;
            }
            switch (job.state()) {
                case QUEUED -> later(60, 2400);
                case PENDING -> later(60, 720);
                case RUNNING -> later(900, 9000);
                case PAUSED -> later(3600, 36_000);
                case UPDATING -> later(30, 300);
                case CANCELLING -> later(5, 90);
                default -> {}
            }
        }

        /** Some services keep these times in whole seconds. */
        private void cutTimes() {
            JobSnapshot cut = job.truncatedTo(ChronoUnit.SECONDS);
            job = job.withStartTime(cut.startTime()).withEndTime(cut.endTime());
        }

        Job later(int leastSeconds, int mostSeconds) {
            now = now.plusSeconds(leastSeconds + random.nextInt(mostSeconds - leastSeconds))
                    .plus(micros());
            return this;
        }

        /** The service writes the job without a change of its state. */
        Job touch() {
            job = job.withUpdateTime(now);
            return this;
        }

        Job seenAs(UnaryOperator<JobSnapshot> newView) {
            view = newView;
            return this;
        }

        Job look() {
            return look(view);
        }

        Job look(UnaryOperator<JobSnapshot> once) {
            return write(line(once.apply(job)));
        }

        Job write(String line) {
            later(1, 30);
            looks.add(new Look(now, line));
            return this;
        }

        /** The job with fields that are none of the lifecycle's, where the API has them. */
        String line(JobSnapshot seen) {
            String json = JobJson.write(seen);
            int afterName = json.indexOf(',');
            return json.substring(0, afterName) + "," + specification() + json.substring(afterName, json.length() - 1)
                    + "," + labels + "}";
        }

        private String specification() {
            return switch (lifecycle.kind()) {
                case TUNING_JOB ->
                    "\"tunedModelDisplayName\":\"" + title + "\",\"baseModel\":\"gemini-2.5-flash\","
                            + "\"supervisedTuningSpec\":{\"trainingDatasetUri\":\"gs://example/" + title
                            + "/train.jsonl\",\"hyperParameters\":{\"epochCount\":\"4\"}}";
                case CUSTOM_JOB ->
                    displayName()
                            + ",\"jobSpec\":{\"workerPoolSpecs\":[{\"machineSpec\":{\"machineType\":\"g2-standard-8\"},"
                            + "\"replicaCount\":\"1\",\"containerSpec\":{\"imageUri\":\"us-docker.pkg.dev/example/train/"
                            + title
                            + "\"}}]}";
                case HYPERPARAMETER_TUNING_JOB ->
                    displayName() + ",\"studySpec\":{\"metrics\":[{\"metricId\":\"auc\",\"goal\":\"MAXIMIZE\"}]},"
                            + "\"maxTrialCount\":20,\"parallelTrialCount\":4";
                case NAS_JOB ->
                    displayName() + ",\"nasJobSpec\":{\"searchSpaceSpec\":\"gs://example/" + title + "/space.json\"}";
                case BATCH_PREDICTION_JOB ->
                    displayName()
                            + ",\"inputConfig\":{\"instancesFormat\":\"jsonl\",\"gcsSource\":{\"uris\":[\"gs://example/"
                            + title + "/in.jsonl\"]}}";
                case DATA_LABELING_JOB ->
                    displayName() + ",\"labelerCount\":3,\"instructionUri\":\"gs://example/" + title + "/how.pdf\"";
                case MODEL_DEPLOYMENT_MONITORING_JOB ->
                    displayName() + ",\"modelMonitoringAlertConfig\":{\"enableLogging\":true}";
                case NOTEBOOK_EXECUTION_JOB ->
                    displayName() + ",\"gcsNotebookSource\":{\"uri\":\"gs://example/" + title + ".ipynb\"}";
            };
        }

        private String displayName() {
            return "\"displayName\":\"" + title + "\"";
        }
    }
}
