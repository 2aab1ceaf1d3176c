// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and looks at what the broker must be able to do. */
final class BrokerSetup {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerSetup.class);
    private static final int PATIENCE_SECONDS = 20;

    private final AppConfig config;

    BrokerSetup(AppConfig config) {
        this.config = config;
    }

    /**
     * @throws StartupException when the broker cannot be reached or does not let us
     */
    void run() throws StartupException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(StreamSettings.client(config));
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, config.applicationId() + "-setup");
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = await(admin.listTopics().names());
            warnOfTransactions(admin);
            warnOfTimestamps(admin, present);
            createMissing(admin, present);
        } catch (ExecutionException e) {
            throw unusable(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw unusable(e);
        }
    }

    private StartupException unusable(Throwable cause) {
        String why =
                cause instanceof TimeoutException
                        ? "does not answer within %d s".formatted(PATIENCE_SECONDS)
                        : "cannot be used (%s)".formatted(reasonOf(cause));
        return new StartupException(
                """
                kafka.bootstrap-servers=%s %s; check the address, kafka.properties and that the \
                broker runs\
                """
                        .formatted(config.kafka().bootstrapServers(), why),
                cause);
    }

    private static String reasonOf(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private void createMissing(Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> missing = new ArrayList<>();
        for (Topic<?> topic : Topics.all(config.topics().prefix())) {
            if (!present.contains(topic.name())) {
                missing.add(
                        new NewTopic(
                                        topic.name(),
                                        topic.partitions(config.topics().partitions()),
                                        (short) config.topics().replication())
                                .configs(topic.settings()));
            }
        }
        for (Map.Entry<String, KafkaFuture<Void>> created :
                admin.createTopics(missing).values().entrySet()) {
            if (!hasFailedAs(TopicExistsException.class, created.getValue())) {
                LOG.info("created topic={}", created.getKey());
            }
        }
        awaitKnown(admin, missing.stream().map(NewTopic::name).toList());
    }

    /** Brokers learn of a new topic a moment after the controller has made it. */
    private static void awaitKnown(Admin admin, List<String> created)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (hasFailedAs(
                UnknownTopicOrPartitionException.class,
                admin.describeTopics(created).allTopicNames())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean hasFailedAs(Class<? extends ApiException> kind, KafkaFuture<?> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            await(future);
            return false;
        } catch (ExecutionException e) {
            if (kind.isInstance(e.getCause())) {
                return true;
            }
            throw e;
        }
    }

    private static void warnOfTransactions(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        FinalizedVersionRange level =
                await(admin.describeFeatures().featureMetadata())
                        .finalizedFeatures()
                        .get("transaction.version");
        if (level == null || level.maxVersionLevel() < 2) {
            LOG.warn(
                    """
                    broker feature transaction.version={} is below 2: after a crash an old \
                    transaction can reach into a new one; raise it with kafka-features\
                    """,
                    level == null ? 0 : level.maxVersionLevel());
        }
    }

    private void warnOfTimestamps(Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<ConfigResource> topics =
                Topics.all(config.topics().prefix()).stream()
                        .map(Topic::name)
                        .filter(present::contains)
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        for (Map.Entry<ConfigResource, Config> topic :
                await(admin.describeConfigs(topics).all()).entrySet()) {
            ConfigEntry type = topic.getValue().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
            if (type != null && !"LogAppendTime".equals(type.value())) {
                LOG.warn(
                        """
                        topic={} has message.timestamp.type={}: images with an old time could be \
                        deleted at once; set LogAppendTime\
                        """,
                        topic.getKey().name(),
                        type.value());
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
