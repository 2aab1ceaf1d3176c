// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.cytolog.bench.feed.ImageSet;
import io.cytolog.bench.feed.Picture;
import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.serde.AvroSerde;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import io.cytolog.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An image off its topic and a result on to its own, in Confluent's wire format. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SerdeBenchmark {

    @Param({"SMALL", "LARGE"})
    private Picture picture;

    private AvroSerde<ImageCaptured> captured;
    private AvroSerde<ImageAnnotated> annotated;
    private byte[] image;
    private ImageAnnotated result;

    @Setup
    public void prepare() throws Exception {
        EventSerdes serdes =
                new EventSerdes(new MockSchemaRegistryClient(), Registration.AUTOMATIC);
        captured = serdes.serde(Topics.IMAGES_CAPTURED);
        annotated = serdes.serde(Topics.IMAGES_ANNOTATED);
        Path work = Files.createTempDirectory("serde");
        CapturedImage one = ImageSet.read(picture.folder(work)).captured().getFirst();
        image = captured.serializer().serialize(Topics.IMAGES_CAPTURED.name(), one.value());
        Path release = Path.of(System.getenv().getOrDefault("CYTOLOG_HOME", ".."), "release");
        try (CellWorker worker = CellWorker.open(release, 1)) {
            result = worker.annotate(List.of(one)).getFirst();
        }
    }

    @Benchmark
    public ImageCaptured readImage() {
        return captured.deserializer().deserialize(Topics.IMAGES_CAPTURED.name(), image);
    }

    @Benchmark
    public byte[] writeResult() {
        return annotated.serializer().serialize(Topics.IMAGES_ANNOTATED.name(), result);
    }
}
