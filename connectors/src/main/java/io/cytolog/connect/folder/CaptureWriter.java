// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/** Turns a read file into the record that Connect sends. Owned by the task's thread. */
final class CaptureWriter {
    private final FolderSourceConfig config;
    private final Path root;
    private final String topic;
    private final Serializer<ImageCaptured> serializer;

    CaptureWriter(FolderSourceConfig config, Path root, Serializer<ImageCaptured> serializer) {
        this.config = config;
        this.root = root;
        this.topic = config.topic().name();
        this.serializer = serializer;
    }

    /** The value; may throw what the serializer throws, and nothing is noted anywhere yet. */
    byte[] value(Sighting file, SlideAddress address, ReadImage image) {
        return serializer.serialize(topic, captured(file, address, image));
    }

    SourceRecord record(Ledger ledger, Sighting file, SlideAddress address, byte[] value) {
        return new SourceRecord(
                ledger.partitionOf(file.path()),
                ledger.offsetOf(file.path()),
                topic,
                null,
                Schema.BYTES_SCHEMA,
                address.slide().getBytes(StandardCharsets.UTF_8),
                Schema.BYTES_SCHEMA,
                value);
    }

    private ImageCaptured captured(Sighting file, SlideAddress address, ReadImage image) {
        ImageCaptured.Builder captured =
                ImageCaptured.newBuilder()
                        .setImageId(Digests.imageId(file.path(), image.sha256()))
                        .setOrigin(origin(file, address))
                        .setKind(config.kind())
                        .setSourceName(file.name())
                        .setSha256(image.sha256())
                        .setSizeBytes(file.size());
        image.inline()
                .ifPresentOrElse(
                        captured::setContent,
                        () -> captured.setContentUri(root.resolve(file.path()).toUri().toString()));
        return captured.build();
    }

    private ImageOrigin origin(Sighting file, SlideAddress address) {
        boolean stat = file.stat() || address.stat();
        return ImageOrigin.newBuilder()
                .setAccession(address.accession())
                .setSpecimen(address.specimen())
                .setSlide(address.slide())
                .setField(address.field())
                .setScanner(config.text(FolderSourceConfig.SCANNER))
                .setStain(config.text(FolderSourceConfig.STAIN))
                .setObjective(config.number(FolderSourceConfig.OBJECTIVE))
                .setMicronsPerPixel(config.number(FolderSourceConfig.MICRONS))
                .setCapturedAt(file.modified().truncatedTo(ChronoUnit.MILLIS))
                .setPriority(stat ? Priority.STAT : Priority.ROUTINE)
                .build();
    }
}
