// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns committed records into messages and tells the listener. Used by the reader's thread. */
final class CommittedMessages {

    private final Source<ImageAnnotated> annotated;
    private final Source<ImageRejected> rejected;
    private final Source<SlideSummarised> summarised;
    private final CommittedListener listener;

    CommittedMessages(EventSerdes serdes, String prefix, CommittedListener listener) {
        this.annotated = Source.of(serdes, Topics.IMAGES_ANNOTATED.named(prefix));
        this.rejected = Source.of(serdes, Topics.IMAGES_REJECTED.named(prefix));
        this.summarised = Source.of(serdes, Topics.SLIDES_SUMMARISED.named(prefix));
        this.listener = listener;
    }

    List<String> topics() {
        return List.of(annotated.topic(), rejected.topic(), summarised.topic());
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException when the record is no message
     * @throws io.cytolog.serde.RegistryUnavailableException when the registry cannot be asked
     */
    void tell(ConsumerRecord<byte[], byte[]> record, Instant seenAt) {
        if (record.value() == null) {
            return;
        }
        if (annotated.holds(record)) {
            listener.annotated(annotated.read(record), seenAt);
        } else if (rejected.holds(record)) {
            listener.rejected(rejected.read(record));
        } else {
            listener.summarised(summarised.read(record));
        }
    }

    private record Source<V extends SpecificRecord>(String topic, AvroDeserializer<V> reader) {

        static <V extends SpecificRecord> Source<V> of(EventSerdes serdes, Topic<V> topic) {
            return new Source<>(topic.name(), serdes.deserializer(topic));
        }

        boolean holds(ConsumerRecord<byte[], byte[]> record) {
            return record.topic().equals(topic);
        }

        V read(ConsumerRecord<byte[], byte[]> record) {
            V value = reader.deserialize(topic, record.value());
            if (value == null) {
                throw new IllegalStateException("a value of bytes became none");
            }
            return value;
        }
    }
}
