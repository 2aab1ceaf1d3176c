// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes numbered images. On a schedule it is an open loop: arrivals are drawn beforehand and an
 * image that could not be sent in time is still counted from when it was due, so a slow row cannot
 * slow its own load. Owned by one thread.
 */
public final class Feed implements AutoCloseable {

    private static final long SEED = 42;

    private final String topic;
    private final EventSerdes serdes;
    private final Payloads payloads;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int next;

    /**
     * @param whole whether digests are right; images with a wrong one are turned away at the gate
     */
    public Feed(String broker, String registry, String prefix, ImageSet images, boolean whole) {
        this.topic = Topics.IMAGES_CAPTURED.named(prefix).name();
        this.serdes = new EventSerdes(registry);
        this.payloads =
                new Payloads(
                        images,
                        serdes.serializer(Topics.IMAGES_CAPTURED.named(prefix)),
                        topic,
                        whole);
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "max.request.size",
                                Topics.MAX_REQUEST_BYTES,
                                "batch.size",
                                1 << 18,
                                "linger.ms",
                                0,
                                // On a topic just made the first batch may be turned away and
                                // the second taken; the first then never fits again.
                                "max.in.flight.requests.per.connection",
                                1,
                                // The broker shares its cores with what is measured.
                                "request.timeout.ms",
                                120_000,
                                "delivery.timeout.ms",
                                600_000),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** Number of the next image. */
    public int next() {
        return next;
    }

    /** Publishes so many images as fast as the broker takes them. */
    public void fill(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            send();
        }
        flush();
    }

    /**
     * Publishes at a mean rate for a while, with exponential gaps from a fixed seed.
     *
     * @return when each image was due, by {@link System#nanoTime}, the first one's number being
     *     {@link #next} before the call
     */
    public long[] play(double perSecond, Duration length) throws Exception {
        long[] due = arrivals(perSecond, length);
        long start = System.nanoTime();
        for (int i = 0; i < due.length; i++) {
            due[i] += start;
            waitUntil(due[i]);
            send();
        }
        flush();
        return due;
    }

    private static long[] arrivals(double perSecond, Duration length) {
        Random random = new Random(SEED);
        long[] due = new long[(int) Math.ceil(perSecond * length.toNanos() / 1e9)];
        double at = 0;
        for (int i = 0; i < due.length; i++) {
            at -= Math.log(1 - random.nextDouble()) / perSecond;
            due[i] = (long) (at * 1e9);
        }
        return due;
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanos - System.nanoTime();
        }
    }

    private void send() {
        producer.send(
                new ProducerRecord<>(topic, Payloads.slide(next), payloads.numbered(next)),
                (sent, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
        next++;
    }

    private void flush() throws Exception {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** The number in an image's id. */
    public static int numberOf(String imageId) {
        return Payloads.numberOf(imageId);
    }

    @Override
    public void close() {
        producer.close(Duration.ofNanos(TimeUnit.SECONDS.toNanos(5)));
        serdes.close();
    }
}
