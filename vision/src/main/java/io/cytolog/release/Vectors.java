// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.embed.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Embeddings as a file: float32, little endian, one row an embedding, nothing else. */
final class Vectors {

    private Vectors() {}

    static byte[] write(List<Embedding> embeddings) {
        int dimensions = embeddings.getFirst().dimensions();
        ByteBuffer out =
                ByteBuffer.allocate(embeddings.size() * dimensions * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (Embedding embedding : embeddings) {
            for (float value : embedding.values()) {
                out.putFloat(value);
            }
        }
        return out.array();
    }

    static List<Embedding> read(String file, byte[] bytes, int dimensions)
            throws InvalidReleaseException {
        int row = dimensions * Float.BYTES;
        if (bytes.length == 0 || bytes.length % row != 0) {
            throw new InvalidReleaseException(
                    "%s has %d bytes, which are no rows of %d; fetch the release again"
                            .formatted(file, bytes.length, row));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Embedding> embeddings = new ArrayList<>(bytes.length / row);
        while (in.hasRemaining()) {
            float[] values = new float[dimensions];
            in.asFloatBuffer().get(values);
            in.position(in.position() + row);
            embeddings.add(Embedding.ofUnit(values));
        }
        return embeddings;
    }
}
