// Licensed under the Apache License, Version 2.0.
package io.cytolog.decision;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.event.ReleaseAnnounced;
import io.cytolog.event.SentenceBanked;
import io.cytolog.event.SentenceState;
import io.cytolog.release.ReleaseId;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import io.cytolog.serving.PointOfChange;
import io.cytolog.serving.ReleaseDecision;
import io.cytolog.serving.ReleaseRole;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records of both topics into decisions of one channel. A record that makes no sense is
 * passed over with one line in the log. Used by one thread.
 */
final class DecisionMessages {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionMessages.class);

    /** More than any topic of decisions has; it is made with one. */
    private static final int PARTITIONS = 1_024;

    private final Topic<ReleaseAnnounced> announced;
    private final Topic<SentenceBanked> banked;
    private final Deserializer<Readable<ReleaseAnnounced>> announcements;
    private final Deserializer<Readable<SentenceBanked>> sentences;
    private final String channel;

    DecisionMessages(EventSerdes serdes, String prefix, String channel) {
        this.announced = Topics.RELEASES_ANNOUNCED.named(prefix);
        this.banked = Topics.SENTENCES_BANKED.named(prefix);
        this.announcements = serdes.readable(announced).deserializer();
        this.sentences = serdes.readable(banked).deserializer();
        this.channel = channel;
    }

    List<String> topics() {
        return List.of(announced.name(), banked.name());
    }

    /**
     * @throws org.apache.kafka.common.KafkaException when the registry does not answer
     */
    Decisions decisions(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        List<ReleaseDecision> releases = new ArrayList<>();
        List<SentenceDecision> edits = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (record.topic().equals(announced.name())) {
                    read(announcements, record).forEach(value -> add(value, record, releases));
                } else {
                    read(sentences, record).forEach(value -> add(value, record, edits));
                }
            } catch (IllegalArgumentException e) {
                passOver(record, e.getMessage());
            }
        }
        return new Decisions(releases, edits);
    }

    private void add(
            ReleaseAnnounced value,
            ConsumerRecord<byte[], byte[]> record,
            List<ReleaseDecision> releases) {
        if (!value.getChannel().equals(channel)) {
            return;
        }
        double share = value.getShare();
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share=%s is not 0 to 1".formatted(share));
        }
        releases.add(
                new ReleaseDecision(
                        new ReleaseId(value.getReleaseId()),
                        value.getLocation(),
                        // UNKNOWN, a role of a later version, is refused here.
                        ReleaseRole.valueOf(value.getRole().name()),
                        share,
                        PointOfChange.of(appended(record), value.getEffectiveAt()),
                        position(record)));
    }

    private void add(
            SentenceBanked value,
            ConsumerRecord<byte[], byte[]> record,
            List<SentenceDecision> edits) {
        String finding = value.getFinding() == null ? "" : value.getFinding();
        SentenceEdit edit =
                switch (value.getState()) {
                    case ACTIVE ->
                            SentenceEdit.active(value.getSentenceId(), value.getText(), finding);
                    case RETIRED -> SentenceEdit.retired(value.getSentenceId());
                    case UNKNOWN ->
                            throw new IllegalArgumentException("state " + SentenceState.UNKNOWN);
                };
        edits.add(
                new SentenceDecision(
                        edit,
                        PointOfChange.of(appended(record), value.getEffectiveAt()),
                        position(record)));
    }

    private <V extends SpecificRecord> List<V> read(
            Deserializer<Readable<V>> reader, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            passOver(record, "no value");
            return List.of();
        }
        return switch (reader.deserialize(record.topic(), record.value())) {
            case Readable.Read<V>(V value) -> List.of(value);
            case Readable.Unreadable<V> unreadable -> {
                passOver(record, unreadable.why());
                yield List.of();
            }
        };
    }

    private static void passOver(ConsumerRecord<byte[], byte[]> record, String why) {
        LOG.warn(
                "decision passed over topic={} partition={} offset={} reason=\"{}\"",
                record.topic(),
                record.partition(),
                record.offset(),
                why);
    }

    private static Instant appended(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private static long position(ConsumerRecord<byte[], byte[]> record) {
        return record.offset() * PARTITIONS + record.partition();
    }
}
