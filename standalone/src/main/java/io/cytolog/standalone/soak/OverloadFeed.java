// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes fields at a steady pace, every other one by claim check, and waits while its lead over
 * the stream is at a bound, so that the disk is not filled. Its own thread publishes; any may ask
 * how much.
 */
final class OverloadFeed implements AutoCloseable {

    private static final int SLIDES = 64;
    private static final int STAT_EVERY = 10;

    private final OverloadImages images;
    private final String largeSha256;
    private final String inlineSha256;
    private final LongSupplier answered;
    private final long mostLead;
    private final long nanosBetween;
    private final EventSerdes serdes;
    private final KafkaProducer<String, ImageCaptured> producer;
    private final AtomicLong published = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param answered images that have their outcome
     */
    OverloadFeed(
            String broker,
            String registry,
            OverloadImages images,
            double imagesPerSecond,
            long mostLead,
            LongSupplier answered) {
        this.images = images;
        this.largeSha256 = images.large().sha256();
        this.inlineSha256 = images.inline().sha256();
        this.answered = answered;
        this.mostLead = mostLead;
        this.nanosBetween = Math.round(1e9 / imagesPerSecond);
        this.serdes = new EventSerdes(registry);
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "max.request.size",
                                Topics.MAX_REQUEST_BYTES,
                                "buffer.memory",
                                16L << 20),
                        new StringSerializer(),
                        serdes.serializer(Topics.IMAGES_CAPTURED));
        this.thread = Thread.ofPlatform().name("overload-feed").daemon().unstarted(this::publish);
    }

    void start() {
        thread.start();
    }

    long published() {
        return published.get();
    }

    private void publish() {
        long next = System.nanoTime();
        while (!stopping) {
            if (published.get() - answered.getAsLong() < mostLead) {
                long number = published.getAndIncrement();
                String slide = "slide-" + number % SLIDES;
                send(slide, image(number, slide));
            }
            next = Math.max(next + nanosBetween, System.nanoTime() - nanosBetween);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void send(String slide, ImageCaptured image) {
        try {
            producer.send(new ProducerRecord<>(Topics.IMAGES_CAPTURED.name(), slide, image));
        } catch (InterruptException e) {
            // Told to stop while the broker was slow.
            stopping = true;
        }
    }

    private void joinThread() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ImageCaptured image(long number, String slide) {
        boolean claimed = number % 2 == 0;
        ImageBytes bytes = claimed ? images.large() : images.inline();
        return ImageCaptured.newBuilder()
                .setImageId("img-" + number)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("A-1")
                                .setSpecimen("S-1")
                                .setSlide(slide)
                                .setCapturedAt(Clock.systemUTC().instant())
                                .setPriority(
                                        number % STAT_EVERY == 0 ? Priority.STAT : Priority.ROUTINE)
                                .build())
                .setKind(ImageKind.FIELD)
                .setSourceName("img-" + number + ".png")
                .setSha256(claimed ? largeSha256 : inlineSha256)
                .setSizeBytes(bytes.length())
                .setContent(claimed ? null : ByteBuffer.wrap(bytes.array()))
                .setContentUri(claimed ? images.file().toUri().toString() : null)
                .build();
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        joinThread();
        producer.close(Duration.ofSeconds(5));
        serdes.close();
    }
}
