// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.topic.Topics;
import org.junit.jupiter.api.Test;

class EventSerdesTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventSerdes serdes = new EventSerdes(registry, Registration.AUTOMATIC);

    @Test
    void readsBackEveryFieldThatItWrote() {
        var serde = serdes.serde(Topics.IMAGES_ANNOTATED);
        ImageAnnotated annotated = Samples.annotated();
        byte[] bytes = serde.serializer().serialize("t.images.annotated", annotated);
        assertThat(serde.deserializer().deserialize("t.images.annotated", bytes))
                .isEqualTo(annotated);
    }
}
