// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.onnx.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.GraphIndex.Constant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes an encoder whose linear layers multiply 8-bit integers: weights with a scale a column,
 * inputs with one scale and zero point, set beforehand on cells. Scales that were taken from each
 * batch as it comes would let a cell's result depend on its company. Convolutions, normalisations
 * and the last layer stay as they are. Written as QuantizeLinear and DequantizeLinear around each
 * product, which the runtime fuses. Owned by one call.
 */
public final class Int8Encoder {

    private static final int LARGEST = 127;
    private static final int STEPS = 255;

    private final ModelProto model;
    private final GraphIndex index;

    private Int8Encoder(ModelProto model) {
        this.model = model;
        this.index = new GraphIndex(model.getGraph());
    }

    /**
     * @param encoder a release's encoder
     * @param side of its input, pixels
     * @param cells training cells that show which values its layers get; some hundred suffice
     * @return a model with the same input and output
     */
    public static byte[] of(
            byte[] encoder, int side, List<CellPixels> cells, InferenceThreads threads)
            throws OrtException, InvalidProtocolBufferException {
        byte[] rewritten = EncoderRewrite.apply(encoder);
        Int8Encoder int8 = new Int8Encoder(ModelProto.parseFrom(rewritten));
        List<String> inputs = int8.products().stream().map(node -> node.getInput(0)).toList();
        return int8.quantised(LayerRanges.of(rewritten, inputs, side, cells, threads));
    }

    /** Products with a constant matrix, but for the last. */
    private List<NodeProto> products() {
        List<NodeProto> all =
                model.getGraph().getNodeList().stream().filter(this::isLinear).toList();
        return all.subList(0, Math.max(0, all.size() - 1));
    }

    private boolean isLinear(NodeProto node) {
        return node.getOpType().equals("MatMul")
                && index.constant(node.getInput(1)).filter(Constant::isMatrix).isPresent();
    }

    private byte[] quantised(Map<String, LayerRanges.Range> ranges) {
        Map<String, NodeProto> products =
                products().stream()
                        .collect(Collectors.toMap(node -> node.getOutput(0), Function.identity()));
        GraphBuilder graph = GraphBuilder.replacing(model, "int8.");
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (products.containsKey(node.getOutput(0))) {
                String x = input(graph, node.getInput(0), ranges.get(node.getInput(0)));
                String matrix = matrix(graph, index.constant(node.getInput(1)).orElseThrow());
                graph.named("MatMul", List.of(x, matrix), node.getOutput(0));
            } else {
                graph.copy(node);
            }
        }
        return graph.modelWithoutLeftovers();
    }

    private static String input(GraphBuilder graph, String x, LayerRanges.Range range) {
        float step = (range.high() - range.low()) / STEPS;
        byte zero = (byte) Math.round(-range.low() / step);
        String scale = graph.scalar(step);
        String zeroPoint = graph.bytes(DataType.UINT8, new byte[] {zero});
        String small = graph.node("QuantizeLinear", List.of(x, scale, zeroPoint));
        return graph.node("DequantizeLinear", List.of(small, scale, zeroPoint));
    }

    private static String matrix(GraphBuilder graph, Constant weights) {
        int columns = weights.columns();
        float[] steps = new float[columns];
        byte[] small = new byte[weights.values().length];
        for (int c = 0; c < columns; c++) {
            steps[c] = step(weights, c);
            for (int i = c; i < small.length; i += columns) {
                small[i] = (byte) Math.round(weights.values()[i] / steps[c]);
            }
        }
        String values = graph.bytes(DataType.INT8, small, weights.rows(), columns);
        String zeros = graph.bytes(DataType.INT8, new byte[columns], columns);
        return graph.node(
                "DequantizeLinear", List.of(values, graph.floats(steps), zeros), number("axis", 1));
    }

    private static float step(Constant weights, int column) {
        float most = Float.MIN_NORMAL * LARGEST;
        for (int i = column; i < weights.values().length; i += weights.columns()) {
            most = Math.max(most, Math.abs(weights.values()[i]));
        }
        return most / LARGEST;
    }
}
