package org.joblifecycle.job;

/** A value of an enum of the API: it has a name and a number on the wire. */
public interface WireEnum {
    /** The name of this value on the wire, such as {@code JOB_STATE_RUNNING}. */
    String wireName();

    /** The number of this value in its {@code .proto} file. */
    int number();
}
