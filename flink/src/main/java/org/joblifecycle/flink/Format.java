package org.joblifecycle.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How values of an immutable type are written in bytes. What was written once stays readable: a change of the bytes is a new number,
 * and the old one is still read.
 */
interface Format<T> extends Serializable {
    /** The number of the newest format. Numbers begin with 1 and grow. */
    int number();

    /** The type. */
    Class<T> type();

    /**
     * Writes a value.
     *
     * @param format the number of the format to write: 1 to {@link #number}
     */
    void write(int format, T value, DataOutputView out) throws IOException;

    /**
     * Reads a value.
     *
     * @param format the number of the format in which it was written: 1 to {@link #number}
     */
    T read(int format, DataInputView in) throws IOException;
}
