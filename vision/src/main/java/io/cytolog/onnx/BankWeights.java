// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.cytolog.embed.Embedding;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The matrices of a bank outside the heap. The runtime may read them as long as its session lives,
 * so they are closed after it. Owned by the session's thread.
 */
final class BankWeights implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private final Map<String, OnnxTensor> tensors = new HashMap<>();

    private BankWeights() {}

    static BankWeights of(BankColumns bank) throws OrtException {
        BankWeights weights = new BankWeights();
        try {
            weights.add(MatchGraph.FINDINGS, bank.findings());
            weights.add(MatchGraph.PROTOTYPES, bank.prototypes());
            weights.add(MatchGraph.OF_FINDINGS, bank.ofFindings().embeddings());
            if (!bank.ofAttributes().isEmpty()) {
                weights.add(MatchGraph.OF_ATTRIBUTES, bank.ofAttributes().embeddings());
            }
            return weights;
        } catch (OrtException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** By the names that {@link MatchGraph} declares. */
    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    private void add(String name, List<Embedding> rows) throws OrtException {
        int dimensions = rows.getFirst().dimensions();
        FloatBuffer matrix =
                arena.allocate((long) rows.size() * dimensions * Float.BYTES, 64)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        rows.forEach(row -> matrix.put(row.values()));
        long[] shape = {rows.size(), dimensions};
        tensors.put(name, OnnxTensor.createTensor(Sessions.environment(), matrix.flip(), shape));
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        arena.close();
    }
}
