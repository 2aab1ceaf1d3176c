// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.parallel;

import static io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS;
import static io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER;
import static io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder.KEY;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.confluent.parallelconsumer.PollContext;
import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.bench.workload.ResultCodec;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.release.InvalidReleaseException;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Confluent's parallel consumer in batch mode: batches of many slides, each slide in order. Version
 * 0.5.3.2 fails with "Need to call #beginProducing first" for every batch of more than one record
 * under a transactional producer, so batches are at least once; the variant {@code transactional}
 * takes one record a time and is exactly once. Its worker threads own a session each.
 */
public final class ParallelConsumerRow implements Closeable {

    private static final String GROUP = "parallel-consumer";
    private static final String TRANSACTIONAL = "transactional";

    private final RowSettings settings;
    private final ResultCodec codec;
    private final ThreadLocal<CellWorker> worker = ThreadLocal.withInitial(this::open);
    private final ParallelStreamProcessor<byte[], byte[]> processor;

    private ParallelConsumerRow(RowSettings settings) {
        this.settings = settings;
        this.codec = new ResultCodec(settings);
        this.processor = ParallelStreamProcessor.createEosStreamProcessor(options());
        processor.subscribe(List.of(codec.source()));
        processor.pollAndProduceMany(this::annotate);
    }

    public static void main(String[] arguments) {
        RowProcess.run(arguments, ParallelConsumerRow::new);
    }

    private ParallelConsumerOptions<byte[], byte[]> options() {
        return ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(consumer())
                .producer(producer())
                .ordering(KEY)
                .commitMode(
                        transactional()
                                ? PERIODIC_TRANSACTIONAL_PRODUCER
                                : PERIODIC_CONSUMER_ASYNCHRONOUS)
                .commitInterval(settings.commit())
                .maxConcurrency(settings.threads())
                .batchSize(transactional() ? 1 : settings.batch())
                .build();
    }

    private boolean transactional() {
        return settings.variant().equals(TRANSACTIONAL);
    }

    private List<ProducerRecord<byte[], byte[]>> annotate(PollContext<byte[], byte[]> batch) {
        List<ConsumerRecord<byte[], byte[]>> records = batch.getConsumerRecordsFlattened();
        List<CapturedImage> images = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            images.add(
                    codec.read(
                            record.value(),
                            record.partition(),
                            record.offset(),
                            record.timestamp()));
        }
        List<ImageAnnotated> results = worker.get().annotate(images);
        List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            out.add(
                    new ProducerRecord<>(
                            codec.target(), records.get(i).key(), codec.write(results.get(i))));
        }
        return out;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.broker(),
                        "group.id",
                        settings.prefix() + GROUP,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        100,
                        "max.poll.records",
                        4 * settings.batch()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> producer = new HashMap<>();
        producer.put("bootstrap.servers", settings.broker());
        // A worker waits for its batch to be acknowledged; to linger would only hold it up.
        producer.put("linger.ms", 0);
        if (transactional()) {
            producer.put("transactional.id", settings.prefix() + GROUP);
        }
        return new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private CellWorker open() {
        try {
            return CellWorker.open(settings.release(), settings.batch());
        } catch (InvalidReleaseException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        processor.closeDontDrainFirst(Duration.ofSeconds(10));
        codec.close();
    }
}
