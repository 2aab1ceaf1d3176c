// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.letter;

import io.cytolog.event.ImageRejected;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.Position;
import io.cytolog.standalone.log.RecordSeeker;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.log.TopicScan;
import io.cytolog.standalone.log.TopicScan.Visitor;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds dead letters in a cluster, one at a time. Owned by one thread. */
public final class DeadLetters {

    private final Cluster cluster;
    private final Topic<ImageRejected> topic;
    private final AvroDeserializer<ImageRejected> reader;

    public DeadLetters(Cluster cluster, EventSerdes serdes) {
        this.cluster = cluster;
        this.topic = cluster.topic(Topics.IMAGES_REJECTED);
        this.reader = serdes.deserializer(topic);
    }

    /**
     * Visits those that are meant.
     *
     * @param progress offsets done, of how many
     */
    public <E extends Exception> void forEach(
            TimeRange range,
            LetterFilter filter,
            LetterVisitor<E> visitor,
            BiConsumer<Long, Long> progress)
            throws E {
        try (TopicScan scan = TopicScan.of(cluster, topic, range)) {
            Visitor<E> each =
                    record -> {
                        DeadLetter letter = letter(record);
                        if (filter.takes(letter)) {
                            visitor.visit(letter);
                        }
                    };
            scan.forEach(each, done -> progress.accept(done, scan.total()));
        }
    }

    /** Takes one letter. */
    @FunctionalInterface
    public interface LetterVisitor<E extends Exception> {
        void visit(DeadLetter letter) throws E;
    }

    /** The letter at a position; empty when it has expired or never was. */
    public Optional<DeadLetter> at(Position position) {
        try (RecordSeeker seeker = new RecordSeeker(cluster)) {
            return seeker.at(topic.name(), position).map(this::letter);
        }
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                new Position(record.partition(), record.offset()),
                record.key(),
                reader.deserialize(record.topic(), record.value()));
    }
}
