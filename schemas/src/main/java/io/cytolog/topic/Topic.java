// Licensed under the Apache License, Version 2.0.
package io.cytolog.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the catalogue: ties a name to the type of its values, so that a serde cannot be
 * taken for the wrong topic.
 *
 * @param name full name, prefix included once {@link #named} has given one
 * @param value class of the values
 * @param key what the records are keyed by
 * @param permanent whether its records are decisions: kept for ever, in one partition, since their
 *     order is the history that results are explained by
 * @param maxRecordBytes largest serialised value; also the broker's {@code max.message.bytes}
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> value, TopicKey key, boolean permanent, int maxRecordBytes) {

    /** What Kafka allows, and its limit of 249 characters. */
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public Topic {
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    """
                    topic name '%s' is not 1 to 249 of a-z A-Z 0-9 . _ -; correct the prefix\
                    """
                            .formatted(name));
        }
        if (maxRecordBytes <= 0) {
            throw new IllegalArgumentException(
                    "topic %s: maxRecordBytes=%d is not positive".formatted(name, maxRecordBytes));
        }
    }

    /** The same topic with {@code prefix} before its name; an empty prefix changes nothing. */
    public Topic<V> named(String prefix) {
        return new Topic<>(prefix + name, value, key, permanent, maxRecordBytes);
    }

    /** Registry subject of the values, by Confluent's TopicNameStrategy. */
    public String subject() {
        return subjectOf(name);
    }

    /** Registry subject of the values of the topic with this full name. */
    public static String subjectOf(String topicName) {
        return topicName + "-value";
    }

    /** Settings that the topic needs on the broker, whoever creates it. */
    public Map<String, String> settings() {
        // LogAppendTime: scanners send old images, and retention by time would delete their
        // segments at once.
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxRecordBytes + Topics.BATCH_OVERHEAD_BYTES));
        if (permanent) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        }
        return Map.copyOf(settings);
    }

    /** How many partitions the topic gets where a deployment's topics have so many. */
    public int partitions(int usual) {
        return permanent ? 1 : usual;
    }

    /**
     * The topic as an admin client creates it, with the broker's default replication.
     *
     * @param partitions of topics that are not permanent
     */
    public NewTopic creation(int partitions) {
        return new NewTopic(name, Optional.of(partitions(partitions)), Optional.empty())
                .configs(settings());
    }
}
