// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.letter;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.RejectionReason;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.AvroSerializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes dead letters again: the same key and origin, and the record says what it replays. In
 * transactions of some letters, so that a broken replay leaves no half of one behind. Owned by one
 * thread.
 */
public final class LetterReplay implements AutoCloseable {

    /** Header of a replayed record: topic-partition@offset of the record that was turned away. */
    public static final String REPLAY_OF = "cytolog-replay-of";

    private static final int LETTERS_A_TRANSACTION = 50;

    private final Topic<ImageCaptured> topic;
    private final AvroDeserializer<ImageCaptured> reader;
    private final AvroSerializer<ImageCaptured> writer;
    private final Set<String> replayed;
    private final boolean dryRun;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();
    private final Map<Fate, Integer> fates = new HashMap<>();

    /** What became of a letter. */
    public enum Fate {
        /** Published again, or would be. */
        REPLAYED,
        /** Published again as the bytes that could not be read; only a header says so. */
        REPLAYED_RAW,
        /** A replay of it came before. */
        ALREADY,
        /** Its record was too long to be kept in the letter. */
        NOT_KEPT
    }

    /**
     * @param since replays of what was turned away from then on are looked for
     * @param again also publishes what was published again already
     * @param dryRun publishes nothing
     */
    public LetterReplay(
            Cluster cluster, EventSerdes serdes, Instant since, boolean again, boolean dryRun)
            throws InterruptedException, ExecutionException {
        this.topic = cluster.topic(Topics.IMAGES_CAPTURED);
        this.reader = serdes.deserializer(topic);
        this.writer = serdes.serializer(topic);
        this.replayed =
                again ? new HashSet<>() : new HashSet<>(Replays.since(cluster, serdes, since));
        this.dryRun = dryRun;
        Map<String, Object> settings = new HashMap<>(cluster.client());
        settings.put("transactional.id", "cytolog-replay-" + UUID.randomUUID());
        settings.put("acks", "all");
        settings.put("max.request.size", Topics.MAX_REQUEST_BYTES);
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        if (!dryRun) {
            producer.initTransactions();
        }
    }

    /** Publishes a letter again; {@link #flush} makes the last ones count. */
    public Fate replay(DeadLetter letter) {
        Fate fate = fate(letter);
        fates.merge(fate, 1, Integer::sum);
        if (fate == Fate.REPLAYED || fate == Fate.REPLAYED_RAW) {
            replayed.add(letter.source());
            pending.add(record(letter, fate));
            if (pending.size() >= LETTERS_A_TRANSACTION) {
                flush();
            }
        }
        return fate;
    }

    /** Commits what is not yet committed. */
    public void flush() {
        if (!dryRun && !pending.isEmpty()) {
            producer.beginTransaction();
            pending.forEach(producer::send);
            producer.commitTransaction();
        }
        pending.clear();
    }

    /** How many letters had which fate. */
    public Map<Fate, Integer> fates() {
        return Map.copyOf(fates);
    }

    private Fate fate(DeadLetter letter) {
        if (replayed.contains(letter.source())) {
            return Fate.ALREADY;
        }
        if (letter.value().getOriginalValue() == null) {
            return Fate.NOT_KEPT;
        }
        return letter.value().getReason() == RejectionReason.UNREADABLE_RECORD
                ? Fate.REPLAYED_RAW
                : Fate.REPLAYED;
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, Fate fate) {
        byte[] original = bytes(letter.value().getOriginalValue());
        byte[] value = original;
        if (fate == Fate.REPLAYED) {
            ImageCaptured captured = reader.deserialize(topic.name(), original);
            value =
                    writer.serialize(
                            topic.name(),
                            ImageCaptured.newBuilder(captured)
                                    .setReplayOf(letter.value().getSource())
                                    .build());
        }
        var record = new ProducerRecord<>(topic.name(), letter.key(), value);
        record.headers().add(REPLAY_OF, letter.source().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        producer.close();
    }
}
