// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.cluster;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.event.ReleaseAnnounced;
import io.cytolog.event.ReviewDecided;
import io.cytolog.event.SentenceBanked;
import io.cytolog.event.SentenceState;
import io.cytolog.release.ReleaseId;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serving.PointOfChange;
import io.cytolog.serving.ReleaseRole;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes decisions and tells from when on they hold. Owned by one thread. */
public final class DecisionWriter implements AutoCloseable {

    private final Cluster cluster;
    private final String by;
    private final InstantSource clock;
    private final EventSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * @param by account name of whoever decides
     */
    public DecisionWriter(Cluster cluster, String by, InstantSource clock) {
        this.cluster = cluster;
        this.by = by;
        this.clock = clock;
        this.serdes = cluster.serdes();
        Map<String, Object> settings = new HashMap<>(cluster.client());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("linger.ms", 0);
        this.producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Announces a release.
     *
     * @param location URI of its folder as the stream-app sees it
     * @param effectiveAt its point of change; null for soon
     * @return from when on it holds
     */
    public Instant announce(
            String channel,
            ReleaseId release,
            String location,
            ReleaseRole role,
            double share,
            @Nullable Instant effectiveAt)
            throws IOException, InterruptedException {
        ReleaseAnnounced value =
                ReleaseAnnounced.newBuilder()
                        .setChannel(channel)
                        .setReleaseId(release.value())
                        .setLocation(location)
                        .setRole(io.cytolog.event.ReleaseRole.valueOf(role.name()))
                        .setShare(share)
                        .setAnnouncedBy(by)
                        .setAnnouncedAt(clock.instant())
                        .setEffectiveAt(effectiveAt)
                        .build();
        return write(Topics.RELEASES_ANNOUNCED, channel, value, effectiveAt);
    }

    /**
     * Banks an edit of a sentence.
     *
     * @param effectiveAt its point of change; null for soon
     * @return from when on it holds
     */
    public Instant bank(SentenceEdit edit, @Nullable Instant effectiveAt)
            throws IOException, InterruptedException {
        SentenceBanked value =
                SentenceBanked.newBuilder()
                        .setSentenceId(edit.sentenceId())
                        .setText(edit.text())
                        .setFinding(edit.finding().isEmpty() ? null : edit.finding())
                        .setState(edit.retired() ? SentenceState.RETIRED : SentenceState.ACTIVE)
                        .setAuthor(by)
                        .setBankedAt(clock.instant())
                        .setEffectiveAt(effectiveAt)
                        .build();
        return write(Topics.SENTENCES_BANKED, edit.sentenceId(), value, effectiveAt);
    }

    /** Writes a person's decision on a slide. */
    public void review(ReviewDecided decision) throws IOException, InterruptedException {
        write(Topics.REVIEWS_DECIDED, decision.getSlide(), decision, null);
    }

    private <V extends SpecificRecord> Instant write(
            Topic<V> topic, String key, V value, @Nullable Instant effectiveAt)
            throws IOException, InterruptedException {
        Topic<V> named = cluster.topic(topic);
        byte[] bytes = serdes.serializer(named).serialize(named.name(), value);
        try {
            RecordMetadata written =
                    producer.send(new ProducerRecord<>(named.name(), key, bytes)).get();
            return PointOfChange.of(Instant.ofEpochMilli(written.timestamp()), effectiveAt);
        } catch (ExecutionException e) {
            throw new IOException(
                    "%s could not be written: %s".formatted(named.name(), e.getCause()), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        serdes.close();
    }
}
