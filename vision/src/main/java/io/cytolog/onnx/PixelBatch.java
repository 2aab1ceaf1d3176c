// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxTensor;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How cells become the encoder's input: in order, then the last one again up to the next power of
 * two.
 */
record PixelBatch(int side, int maxBatch) {

    /** The encoder's input, uint8 {@code [n, side, side, 3]}. */
    static final String INPUT = "pixels";

    /**
     * Writes a batch from the buffer's start.
     *
     * @return the batch size with its padding
     */
    int fill(List<CellPixels> cells, ByteBuffer input) {
        if (cells.isEmpty() || cells.size() > maxBatch) {
            throw new IllegalArgumentException(
                    "a batch of %d cells; give 1 to %d".formatted(cells.size(), maxBatch));
        }
        int padded = Math.min(maxBatch, paddedSize(cells.size()));
        input.clear();
        for (CellPixels cell : cells) {
            if (cell.side() != side) {
                throw new IllegalArgumentException(
                        "a cell of %d px a side; this encoder takes %d"
                                .formatted(cell.side(), side));
            }
            input.put(cell.rgb());
        }
        byte[] last = cells.getLast().rgb();
        for (int i = cells.size(); i < padded; i++) {
            input.put(last);
        }
        return padded;
    }

    /** The next power of two. */
    static int paddedSize(int cells) {
        return cells == 1 ? 1 : Integer.highestOneBit(cells - 1) << 1;
    }

    /** The first rows of an output {@code [n, dimensions]}. */
    static List<Embedding> embeddings(OnnxTensor output, int count) {
        FloatBuffer rows = output.getFloatBuffer();
        float[] row = new float[Math.toIntExact(output.getInfo().getShape()[1])];
        List<Embedding> embeddings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.get(row);
            embeddings.add(Embedding.ofUnit(row));
        }
        return embeddings;
    }
}
