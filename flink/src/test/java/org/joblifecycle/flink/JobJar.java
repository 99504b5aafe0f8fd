package org.joblifecycle.flink;

import com.fasterxml.jackson.core.JsonFactory;
import io.vavr.control.Validation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.flink.command.FlinkCommand;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.transition.JobLifecycle;
import picocli.CommandLine;

// What a cluster runs. The build makes such a jar after the tests.
final class JobJar {
    private JobJar() {}

    static Path make(Path file) throws IOException, URISyntaxException {
        return FlinkProcesses.jar(
                file,
                FlinkCommand.class,
                Console.class,
                JobSnapshot.class,
                JobLines.class,
                JobLifecycle.class,
                Validation.class,
                JsonFactory.class,
                CommandLine.class,
                KafkaSource.class,
                KafkaConsumer.class);
    }
}
