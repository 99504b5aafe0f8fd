package org.joblifecycle.flink;

import org.apache.flink.api.java.functions.KeySelector;

/**
 * The key of a job that is sorted by it. Names of jobs have a long beginning in common, so a hash comes before it: most comparisons
 * end there.
 */
final class JobKey implements KeySelector<JobRecord, String> {
    private static final long serialVersionUID = 1L;
    private static final int BITS = 6;

    private final boolean ofFile;

    /**
     * A key of jobs.
     *
     * @param ofFile whether a job has a history in each file
     */
    JobKey(boolean ofFile) {
        this.ofFile = ofFile;
    }

    @Override
    public String getKey(JobRecord record) {
        String name = record.key();
        int file = ofFile ? record.place().partition() : 0;
        int hash = (name.hashCode() + 31 * file) * 0x9E3779B9;
        StringBuilder key = new StringBuilder(name.length() + 16);
        for (int shift = Integer.SIZE - BITS; shift > 0; shift -= BITS) {
            key.append((char) (' ' + (hash >>> shift & (1 << BITS) - 1)));
        }
        return key.append(file).append(' ').append(name).toString();
    }
}
