// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes numbered images of many slides at a steady pace; each tenth is no image, each seventh
 * is STAT. Each is published once and waited for, whatever the broker does meanwhile. One thread
 * publishes, any may ask how far it is and stop it.
 */
public final class NumberedFeed implements AutoCloseable {

    /** Slides that the images belong to, in turn. */
    public static final int SLIDES = 24;

    private static final int BAD_EVERY = 10;
    private static final int STAT_EVERY = 7;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int TWO_MINUTES = 120_000;
    private static final String PREFIX = "img-";
    private static final byte[] CELL = png();
    private static final byte[] NO_IMAGE = "not an image".getBytes(StandardCharsets.UTF_8);

    private final EventSerdes serdes;
    private final KafkaProducer<String, ImageCaptured> producer;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    public NumberedFeed(String broker, String registry) {
        this.serdes = new EventSerdes(registry);
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", broker,
                                "enable.idempotence", true,
                                "acks", "all",
                                "delivery.timeout.ms", TWO_MINUTES,
                                "max.block.ms", TWO_MINUTES),
                        new StringSerializer(),
                        serdes.serializer(Topics.IMAGES_CAPTURED));
    }

    /** Publishes images 0 to {@code most - 1}, so many a second, until stopped. */
    public void publish(int most, int perSecond) {
        long next = System.nanoTime();
        for (int i = 0; i < most && !stopped.get(); i++) {
            String slide = slideOf(i);
            producer.send(
                    new ProducerRecord<>(Topics.IMAGES_CAPTURED.name(), slide, image(i, slide)),
                    (position, failure) -> refused.addAndGet(failure == null ? 0 : 1));
            sent.incrementAndGet();
            next += TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        producer.flush();
    }

    /** Images given to the producer so far. */
    public int sent() {
        return sent.get();
    }

    /** Images that the broker did not take; then the run proves nothing. */
    public int refused() {
        return refused.get();
    }

    /** Lets {@link #publish} come to its end. */
    public void stop() {
        stopped.set(true);
    }

    /** The number in an image's id. */
    public static int numberOf(String imageId) {
        return Integer.parseInt(imageId.substring(PREFIX.length()));
    }

    /** Whether the image with this number must be turned away. */
    static boolean isBad(int number) {
        return number % BAD_EVERY == 0;
    }

    /** The slide that the image with this number belongs to. */
    static String slideOf(int number) {
        return "slide-" + number % SLIDES;
    }

    private static ImageCaptured image(int number, String slide) {
        byte[] file = isBad(number) ? NO_IMAGE : CELL;
        String id = PREFIX + number;
        return ImageCaptured.newBuilder()
                .setImageId(id)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-1")
                                .setSpecimen("S-1")
                                .setSlide(slide)
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(
                                        number % STAT_EVERY == 0 ? Priority.STAT : Priority.ROUTINE)
                                .build())
                .setKind(ImageKind.CELL)
                .setSourceName(id + ".png")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContent(ByteBuffer.wrap(file))
                .build();
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

    /** What {@link #publish} was stopped in is given up: the broker may be gone for good. */
    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
        serdes.close();
    }
}
