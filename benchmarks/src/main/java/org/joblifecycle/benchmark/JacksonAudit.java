package org.joblifecycle.benchmark;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The audit as a program that takes the lifecycle and Jackson's streaming reader and goes through the file: tuning jobs, all
 * of which can be read. Its times are read by a library that is made for speed, as those of the JDK would take longest of all.
 */
public final class JacksonAudit {
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);

    private final Map<String, JobState> states = new HashMap<>();
    private final Map<String, JobSnapshot> baselines = new HashMap<>();
    private final Map<String, Long> tally = new TreeMap<>();
    private long snapshots;

    private JacksonAudit() {
        for (JobState state : JobState.values()) {
            states.put(state.wireName(), state);
        }
    }

    /** Prints the tally of a file. */
    public static void main(String[] args) throws IOException {
        try (InputStream in = new FileInputStream(args[0])) {
            Tally.print(tally(in));
        }
    }

    /** What {@link Tally} says of the jobs in this input. */
    static Map<String, Long> tally(InputStream in) throws IOException {
        JacksonAudit audit = new JacksonAudit();
        try (JsonParser parser = new JsonFactory().createParser(in)) {
            while (parser.nextToken() != null) {
                audit.check(audit.read(parser));
            }
        }
        audit.tally.put(Tally.JOBS, (long) audit.baselines.size());
        audit.tally.put(Tally.SNAPSHOTS, audit.snapshots);
        return audit.tally;
    }

    private void check(JobSnapshot job) {
        AuditStep<JobSnapshot> step = OBSERVER.audit(baselines.get(job.name()), job);
        baselines.put(String.valueOf(job.name()), step.baseline());
        snapshots++;
        for (Violation violation : step.verdict().violations()) {
            tally.merge(violation.rule().id(), 1L, Long::sum);
        }
    }

    private JobSnapshot read(JsonParser parser) throws IOException {
        String name = null;
        JobState state = JobState.UNSPECIFIED;
        Instant createTime = null;
        Instant startTime = null;
        Instant endTime = null;
        Instant updateTime = null;
        RpcStatus error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = parser.getText();
                case "state" -> state = states.get(parser.getText());
                case "createTime" -> createTime = time(parser);
                case "startTime" -> startTime = time(parser);
                case "endTime" -> endTime = time(parser);
                case "updateTime" -> updateTime = time(parser);
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

    private static Instant time(JsonParser parser) throws IOException {
        return ITU.parseDateTime(parser.getText()).toInstant();
    }

    private static RpcStatus error(JsonParser parser) throws IOException {
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
        return new RpcStatus(code, message);
    }
}
