// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import io.cytolog.bench.feed.Feed;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.serde.AvroDeserializer;
import io.cytolog.serde.EventSerdes;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A read_committed reader of what a row writes: notes when each image's result became visible, and
 * what the row had cost by then. Its own thread reads; others may ask.
 */
final class Observer implements AutoCloseable {

    private static final int MOST_IMAGES = 1 << 20;

    /**
     * Bounds the error of a time of visibility; the broker answers at once when it has something.
     */
    private static final int FETCH_WAIT_MILLIS = 25;

    private final Supplier<ChildJvm> row;
    private final boolean counting;
    private final EventSerdes serdes;
    private final AvroDeserializer<ImageAnnotated> reader;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicLongArray seenNanos = new AtomicLongArray(MOST_IMAGES);
    private final Map<Integer, String> findings = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Topic<ImageAnnotated> annotated;
    private volatile boolean closed;

    /**
     * @param row whose cost is noted
     * @param counting whether records are only counted, whatever they are
     */
    Observer(
            String broker,
            String registry,
            String prefix,
            Supplier<ChildJvm> row,
            boolean counting,
            int partitions) {
        this.row = row;
        this.counting = counting;
        this.annotated = Topics.IMAGES_ANNOTATED.named(prefix);
        this.serdes = new EventSerdes(registry);
        this.reader = serdes.deserializer(annotated);
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                false,
                                "auto.offset.reset",
                                "earliest",
                                "max.poll.records",
                                10_000,
                                "fetch.max.wait.ms",
                                FETCH_WAIT_MILLIS),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(annotated.name(), i));
            all.add(new TopicPartition(Topics.IMAGES_REJECTED.named(prefix).name(), i));
        }
        consumer.assign(all);
        Thread.ofPlatform().name("observer").daemon().start(this::read);
    }

    /** Images with a result. */
    long seen() {
        return seen.get();
    }

    /** Results beyond an image's first. */
    long repeated() {
        return repeated.get();
    }

    /** Images that were turned away; none should be. */
    long rejected() {
        return counting ? 0 : rejected.get();
    }

    /** When the image with this number had a result, by {@link System#nanoTime}; 0 before. */
    long seenNanos(int number) {
        return seenNanos.get(number);
    }

    /** What each image was found to show, by its number. */
    Map<Integer, String> findings() {
        return Map.copyOf(findings);
    }

    /** A copy of what was noted so far, in order of time. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Waits until so many images have a result; false when that takes longer. */
    boolean await(long count, Duration longest) throws InterruptedException {
        return await(() -> seen() >= count, longest);
    }

    /** Waits until results were seen for so long, or for so many images; false when neither is. */
    boolean awaitSpan(Duration span, long count, Duration longest) throws InterruptedException {
        return await(
                () -> {
                    Sample first = samples.peek();
                    return seen() >= count
                            || first != null && System.nanoTime() - first.nanos() > span.toNanos();
                },
                longest);
    }

    private boolean await(BooleanSupplier condition, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (failure.get() != null) {
                throw failure.get();
            }
            if (System.nanoTime() > deadline || !row.get().alive()) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    private void read() {
        try {
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) {
                    note(records, System.nanoTime());
                }
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException e) {
            failure.set(e);
        } finally {
            consumer.close();
            ended.countDown();
        }
    }

    private void note(ConsumerRecords<byte[], byte[]> records, long now) {
        long cpu = row.get().cost().cpu().toNanos();
        long fresh = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (counting) {
                fresh++;
            } else if (record.topic().equals(annotated.name())) {
                fresh += note(record.value(), now);
            } else {
                rejected.incrementAndGet();
            }
        }
        samples.add(new Sample(now, seen.addAndGet(fresh), cpu));
    }

    /** One for a first result, none for another. */
    private int note(byte[] value, long now) {
        ImageAnnotated result = reader.deserialize(annotated.name(), value);
        int number = Feed.numberOf(result.getImageId());
        if (!seenNanos.compareAndSet(number, 0, now)) {
            repeated.incrementAndGet();
            return 0;
        }
        if (!result.getCells().isEmpty()) {
            findings.put(number, result.getCells().getFirst().getCandidate());
        }
        return 1;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        serdes.close();
    }
}
