// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.barrier;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes numbered images of many slides at a steady pace; each tenth is no image. */
final class ScannerFeed implements AutoCloseable {

    private static final int SLIDES = 24;
    private static final int BAD_EVERY = 10;
    private static final byte[] CELL = png();
    private static final byte[] NO_IMAGE = "not an image".getBytes(StandardCharsets.UTF_8);

    private final EventSerdes serdes;
    private final KafkaProducer<String, ImageCaptured> producer;

    ScannerFeed(String broker, String registry) {
        this.serdes = new EventSerdes(registry);
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker, "enable.idempotence", true),
                        new StringSerializer(),
                        serdes.serializer(Topics.IMAGES_CAPTURED));
    }

    /** Publishes images {@code from} to {@code to - 1}, so many a second. */
    void publish(int from, int to, int perSecond) throws Exception {
        for (int i = from; i < to; i++) {
            String slide = "slide-" + i % SLIDES;
            producer.send(
                    new ProducerRecord<>(Topics.IMAGES_CAPTURED.name(), slide, image(i, slide)));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / perSecond);
        }
        producer.flush();
    }

    private static ImageCaptured image(int number, String slide) {
        byte[] file = isBad(number) ? NO_IMAGE : CELL;
        return ImageCaptured.newBuilder()
                .setImageId(idOf(number))
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-1")
                                .setSpecimen("S-1")
                                .setSlide(slide)
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(number % 7 == 0 ? Priority.STAT : Priority.ROUTINE)
                                .build())
                .setKind(ImageKind.CELL)
                .setSourceName(idOf(number) + ".png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContent(ByteBuffer.wrap(file))
                .build();
    }

    static String idOf(int number) {
        return "img-" + number;
    }

    static boolean isBad(int number) {
        return number % BAD_EVERY == 0;
    }

    private static byte[] png() {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(new Color(180, 60, 200));
        brush.fillRect(0, 0, 64, 64);
        brush.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        producer.close();
        serdes.close();
    }
}
