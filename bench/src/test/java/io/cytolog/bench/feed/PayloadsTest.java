// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.event.ImageCaptured;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.topic.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadsTest {

    @TempDir private Path work;

    @Test
    void givesEveryCopyANumberASlideAndADigestOfItsOwn() throws Exception {
        // Given
        ImageSet images = ImageSet.read(Picture.SMALL.folder(work));
        EventSerdes serdes =
                new EventSerdes(new MockSchemaRegistryClient(), Registration.AUTOMATIC);
        var topic = Topics.IMAGES_CAPTURED;
        Payloads payloads = new Payloads(images, serdes.serializer(topic), topic.name(), true);

        // When: the same picture twice
        int again = 7 + images.files().size();
        ImageCaptured one = read(serdes, payloads.numbered(7));
        ImageCaptured other = read(serdes, payloads.numbered(again));

        // Then
        assertThat(Payloads.numberOf(one.getImageId())).isEqualTo(7);
        assertThat(Payloads.numberOf(other.getImageId())).isEqualTo(again);
        assertThat(one.getOrigin().getSlide()).isEqualTo(Payloads.slide(7));
        assertThat(one.getSha256()).isNotEqualTo(other.getSha256());
        ImageBytes bytes = ImageBytes.wrap(other.getContent().array());
        assertThat(bytes.sha256()).isEqualTo(other.getSha256());
        assertThat(new ImageGate(ImageLimits.DEFAULT).admit(bytes).width()).isEqualTo(360);
    }

    private static ImageCaptured read(EventSerdes serdes, byte[] value) {
        return serdes.deserializer(Topics.IMAGES_CAPTURED)
                .deserialize(Topics.IMAGES_CAPTURED.name(), value);
    }
}
