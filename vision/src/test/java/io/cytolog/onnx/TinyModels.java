// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** ONNX graphs of a few nodes with the inputs and outputs of a release's encoders. */
final class TinyModels {

    private static final int FLOAT = 1;
    private static final int UINT8 = 2;

    private TinyModels() {}

    /** Mean red, green and blue, a fourth 0, scaled to unit length. */
    static byte[] imageEncoder(int side) {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .setName("mean-colour")
                        .addInput(value("pixels", UINT8, 0, side, side, 3))
                        .addOutput(value("embedding", FLOAT, 0, 4))
                        .addInitializer(weights("w", 3, 4))
                        .addNode(node("Cast", "pixels", "floats", number("to", FLOAT)))
                        .addNode(
                                node(
                                        "ReduceMean",
                                        "floats",
                                        "mean",
                                        numbers("axes", 1, 2),
                                        number("keepdims", 0)))
                        .addNode(node("MatMul", "mean", "four").toBuilder().addInput("w"))
                        .addNode(
                                node(
                                        "LpNormalization",
                                        "four",
                                        "embedding",
                                        number("axis", 1),
                                        number("p", 2)));
        return model(graph);
    }

    /** All pixels times a matrix {@code [side * side * 3, dimensions]}, scaled to unit length. */
    static byte[] linearEncoder(int side, int dimensions, float[] weights) {
        GraphBuilder graph = new GraphBuilder("linear");
        String x = graph.input("pixels", TensorProto.DataType.UINT8, 0, side, side, 3);
        x = graph.node("Cast", List.of(x), GraphBuilder.number("to", FLOAT));
        x = graph.node("Add", List.of(x, graph.floats(-127.5f)));
        x = graph.node("Flatten", List.of(x));
        String matrix = graph.weight("w", weights, (long) side * side * 3, dimensions);
        x = graph.node("MatMul", List.of(x, matrix));
        graph.output(graph.unit(x), "embedding", 0, dimensions);
        return graph.model();
    }

    /** Keeps the first {@code kept} of {@code dimensions}, scaled to unit length. */
    static byte[] textProjection(int dimensions, int kept) {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .setName("first-dimensions")
                        .addInput(value("text", FLOAT, 0, dimensions))
                        .addOutput(value("embedding", FLOAT, 0, kept))
                        .addInitializer(weights("w", dimensions, kept))
                        .addNode(node("MatMul", "text", "kept").toBuilder().addInput("w"))
                        .addNode(
                                node(
                                        "LpNormalization",
                                        "kept",
                                        "embedding",
                                        number("axis", 1),
                                        number("p", 2)));
        return model(graph);
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name, int type, int... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int d : dimensions) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(d == 0 ? dimension.setDimParam("n") : dimension.setDimValue(d));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type)
                                                .setShape(shape)))
                .build();
    }

    /** Ones on the diagonal. */
    private static TensorProto weights(String name, int rows, int columns) {
        TensorProto.Builder weights =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(FLOAT)
                        .addDims(rows)
                        .addDims(columns);
        for (int i = 0; i < rows * columns; i++) {
            weights.addFloatData(i / columns == i % columns ? 1 : 0);
        }
        return weights.build();
    }

    private static NodeProto node(
            String operator, String input, String output, AttributeProto... attributes) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
        for (AttributeProto attribute : attributes) {
            node.addAttribute(attribute);
        }
        return node.build();
    }

    private static AttributeProto number(String name, int value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto numbers(String name, int... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (int value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
