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
import org.joblifecycle.testkit.History;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.SimulatedJob;

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
    private final List<Line> lines = new ArrayList<>();

    /** What the poller wrote, and when; blank where it was restarted. */
    private record Line(Instant time, String text) {}

    private FleetGenerator() {}

    static String jsonLines() {
        FleetGenerator fleet = new FleetGenerator();
        fleet.addHealthy();
        fleet.addFaulty();
        fleet.addUnreadable();
        fleet.lines.add(new Line(MONDAY.plus(Duration.ofHours(40)), "")); // The poller was restarted.
        return fleet.lines.stream()
                .sorted(Comparator.comparing(Line::time))
                .map(Line::text)
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
                "PREPARE ENQUEUE PREPARE START SUCCEED",
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
                "PREPARE ENQUEUE PREPARE START SUCCEED",
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
                    case 2 -> job.poll().poll();
                    case 3, 4 -> job.poll().later(60, 900).touch().poll();
                    default -> job.poll();
                }
            }
        }
    }

    private void addFaulty() {
        // A worker that nobody told of the end reports for work once more.
        new Job(CUSTOM_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.SUCCEED)
                .poll()
                .later(30, 60)
                .touch()
                .poll(job -> job.withState(JobState.RUNNING));
        // The clean-up after a failure fails too, and its time and error take the place of the first ones.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.FAIL)
                .poll()
                .later(600, 900)
                .touch()
                .poll(job -> job.withEndTime(job.updateTime())
                        .withError(new JobError(5, "The checkpoint to delete was not found.")));
        // The exporter was given a list of fields that lacks createTime.
        new Job(BATCH_PREDICTION_JOB)
                .seenAs(job -> job.withCreateTime(null))
                .on(JobEvent.ENQUEUE)
                .poll()
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.SUCCEED)
                .poll();
        // Trials ran, but the time of the first was never copied to the job.
        new Job(NAS_JOB)
                .seenAs(job -> job.withStartTime(null))
                .on(JobEvent.PREPARE)
                .poll()
                .on(JobEvent.START, JobEvent.SUCCEED)
                .poll();
        // Cancelled in the queue; whoever closed the record filled in all of its times.
        new Job(HYPERPARAMETER_TUNING_JOB)
                .on(JobEvent.ENQUEUE)
                .poll()
                .on(JobEvent.CANCEL)
                .poll()
                .on(JobEvent.CONFIRM_CANCEL)
                .poll(job -> job.withStartTime(job.endTime()));
        // The state was written, the time of it was not.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE)
                .poll()
                .on(JobEvent.START)
                .poll()
                .on(JobEvent.SUCCEED)
                .poll(job -> job.withEndTime(null));
        // Success is written down as an error with code 0, OK.
        new Job(BATCH_PREDICTION_JOB)
                .on(JobEvent.ENQUEUE, JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.SUCCEED)
                .poll(job -> job.withError(JobError.of(0)));
        // The exit status of the container stands where the code belongs.
        new Job(CUSTOM_JOB)
                .on(JobEvent.PREPARE)
                .poll()
                .on(JobEvent.START, JobEvent.FAIL)
                .poll(job -> job.withError(new JobError(137, "Container killed: out of memory.")));
        // Imported from a system that kept local time: createTime is an hour ahead.
        new Job(TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .later(7200, 9000)
                .on(JobEvent.SUCCEED)
                .poll(job -> job.withCreateTime(job.createTime().plus(1, ChronoUnit.HOURS)));
        // The node that wrote endTime has a clock that is a day slow.
        new Job(BATCH_PREDICTION_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.SUCCEED)
                .poll(job -> job.withEndTime(job.endTime().minus(1, ChronoUnit.DAYS)));
        // The last write went past what keeps updateTime.
        Job untouched = new Job(HYPERPARAMETER_TUNING_JOB)
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll();
        Instant lastTouch = untouched.snapshot().updateTime();
        untouched.on(JobEvent.SUCCEED).poll(job -> job.withUpdateTime(lastTouch));
        // Moved to a database that keeps milliseconds.
        new Job(DATA_LABELING_JOB)
                .on(JobEvent.ENQUEUE)
                .poll()
                .on(JobEvent.PREPARE, JobEvent.START)
                .poll()
                .seenAs(job -> job.truncatedTo(ChronoUnit.MILLIS))
                .on(JobEvent.SUCCEED)
                .poll();
        // A restart between two polls set startTime again.
        Job restarted = new Job(CUSTOM_JOB)
                .on(JobEvent.ENQUEUE, JobEvent.PREPARE, JobEvent.START)
                .poll()
                .on(JobEvent.RESTART, JobEvent.START);
        Instant restart = restarted.snapshot().updateTime().truncatedTo(ChronoUnit.SECONDS);
        restarted
                .seenAs(job -> job.withStartTime(restart))
                .poll()
                .on(JobEvent.SUCCEED)
                .poll();
        // A replica that lags behind answers once.
        Job lagging = new Job(TUNING_JOB)
                .on(JobEvent.PREPARE)
                .poll()
                .on(JobEvent.START)
                .poll()
                .later(600, 900)
                .touch();
        JobSnapshot running = lagging.snapshot();
        lagging.poll()
                .on(JobEvent.SUCCEED)
                .poll()
                .later(60, 120)
                .poll(job -> running)
                .later(60, 120)
                .poll();
    }

    private void addUnreadable() {
        // The poller was killed while it wrote.
        seenRunning(TUNING_JOB, line -> line.substring(0, line.indexOf("updateTime")));
        // The service was overloaded.
        seenRunning(
                CUSTOM_JOB,
                line -> "{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\","
                        + "\"status\":\"UNAVAILABLE\"}}");
        // Somebody asked for states only.
        seenRunning(TUNING_JOB, line -> line.replaceFirst("\"name\":\"[^\"]*\",", ""));
        // Somebody asked for names and labels only.
        seenRunning(CUSTOM_JOB, line -> line.replaceFirst("\"state\":.*\"labels\"", "\"labels\""));
        // The service has learned a state that no documentation names yet.
        seenRunning(HYPERPARAMETER_TUNING_JOB, line -> line.replace("JOB_STATE_RUNNING", "JOB_STATE_PREEMPTED"));
        // A database wrote the time in its own way.
        seenRunning(
                NOTEBOOK_EXECUTION_JOB,
                line -> line.replaceFirst("(\"updateTime\":\"[0-9-]*)T([0-9:]*)[.0-9]*Z", "$1 $2"));
    }

    /** A healthy job, one line of which was damaged between the poller and the file. */
    private void seenRunning(JobKind kind, UnaryOperator<String> fault) {
        Job job = new Job(kind).on(JobEvent.PREPARE).poll().on(JobEvent.START).poll();
        job.later(60, 900).touch().write(fault.apply(job.line(job.snapshot())));
        job.on(JobEvent.SUCCEED).poll();
    }

    private Duration micros() {
        return Duration.of(random.nextInt(1_000_000), ChronoUnit.MICROS);
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** A simulated job, and how the poller gets to see it. */
    private final class Job {
        private final String title = any(TOPICS) + "-" + (100 + random.nextInt(900));
        private final String labels = "\"labels\":{\"team\":\"" + any(TEAMS) + "\"}";
        private SimulatedJob simulated;
        private UnaryOperator<JobSnapshot> view = UnaryOperator.identity();

        Job(JobKind kind) {
            Instant begin = MONDAY.plusSeconds(random.nextInt(100 * 60 * 60)).plus(micros());
            String name = LOCATION + kind.collection() + "/" + (random.nextLong() >>> 1);
            this.simulated = SimulatedJob.unspecified(JobLifecycle.authority(kind), name, begin);
        }

        private JobSnapshot snapshot() {
            return simulated.snapshot();
        }

        private JobKind kind() {
            return simulated.lifecycle().kind();
        }

        Job on(JobEvent... events) {
            for (JobEvent event : events) {
                stay(event);
                simulated = simulated.on(event, event == JobEvent.FAIL ? any(ERRORS) : null);
                if (snapshot().state().isTerminal()) {
                    later(1, 29).touch();
                }
                if (kind() == CUSTOM_JOB || kind() == HYPERPARAMETER_TUNING_JOB) {
                    simulated = simulated.with(History.cut(snapshot())); // these services do that
                }
                if (kind() == NOTEBOOK_EXECUTION_JOB && snapshot().state() == JobState.SUCCEEDED) {
                    simulated = simulated.with(snapshot().withError(JobError.of(0)));
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
            switch (snapshot().state()) {
                case QUEUED -> later(60, 2400);
                case PENDING -> {
                    if (event == JobEvent.ENQUEUE) {
                        later(0, 1); // what creates the job is answered before the job is in the queue
                    } else {
                        later(60, 720);
                    }
                }
                case RUNNING -> later(900, 9000);
                case PAUSED -> later(3600, 36_000);
                case UPDATING -> later(30, 300);
                case CANCELLING -> later(5, 90);
                default -> {}
            }
        }

        Job later(int leastSeconds, int mostSeconds) {
            int seconds = leastSeconds + random.nextInt(mostSeconds - leastSeconds);
            simulated = simulated.after(Duration.ofSeconds(seconds).plus(micros()));
            return this;
        }

        /** The service writes the job without a change of its state. */
        Job touch() {
            simulated = simulated.touched();
            return this;
        }

        Job seenAs(UnaryOperator<JobSnapshot> newView) {
            view = newView;
            return this;
        }

        Job poll() {
            return poll(view);
        }

        Job poll(UnaryOperator<JobSnapshot> once) {
            return write(line(once.apply(snapshot())));
        }

        Job write(String line) {
            later(1, 30);
            lines.add(new Line(simulated.now(), line));
            return this;
        }

        /** The job as the API shows it: with fields that the lifecycle does not read. */
        String line(JobSnapshot seen) {
            String json = JobJson.write(seen);
            int afterName = json.indexOf(',');
            return json.substring(0, afterName) + "," + specification() + json.substring(afterName, json.length() - 1)
                    + "," + labels + "}";
        }

        private String specification() {
            return switch (kind()) {
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
