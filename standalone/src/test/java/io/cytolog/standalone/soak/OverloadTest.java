// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.app.Parts;
import io.cytolog.app.Wiring;
import io.cytolog.config.AppConfig;
import io.cytolog.config.ConfigReader;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.Rejection;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.EmbeddedBroker;
import io.cytolog.standalone.EmbeddedRegistry;
import io.cytolog.standalone.Pictures;
import io.cytolog.standalone.RegistryHome;
import io.cytolog.standalone.TinyRelease;
import io.cytolog.topic.Topics;
import io.cytolog.topology.FlowListener;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a stream that is given far more than it can answer is slow, and nothing worse. */
@Timeout(240)
class OverloadTest {

    private static final int IMAGES = 60;
    private static final String GROUP = "overload";

    @TempDir private Path folder;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong mostHeld = new AtomicLong();

    @Test
    void keepsItsPlaceInTheGroupWhileItIsBlocked() throws Exception {
        // Given: a commit may wait for three seconds, in which the session answers eight images.
        Path release = folder.resolve("release");
        TinyRelease.write(release);
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(RegistryHome.located(), folder);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
                GroupWatch group = new GroupWatch(broker.bootstrapServers(), GROUP)) {
            AppConfig config = config(broker, registry, release);
            try (Wiring stream = Wiring.of(config, parts(config, 2.5))) {
                stream.start();
                assertThat(stream.awaitRunning(Duration.ofMinutes(1))).isTrue();

                // When: all come at once.
                publish(broker, registry);

                // Then
                Set<Set<String>> memberships = new HashSet<>();
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(250))
                        .until(
                                () -> {
                                    memberships.add(group.now().members());
                                    return answered.get() >= IMAGES;
                                });
                assertThat(memberships).hasSize(1);
                assertThat(answered).hasValue(IMAGES);
                assertThat(mostHeld.get()).isPositive().isLessThan(1 << 20);
            }
        }
    }

    private AppConfig config(EmbeddedBroker broker, EmbeddedRegistry registry, Path release)
            throws Exception {
        return ConfigReader.ofDefaults()
                .with("application-id", GROUP)
                .with("kafka.bootstrap-servers", broker.bootstrapServers())
                .with("registry.url", registry.url())
                .with("release.path", release.toString())
                .with("streams.state-dir", folder.resolve("state").toString())
                .with("topics.partitions", "2")
                .with("barrier.timeout", "3s")
                .with("in-flight.max-bytes", "1MiB")
                .with("console.port", "0")
                .read();
    }

    private Parts parts(AppConfig config, double cellsPerSecond) {
        return StreamChild.slowed(Parts.of(config), cellsPerSecond).listeningAs(counting());
    }

    private FlowListener counting() {
        return new FlowListener() {
            @Override
            public void inFlightChanged(int change) {}

            @Override
            public void heldChanged(long bytes) {
                mostHeld.accumulateAndGet(bytes, Math::max);
            }

            @Override
            public void annotated(PreparedImage image, ImageAnnotation annotation) {
                answered.incrementAndGet();
            }

            @Override
            public void rejected(Rejection rejection) {}

            @Override
            public void barrierWaited(Duration waited) {}
        };
    }

    private void publish(EmbeddedBroker broker, EmbeddedRegistry registry) throws Exception {
        Path picture = folder.resolve("pictures/cell.png");
        Pictures.cell(picture, Color.MAGENTA);
        byte[] file = Files.readAllBytes(picture);
        try (EventSerdes serdes = new EventSerdes(registry.url());
                var producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker.bootstrapServers()),
                                new StringSerializer(),
                                serdes.serializer(Topics.IMAGES_CAPTURED))) {
            for (int i = 0; i < IMAGES; i++) {
                String slide = "slide-" + i % 8;
                producer.send(
                        new ProducerRecord<>(
                                Topics.IMAGES_CAPTURED.name(), slide, image(i, slide, file)));
            }
        }
    }

    private static ImageCaptured image(int number, String slide, byte[] file) {
        return ImageCaptured.newBuilder()
                .setImageId("img-" + number)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-1")
                                .setSpecimen("S-1")
                                .setSlide(slide)
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(Priority.ROUTINE)
                                .build())
                .setKind(ImageKind.CELL)
                .setSourceName("img-" + number + ".png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContent(ByteBuffer.wrap(file))
                .build();
    }
}
