package org.joblifecycle.tuning;

import org.joblifecycle.job.WireEnum;

/** Supported adapter sizes for tuning: {@code SupervisedHyperParameters.AdapterSize}. */
public enum AdapterSize implements WireEnum {
    // formatter:off
    /** Adapter size is unspecified. */
    UNSPECIFIED (0),
    /** Adapter size 1. */
    ONE         (1),
    /** Adapter size 2. */
    TWO         (6),
    /** Adapter size 4. */
    FOUR        (2),
    /** Adapter size 8. */
    EIGHT       (3),
    /** Adapter size 16. */
    SIXTEEN     (4),
    /** Adapter size 32. */
    THIRTY_TWO  (5);
    // formatter:on

    private final int number;
    private final String wireName = "ADAPTER_SIZE_" + name();

    AdapterSize(int number) {
        this.number = number;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public int number() {
        return number;
    }
}
