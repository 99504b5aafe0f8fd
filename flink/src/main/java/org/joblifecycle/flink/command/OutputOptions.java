package org.joblifecycle.flink.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.joblifecycle.flink.LineSinks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where lines go: to files in a folder, to a topic, or both. */
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
            names = "--late-folder",
            paramLabel = "FOLDER",
            description = "With --sort: a folder for snapshots that came too late and were not audited.")
    private @Nullable String lateFolder;

    @Option(
            names = "--late-topic",
            paramLabel = "TOPIC",
            description = "With --sort: a topic for snapshots that came too late and were not audited.")
    private @Nullable String lateTopic;

    @Option(
            names = "--transactions",
            paramLabel = "NAME",
            defaultValue = "job-lifecycle",
            description =
                    "What the names of transactions begin with: another for each job that writes to the same brokers."
                            + " Default: ${DEFAULT-VALUE}.")
    private String transactions = "";

    /** The topics that are written to. */
    List<String> topics() {
        List<String> topics = new ArrayList<>();
        if (findingsTopic != null) {
            topics.add(findingsTopic);
        }
        if (lateTopic != null) {
            topics.add(lateTopic);
        }
        return topics;
    }

    /**
     * Checks that findings go somewhere.
     *
     * @throws Refused if not
     */
    void check(Brokers brokers) throws Refused {
        if (findingsFolder == null && findingsTopic == null) {
            throw new Refused("findings go nowhere: name a place with --findings-folder or --findings-topic");
        }
        brokers.check(topics());
    }

    void writeFindings(DataStream<String> lines, Brokers brokers) {
        write(lines, "findings", findingsFolder, findingsTopic, brokers);
    }

    void writeLate(DataStream<String> lines, Brokers brokers) {
        write(lines, "late", lateFolder, lateTopic, brokers);
    }

    private void write(
            DataStream<String> lines, String what, @Nullable String folder, @Nullable String topic, Brokers brokers) {
        if (folder != null) {
            write(lines, LineSinks.inFolder(folder), what + "-folder");
        }
        if (topic != null) {
            String names = transactions + "-" + what;
            Properties properties = brokers.properties();
            write(lines, LineSinks.inTopic(brokers.address(), topic, names, properties), what + "-topic");
        }
    }

    private static void write(DataStream<String> lines, Sink<String> sink, String uid) {
        lines.sinkTo(sink).name(uid).uid(uid);
    }
}
