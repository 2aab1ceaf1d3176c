// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.connect.hl7.SummaryMessage;
import io.cytolog.event.SlideSummarised;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder that a laboratory's interface engine reads: {@code json/<slide>.json} and {@code
 * hl7/<slide>.hl7}, each replaced whole, so that a reader never sees half a result. Keeps no state
 * but the files. Owned by the task's thread.
 */
final class ResultFolder {
    private final Path json;
    private final Path hl7;
    private final SummaryMessage message;

    ResultFolder(Path root, SummaryMessage message) throws IOException {
        this.json = Files.createDirectories(root.resolve("json"));
        this.hl7 = Files.createDirectories(root.resolve("hl7"));
        this.message = message;
    }

    /**
     * Writes both files unless a newer summary is there already; the same one again is harmless.
     */
    boolean write(SlideSummarised summary) throws IOException {
        String name = SafeName.of(summary.getSlide());
        Path jsonFile = json.resolve(name + ".json");
        Optional<SummaryVersion> there = version(jsonFile);
        if (there.isPresent() && there.get().compareTo(SummaryVersion.of(summary)) > 0) {
            return false;
        }
        // JSON last: it tells the version, and so vouches for both.
        replace(hl7.resolve(name + ".hl7"), message.of(summary));
        replace(jsonFile, SummaryJson.of(summary));
        return true;
    }

    private static Optional<SummaryVersion> version(Path file) throws IOException {
        try {
            return SummaryJson.version(
                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path temporary = target.resolveSibling(".%s.tmp".formatted(UUID.randomUUID()));
        try {
            try (FileChannel out =
                    FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                // The consumer's offset is committed after this: the bytes must be on the disk.
                out.force(true);
            }
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
