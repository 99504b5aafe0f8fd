package org.joblifecycle.json.fast;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs from a buffer, each over as many lines as it likes, as long as they are what the REST API prints. It says nothing
 * of any other, nor of one of which the buffer has only a part. Not thread-safe.
 */
public final class FastObjects {
    /** How many bytes of a buffer, at its end, stay free. */
    public static final int SLACK = JobScanner.SLACK;

    private static final byte[] NO_BYTES = new byte[SLACK];

    private final Names names;
    private byte[] buffer = NO_BYTES;
    private Keys keys = new Keys(JobScanner.KEYS);
    private JobScanner scanner;
    private @Nullable JobSnapshot job;

    /**
     * A reader of jobs.
     *
     * @param fallback the kind of a job whose name tells none
     */
    public FastObjects(JobKind fallback) {
        this.names = new Names(fallback);
        this.scanner = JobScanner.ofObjects(buffer, names, keys);
    }

    /**
     * Reads a job.
     *
     * @param bytes a buffer
     * @param from where the job begins
     * @param limit where it ends at the latest, before the slack
     * @return whether it was read
     */
    public boolean read(byte[] bytes, int from, int limit) {
        if (bytes != buffer || keys.areTooMany()) {
            buffer = bytes;
            keys = new Keys(JobScanner.KEYS);
            scanner = JobScanner.ofObjects(bytes, names, keys);
        }
        byte behind = bytes[limit];
        job = scanner.read(from, limit);
        bytes[limit] = behind;
        return job != null;
    }

    /** The job that was read last. */
    public JobSnapshot job() {
        return requireNonNull(job);
    }

    /** The kind of the {@link #job}: the one that its name tells, or the fallback. */
    public JobKind kind() {
        return scanner.kind();
    }

    /** The index behind the {@link #job}. */
    public int end() {
        return scanner.end();
    }

    /** How many line ends there are within the {@link #job}. */
    public int lineEnds() {
        return scanner.lineEnds();
    }

    /** The index of the last line end within the {@link #job}, if there is any. */
    public int lastLineEnd() {
        return scanner.lastLineEnd();
    }
}
