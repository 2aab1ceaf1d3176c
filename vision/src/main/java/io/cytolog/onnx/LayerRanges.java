// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.image.CellPixels;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which values the inside of a model takes on cells. */
final class LayerRanges {

    /** Share of the values that may lie beyond each end of a range. */
    private static final double BEYOND = 1e-4;

    private static final int BATCH = 4;

    /** From the lowest to the highest value that is told apart; 0 lies in it. */
    record Range(float low, float high) {

        static final Range NONE = new Range(0, Float.MIN_NORMAL);

        Range and(Range other) {
            return new Range(Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    private LayerRanges() {}

    /**
     * @param names of float values of the model
     */
    static Map<String, Range> of(
            byte[] model,
            List<String> names,
            int side,
            List<CellPixels> cells,
            InferenceThreads threads)
            throws OrtException, InvalidProtocolBufferException {
        Map<String, Range> ranges = new HashMap<>();
        names.forEach(name -> ranges.put(name, Range.NONE));
        PixelBatch batch = new PixelBatch(side, BATCH);
        ByteBuffer input = ByteBuffer.allocateDirect(BATCH * side * side * 3);
        long[] shape = {BATCH, side, side, 3};
        try (OrtSession session = Sessions.open(withOutputs(model, names), threads)) {
            for (int from = 0; from < cells.size(); from += BATCH) {
                batch.fill(last(cells.subList(from, Math.min(cells.size(), from + BATCH))), input);
                input.rewind();
                try (OnnxTensor tensor =
                                OnnxTensor.createTensor(
                                        Sessions.environment(), input, shape, OnnxJavaType.UINT8);
                        OrtSession.Result result = session.run(Map.of(PixelBatch.INPUT, tensor))) {
                    for (String name : names) {
                        OnnxTensor values = (OnnxTensor) result.get(name).orElseThrow();
                        ranges.merge(name, range(values.getFloatBuffer()), Range::and);
                    }
                }
            }
        }
        return ranges;
    }

    /** A full batch: the last cell stands for those that are missing. */
    private static List<CellPixels> last(List<CellPixels> cells) {
        CellPixels[] full = Arrays.copyOf(cells.toArray(CellPixels[]::new), BATCH);
        Arrays.fill(full, cells.size(), BATCH, cells.getLast());
        return List.of(full);
    }

    private static Range range(FloatBuffer values) {
        float[] sorted = new float[values.remaining()];
        values.get(sorted);
        Arrays.sort(sorted);
        int beyond = (int) (sorted.length * BEYOND);
        return new Range(sorted[beyond], sorted[sorted.length - 1 - beyond]);
    }

    private static byte[] withOutputs(byte[] model, List<String> names)
            throws InvalidProtocolBufferException {
        ModelProto.Builder more = ModelProto.parseFrom(model).toBuilder();
        for (String name : names) {
            more.getGraphBuilder()
                    .addOutput(
                            ValueInfoProto.newBuilder()
                                    .setName(name)
                                    .setType(
                                            TypeProto.newBuilder()
                                                    .setTensorType(
                                                            TypeProto.Tensor.newBuilder()
                                                                    .setElemType(
                                                                            DataType.FLOAT
                                                                                    .getNumber()))));
        }
        return more.build().toByteArray();
    }
}
