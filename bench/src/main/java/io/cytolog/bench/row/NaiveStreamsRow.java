// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.bench.workload.ResultCodec;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import io.cytolog.release.InvalidReleaseException;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What one writes first: {@code mapValues(model::run)} in Kafka Streams, exactly once, one image a
 * call. Each stream thread owns a session of one thread.
 */
public final class NaiveStreamsRow implements Closeable {

    private final RowSettings settings;
    private final ResultCodec codec;
    private final ThreadLocal<CellWorker> worker = ThreadLocal.withInitial(this::open);
    private final KafkaStreams streams;

    private NaiveStreamsRow(RowSettings settings) {
        this.settings = settings;
        this.codec = new ResultCodec(settings);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(codec.source(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(this::run)
                .to(codec.target(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        this.streams = new KafkaStreams(builder.build(), properties());
        streams.start();
    }

    public static void main(String[] arguments) {
        RowProcess.run(arguments, NaiveStreamsRow::new);
    }

    /** A mapper is not told where its record stood, so the result does not say. */
    private byte[] run(byte[] image) {
        CapturedImage captured = codec.read(image, 0, 0, 0);
        return codec.write(worker.get().annotate(List.of(captured)).getFirst());
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.prefix() + "naive");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.broker());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commit().toMillis());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.work().resolve("naive").toString());
        // As Cytolog's: small fetches, so that a poll does not hold seconds of work.
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 16);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 5L);
        properties.put(StreamsConfig.consumerPrefix("max.poll.records"), 16);
        properties.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), 100);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.producerPrefix("linger.ms"), 5);
        return properties;
    }

    private CellWorker open() {
        try {
            return CellWorker.open(settings.release(), 1);
        } catch (InvalidReleaseException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
        codec.close();
    }
}
