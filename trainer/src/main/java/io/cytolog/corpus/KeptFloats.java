// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Numbers that are kept in a file, since making them anew takes long. Stateless. */
public final class KeptFloats {

    private KeptFloats() {}

    /** The numbers in the file; nothing where there is none of that length. */
    public static Optional<float[]> read(Path file, int length) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != (long) length * Float.BYTES) {
            return Optional.empty();
        }
        float[] values = new float[length];
        ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer().get(values);
        return Optional.of(values);
    }

    /** Puts them there whole or not at all, and makes the folder. */
    public static void write(Path file, float[] values) throws IOException {
        Files.createDirectories(file.getParent());
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        Path part =
                file.resolveSibling(
                        "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
        Files.write(part, bytes.array());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
