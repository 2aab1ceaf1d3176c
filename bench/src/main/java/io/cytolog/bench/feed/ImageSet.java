// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.feed;

import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.event.ImageOrigin;
import io.cytolog.event.Priority;
import io.cytolog.image.ImageBytes;
import io.cytolog.topology.RecordPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pictures of a run, in the order in which they are sent, over and over.
 *
 * @param kind what the records say they show
 * @param files their bytes
 */
public record ImageSet(ImageKind kind, List<byte[]> files) {

    private static final String KIND = "kind.txt";

    public ImageSet {
        files = List.copyOf(files);
    }

    /** Writes it into a folder, so that a row can read it. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < files.size(); i++) {
            Files.write(folder.resolve("%05d.jpg".formatted(i)), files.get(i));
        }
        Files.writeString(folder.resolve(KIND), kind.name());
    }

    /** What {@link #write} wrote. */
    public static ImageSet read(Path folder) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder)) {
            for (Path file : listed.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return new ImageSet(ImageKind.valueOf(Files.readString(folder.resolve(KIND))), files);
    }

    /** Whether a folder holds a whole set. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(KIND));
    }

    public double meanBytes() {
        return files.stream().mapToLong(file -> file.length).average().orElse(0);
    }

    /** The message of a picture of this set. */
    ImageCaptured message(String imageId, String slide, byte[] file) {
        return ImageCaptured.newBuilder()
                .setImageId(imageId)
                .setOrigin(
                        ImageOrigin.newBuilder()
                                .setAccession("BENCH-1")
                                .setSpecimen("A")
                                .setSlide(slide)
                                .setCapturedAt(Instant.EPOCH)
                                .setPriority(Priority.ROUTINE)
                                .build())
                .setKind(kind)
                .setSourceName(imageId + ".jpg")
                .setSha256(ImageBytes.wrap(file).sha256())
                .setSizeBytes(file.length)
                .setContent(ByteBuffer.wrap(file))
                .build();
    }

    /** Every picture once, as a row without Kafka takes them. */
    public List<CapturedImage> captured() {
        List<CapturedImage> images = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            images.add(
                    new CapturedImage(
                            message("picture-" + i, "slide", files.get(i)),
                            new RecordPosition("memory", 0, i, Instant.EPOCH)));
        }
        return images;
    }
}
