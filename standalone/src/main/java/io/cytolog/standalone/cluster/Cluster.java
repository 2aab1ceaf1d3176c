// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.cluster;

import io.cytolog.config.AppConfig;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Where a deployment's broker and registry are and what its topics are called; the same settings
 * that its stream-app has.
 */
public record Cluster(AppConfig config) {

    private static final int PATIENCE_SECONDS = 10;

    /** Settings for any Kafka client. */
    public Map<String, Object> client() {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put("bootstrap.servers", config.kafka().bootstrapServers());
        return settings;
    }

    /** Serdes over the deployment's registry; whoever asked closes them. */
    public EventSerdes serdes() {
        return new EventSerdes(
                config.registry().url(), Registration.AUTOMATIC, config.registry().properties());
    }

    /** A topic under the name that it has in this deployment. */
    public <V extends SpecificRecord> Topic<V> topic(Topic<V> topic) {
        return topic.named(config.topics().prefix());
    }

    /**
     * Looks whether the broker answers and has the topics, so that a wrong address is told at once.
     *
     * @throws InvalidInputException when it does not
     */
    public Cluster check() throws InterruptedException {
        Map<String, Object> settings = client();
        settings.put("default.api.timeout.ms", PATIENCE_SECONDS * 1_000);
        settings.put("request.timeout.ms", PATIENCE_SECONDS * 1_000);
        try (Admin admin = Admin.create(settings)) {
            Set<String> names = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (Topic<?> topic : Topics.all(config.topics().prefix())) {
                if (!names.contains(topic.name())) {
                    throw new InvalidInputException(
                            "broker %s has no topic %s; start the stream-app once or correct --topic-prefix"
                                    .formatted(config.kafka().bootstrapServers(), topic.name()));
                }
            }
            return this;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new InvalidInputException(
                    "broker %s does not answer within %d s; check --bootstrap-servers and that it runs"
                            .formatted(config.kafka().bootstrapServers(), PATIENCE_SECONDS),
                    e);
        }
    }
}
