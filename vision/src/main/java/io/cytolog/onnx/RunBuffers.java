// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory of runs, outside the heap and used again for every one: pixels in, scores and columns
 * out. A bucket of the batch size has its tensors over the front of it. Owned by the session's
 * thread.
 */
final class RunBuffers implements AutoCloseable {

    /** Tensors of one batch size, as the runtime takes them. */
    record Bucket(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    private final Arena arena = Arena.ofConfined();
    private final Map<Integer, Bucket> buckets = new TreeMap<>();
    private final MemorySegment pixels;
    private final MemorySegment scores;
    private final MemorySegment sentences;
    private final String input;
    private final int side;
    private final int scoreCount;
    private final int sentenceCount;

    RunBuffers(String input, int maxBatch, int side, int scoreCount, int sentenceCount) {
        this.input = input;
        this.side = side;
        this.scoreCount = scoreCount;
        this.sentenceCount = sentenceCount;
        this.pixels = arena.allocate((long) maxBatch * cellBytes(), 64);
        this.scores = arena.allocate((long) maxBatch * scoreCount * Float.BYTES, 64);
        this.sentences = arena.allocate((long) maxBatch * sentenceCount * Long.BYTES, 64);
    }

    /** Room for the pixels of a batch. */
    ByteBuffer pixels() {
        return pixels.asByteBuffer();
    }

    FloatBuffer scores() {
        return floats(scores);
    }

    LongBuffer sentences() {
        return longs(sentences);
    }

    /** The tensors of a batch size; made when it first comes. */
    Bucket bucket(int cells) throws OrtException {
        Bucket bucket = buckets.get(cells);
        if (bucket == null) {
            bucket = made(cells);
            buckets.put(cells, bucket);
        }
        return bucket;
    }

    private Bucket made(int cells) throws OrtException {
        OrtEnvironment environment = Sessions.environment();
        ByteBuffer in = pixels.asSlice(0, (long) cells * cellBytes()).asByteBuffer();
        FloatBuffer numbers = floats(scores.asSlice(0, (long) cells * scoreCount * Float.BYTES));
        LongBuffer columns = longs(sentences.asSlice(0, (long) cells * sentenceCount * Long.BYTES));
        return new Bucket(
                Map.of(
                        input,
                        OnnxTensor.createTensor(
                                environment,
                                in,
                                new long[] {cells, side, side, 3},
                                OnnxJavaType.UINT8)),
                Map.of(
                        MatchGraph.SCORES,
                        OnnxTensor.createTensor(
                                environment, numbers, new long[] {cells, scoreCount}),
                        MatchGraph.SENTENCES,
                        OnnxTensor.createTensor(
                                environment, columns, new long[] {cells, sentenceCount})));
    }

    private int cellBytes() {
        return side * side * 3;
    }

    private static FloatBuffer floats(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static LongBuffer longs(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    @Override
    public void close() {
        for (Bucket bucket : buckets.values()) {
            bucket.inputs().values().forEach(OnnxTensor::close);
            bucket.outputs().values().forEach(OnnxTensor::close);
        }
        arena.close();
    }
}
