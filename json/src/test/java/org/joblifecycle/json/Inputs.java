package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.joblifecycle.job.JobSnapshot;

// Inputs for the readers under test, and what they came to in a form that is easy to compare.
public final class Inputs {
    // A line as the REST API prints it, with values of all types in the fields that are not read.
    public static final String TYPICAL =
            "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\" : \"JOB_STATE_FAILED\",\"createTime\":"
                    + "\"2024-05-01T12:00:00.5Z\",\"startTime\":null, \"endTime\":\"2024-05-01T12:00:01Z\",\"error\":{\"code\":13,"
                    + "\"message\":\"no\",\"details\":[{}]},\"x\":[-1.5e+3,0,true,false,null,\"y\",{\"z\":{\"a\":[[9]]},\"b\":{}}],\"status\":{\"code\":-2}}";

    private Inputs() {}

    public static String job(String name) {
        return "{\"name\":\"" + name + "\",\"state\":\"JOB_STATE_RUNNING\"}";
    }

    public static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    public static InputStream in(byte[] input) {
        return new ByteArrayInputStream(input);
    }

    public static List<String> outcomes(String input) {
        return outcomes(utf8(input));
    }

    public static List<String> outcomes(byte[] input) {
        return outcomes(in(input));
    }

    // What an input comes to: the line and the name of a job, or the line and what is wrong.
    public static List<String> outcomes(InputStream input) {
        return new JobLines(input).stream().map(Inputs::outcome).toList();
    }

    public static String outcome(JobLine line) {
        return line.number() + " "
                + line.job().fold(fault -> fault.reason().id(), job -> String.valueOf(job.name()))
                + (line.isElement() ? "" : " of the input");
    }

    // What an input comes to, with all that was read of each job.
    public static String whole(JobLine line) {
        return line.number() + " "
                + line.job().fold(fault -> fault.reason().id(), JobSnapshot::toString)
                + (line.isElement() ? "" : " of the input");
    }

    public static List<String> messages(byte[] input) {
        return new JobLines(in(input))
                .stream()
                        .filter(line -> line.job().isInvalid())
                        .map(line -> line.number() + " " + line.job().getError())
                        .toList();
    }

    // Gives one byte at a time, and is read no further than asked for.
    public static InputStream trickle(InputStream input) {
        return new FilterInputStream(input) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
    }

    public static InputStream failing(byte[] before, IOException failure) {
        return new SequenceInputStream(in(before), new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw failure;
            }
        });
    }

    public static InputStream sequence(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    // The same text again and again, made while it is read.
    public static InputStream repeated(String text, long times) {
        byte[] unit = utf8(text);
        return new InputStream() {
            private long left = unit.length * times;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                int from = (int) ((unit.length - left % unit.length) % unit.length);
                int count = Math.min(length, unit.length - from);
                System.arraycopy(unit, from, target, offset, count);
                left -= count;
                return count;
            }
        };
    }
}
