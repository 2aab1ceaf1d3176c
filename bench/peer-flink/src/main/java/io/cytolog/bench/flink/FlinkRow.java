// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

import io.cytolog.bench.workload.ResultCodec;
import io.cytolog.bench.workload.RowProcess;
import io.cytolog.bench.workload.RowSettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink on a mini cluster in this process: source, batching operator and sink chained, a subtask a
 * core with a session each, results in one Kafka transaction a checkpoint. Variant {@code async}
 * takes Flink's async I/O in place of the batching operator.
 */
public final class FlinkRow {

    private static final int ASYNC_CAPACITY = 16;

    private FlinkRow() {}

    public static void main(String[] arguments) {
        RowProcess.run(arguments, FlinkRow::start);
    }

    private static Closeable start(RowSettings settings) throws Exception {
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(
                        settings.threads(), configuration(settings));
        flink.getConfig().enableObjectReuse();
        String[] arguments = settings.arguments().toArray(String[]::new);
        try (ResultCodec topics = new ResultCodec(settings)) {
            DataStream<RawImage> images =
                    flink.fromSource(
                            source(settings, topics),
                            WatermarkStrategy.noWatermarks(),
                            "images-captured");
            annotated(settings, images, arguments).sinkTo(sink(settings, topics));
        }
        JobClient job = flink.executeAsync("annotate");
        return () -> cancel(job);
    }

    private static void cancel(JobClient job) throws IOException {
        try {
            job.cancel().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IOException("the Flink job does not end", e);
        }
    }

    private static SingleOutputStreamOperator<RawResult> annotated(
            RowSettings settings, DataStream<RawImage> images, String[] arguments) {
        return settings.variant().equals("async")
                ? AsyncDataStream.orderedWait(
                        images, new AskAsync(arguments), 1, TimeUnit.MINUTES, ASYNC_CAPACITY)
                : images.transform(
                        "batch-images",
                        TypeInformation.of(RawResult.class),
                        new BatchImages(arguments));
    }

    private static Configuration configuration(RowSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.commit());
        // A failure must be seen, not healed.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return configuration;
    }

    private static KafkaSource<RawImage> source(RowSettings settings, ResultCodec topics) {
        return KafkaSource.<RawImage>builder()
                .setBootstrapServers(settings.broker())
                .setGroupId(settings.prefix() + "flink")
                .setTopics(topics.source())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new ReadImage())
                .setProperty("fetch.max.wait.ms", "100")
                .setProperty("max.poll.records", Integer.toString(4 * settings.batch()))
                .build();
    }

    private static KafkaSink<RawResult> sink(RowSettings settings, ResultCodec topics) {
        return KafkaSink.<RawResult>builder()
                .setBootstrapServers(settings.broker())
                .setRecordSerializer(new WriteResult(topics.target()))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(settings.prefix() + "flink")
                .setProperty("transaction.timeout.ms", "60000")
                .setProperty("linger.ms", "5")
                .build();
    }
}
