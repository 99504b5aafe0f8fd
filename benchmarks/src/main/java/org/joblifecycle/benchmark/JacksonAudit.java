package org.joblifecycle.benchmark;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;

/**
 * The audit of a file of readable tuning jobs, as one would write it with the lifecycle and Jackson's streaming reader.
 */
public final class JacksonAudit {
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);
    private static final Map<String, JobState> STATES = new HashMap<>();

    static {
        for (JobState state : JobState.values()) {
            STATES.put(state.wireName(), state);
        }
    }

    private final Times times;
    private final Map<String, JobSnapshot> baselines = new HashMap<>();
    private final Tally tally = new Tally();

    private JacksonAudit(Times times) {
        this.times = times;
    }

    /** Who reads the times. */
    enum Times {
        /** The JDK. */
        JAVA_TIME {
            @Override
            Instant read(String text) {
                return Instant.parse(text);
            }
        },

        /** A library that only reads and writes times, made for speed. */
        ITU {
            @Override
            Instant read(String text) {
                return com.ethlo.time.ITU.parseDateTime(text).toInstant();
            }
        };

        abstract Instant read(String text);
    }

    /** Prints the tally of a file. The arguments are one of {@link Times}, and the file. */
    public static void main(String[] args) throws IOException {
        try (InputStream in = new FileInputStream(args[1])) {
            System.out.print(tally(in, Times.valueOf(args[0])));
        }
    }

    /** The tally of the jobs of an input. */
    static Tally tally(InputStream in, Times times) throws IOException {
        JacksonAudit audit = new JacksonAudit(times);
        long snapshots = 0;
        try (JsonParser parser = new JsonFactory().createParser(in)) {
            while (parser.nextToken() != null) {
                audit.check(audit.read(parser));
                snapshots++;
            }
        }
        audit.tally.add(Tally.JOBS, audit.baselines.size());
        audit.tally.add(Tally.SNAPSHOTS, snapshots);
        return audit.tally;
    }

    private void check(JobSnapshot job) {
        String name = String.valueOf(job.name());
        AuditStep step = OBSERVER.audit(baselines.get(name), job);
        baselines.put(name, step.baseline());
        for (Violation violation : step.verdict().violations()) {
            tally.add(violation.rule().id(), 1);
        }
    }

    private JobSnapshot read(JsonParser parser) throws IOException {
        String name = null;
        JobState state = JobState.UNSPECIFIED;
        Instant createTime = null;
        Instant startTime = null;
        Instant endTime = null;
        Instant updateTime = null;
        JobError error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = parser.getText();
                case "state" -> state = requireNonNull(STATES.get(parser.getText()));
                case "createTime" -> createTime = times.read(parser.getText());
                case "startTime" -> startTime = times.read(parser.getText());
                case "endTime" -> endTime = times.read(parser.getText());
                case "updateTime" -> updateTime = times.read(parser.getText());
                case "error" -> error = error(parser);
                default -> parser.skipChildren();
            }
        }
        return JobSnapshot.of(name, state)
                .withCreateTime(createTime)
                .withStartTime(startTime)
                .withEndTime(endTime)
                .withUpdateTime(updateTime)
                .withError(error);
    }

    private static JobError error(JsonParser parser) throws IOException {
        int code = 0;
        String message = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "code" -> code = parser.getIntValue();
                case "message" -> message = parser.getText();
                default -> parser.skipChildren();
            }
        }
        return new JobError(code, message);
    }
}
