package org.joblifecycle.flink.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Kafka brokers of a job. */
final class Brokers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers, several with commas between.")
    private @Nullable String address;

    @Option(
            names = "--property",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Kafka's clients, such as security.protocol=SASL_SSL; may be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** {@code host:port}, several with commas between; empty if none is named. */
    String address() {
        return address == null ? "" : address;
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /**
     * Looks for topics.
     *
     * @throws Refused if one cannot be found
     */
    void check(Collection<String> topics) throws Refused {
        if (topics.isEmpty()) {
            return;
        }
        if (address == null) {
            throw new Refused("no brokers are named: expected --brokers HOST:PORT");
        }
        Properties properties = properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        List<String> missing = new ArrayList<>();
        try (Admin admin = Admin.create(properties)) {
            // With a limit of the call itself: what is not answered would hold up the end of the client.
            DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis());
            Map<String, KafkaFuture<TopicDescription>> answers =
                    admin.describeTopics(topics, options).topicNameValues();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
                if (!exists(answer.getValue())) {
                    missing.add(answer.getKey());
                }
            }
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Refused("cannot use the brokers at " + address + ": " + cause.getMessage(), e);
        }
        if (!missing.isEmpty()) {
            throw new Refused("there is no topic " + String.join(", ", missing) + " at " + address);
        }
    }

    private boolean exists(KafkaFuture<TopicDescription> answer) throws Refused {
        try {
            answer.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted while asking the brokers at " + address, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
                return false;
            }
            if (cause instanceof TimeoutException) {
                throw new Refused("no broker answers at " + address + " within " + PATIENCE.toSeconds() + " s", e);
            }
            throw new Refused("cannot use the brokers at " + address + ": " + cause.getMessage(), e);
        }
    }
}
