// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.workload;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.AvroSerializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import io.cytolog.topology.RecordPosition;
import java.time.Instant;

/** Reads images and writes results in the stream's contracts. Any thread may use it. */
public final class ResultCodec implements AutoCloseable {

    private final Topic<ImageCaptured> captured;
    private final Topic<ImageAnnotated> annotated;
    private final EventSerdes serdes;
    private final AvroDeserializer<ImageCaptured> reader;
    private final AvroSerializer<ImageAnnotated> writer;

    public ResultCodec(RowSettings settings) {
        this.captured = Topics.IMAGES_CAPTURED.named(settings.prefix());
        this.annotated = Topics.IMAGES_ANNOTATED.named(settings.prefix());
        this.serdes = new EventSerdes(settings.registry());
        this.reader = serdes.deserializer(captured);
        this.writer = serdes.serializer(annotated);
    }

    /** Name of the topic that a row reads. */
    public String source() {
        return captured.name();
    }

    /** Name of the topic that a row writes. */
    public String target() {
        return annotated.name();
    }

    public CapturedImage read(byte[] value, int partition, long offset, long timestamp) {
        return new CapturedImage(
                reader.deserialize(captured.name(), value),
                new RecordPosition(
                        captured.name(), partition, offset, Instant.ofEpochMilli(timestamp)));
    }

    public byte[] write(ImageAnnotated result) {
        return writer.serialize(annotated.name(), result);
    }

    @Override
    public void close() {
        serdes.close();
    }
}
