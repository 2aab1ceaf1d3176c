// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.letter;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.RecordOrigin;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.standalone.log.TopicScan.Visitor;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Which records were published again already: outcomes say so since a given time, and what no
 * instance has answered yet says so in its headers. Owned by one thread.
 */
final class Replays {

    private final Cluster cluster;
    private final EventSerdes serdes;
    private final Set<String> sources = new HashSet<>();

    private Replays(Cluster cluster, EventSerdes serdes) {
        this.cluster = cluster;
        this.serdes = serdes;
    }

    static Set<String> since(Cluster cluster, EventSerdes serdes, Instant since)
            throws InterruptedException, ExecutionException {
        Replays replays = new Replays(cluster, serdes);
        replays.readAnnotated(new TimeRange(since, null));
        replays.readRejected(new TimeRange(since, null));
        replays.readUnanswered();
        return replays.sources;
    }

    private void readAnnotated(TimeRange range) {
        Topic<ImageAnnotated> topic = cluster.topic(Topics.IMAGES_ANNOTATED);
        AvroDeserializer<ImageAnnotated> reader = serdes.deserializer(topic);
        try (TopicScan scan = TopicScan.of(cluster, topic, range)) {
            Visitor<RuntimeException> each =
                    record -> add(reader.deserialize(record.topic(), record.value()).getReplayOf());
            scan.forEach(each, done -> {});
        }
    }

    private void readRejected(TimeRange range) {
        Topic<ImageRejected> topic = cluster.topic(Topics.IMAGES_REJECTED);
        AvroDeserializer<ImageRejected> reader = serdes.deserializer(topic);
        try (TopicScan scan = TopicScan.of(cluster, topic, range)) {
            Visitor<RuntimeException> each =
                    record -> add(reader.deserialize(record.topic(), record.value()).getReplayOf());
            scan.forEach(each, done -> {});
        }
    }

    private void readUnanswered() throws InterruptedException, ExecutionException {
        Topic<?> topic = cluster.topic(Topics.IMAGES_CAPTURED);
        try (Admin admin = Admin.create(cluster.client());
                TopicScan scan = TopicScan.from(cluster, topic, committed(admin))) {
            Visitor<RuntimeException> each =
                    record -> {
                        Header header = record.headers().lastHeader(LetterReplay.REPLAY_OF);
                        if (header != null) {
                            sources.add(new String(header.value(), StandardCharsets.UTF_8));
                        }
                    };
            scan.forEach(each, done -> {});
        }
    }

    private Map<TopicPartition, Long> committed(Admin admin)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(cluster.config().applicationId())
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach(
                        (partition, committed) -> {
                            if (committed != null) {
                                offsets.put(partition, committed.offset());
                            }
                        });
        return offsets;
    }

    private void add(@Nullable RecordOrigin replayOf) {
        if (replayOf != null) {
            sources.add(
                    "%s-%d@%d"
                            .formatted(
                                    replayOf.getTopic(),
                                    replayOf.getPartition(),
                                    replayOf.getOffset()));
        }
    }
}
