package org.joblifecycle.flink.command;

import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.joblifecycle.flink.LineSinks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where findings go: to files in a folder, to a topic, or both. */
final class OutputOptions {
    @Option(
            names = "--findings-folder",
            paramLabel = "FOLDER",
            description = "A folder for files of findings, a JSON object a line.")
    private @Nullable String findingsFolder;

    @Option(
            names = "--findings-topic",
            paramLabel = "TOPIC",
            description = "A topic for findings, a JSON object a message.")
    private @Nullable String findingsTopic;

    @Option(
            names = "--transactions",
            paramLabel = "NAME",
            description =
                    "What the names of transactions begin with: another for each job that writes to the same brokers."
                            + " Default: the name of the job, which tells what it audits.")
    private @Nullable String transactions;

    /**
     * Checks that findings go somewhere.
     *
     * @throws Refused if not
     */
    void check(Brokers brokers) throws Refused {
        if (findingsFolder == null && findingsTopic == null) {
            throw new Refused("findings go nowhere: name a place with --findings-folder or --findings-topic");
        }
        if (findingsTopic != null) {
            brokers.check(List.of(findingsTopic));
        }
    }

    /**
     * Writes findings.
     *
     * @param job what the job is called
     */
    void writeFindings(DataStream<String> lines, String job, Brokers brokers) {
        write(lines, "findings", findingsFolder, findingsTopic, job, brokers);
    }

    /**
     * Writes lines to files, to a topic, or both.
     *
     * @param what what the lines are
     * @param job what the job is called
     */
    void write(
            DataStream<String> lines,
            String what,
            @Nullable String folder,
            @Nullable String topic,
            String job,
            Brokers brokers) {
        if (folder != null) {
            write(lines, LineSinks.inFolder(folder), what + "-folder");
        }
        if (topic != null) {
            String names = transactions(job, what, topic);
            write(lines, LineSinks.inTopic(brokers.address(), topic, names, brokers.properties()), what + "-topic");
        }
    }

    /** What the names of transactions begin with. By default two jobs have the same only where they do the same. */
    String transactions(String job, String what, String topic) {
        return (transactions == null ? job : transactions) + ": " + what + " to " + topic;
    }

    private static void write(DataStream<String> lines, Sink<String> sink, String uid) {
        lines.sinkTo(sink).name(uid).uid(uid);
    }
}
