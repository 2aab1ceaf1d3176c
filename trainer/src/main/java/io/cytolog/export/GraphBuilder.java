// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes an ONNX graph node by node (opset 20). Weights are kept as float16 and cast to float where
 * they are used, which a runtime folds at load. Owned by one thread.
 */
final class GraphBuilder {

    private static final int OPSET = 20;
    private static final int IR_VERSION = 9;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private int names;

    GraphBuilder(String name) {
        graph.setName(name);
    }

    /** Declares an input; a dimension of 0 is the batch. */
    String input(String name, TensorProto.DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    void output(String from, String name, long... shape) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name));
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    /** A float16 weight, cast to float. */
    String weight(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        constant(name, TensorProto.DataType.FLOAT16, bytes, shape);
        return node("Cast", List.of(name), number("to", TensorProto.DataType.FLOAT.getNumber()));
    }

    /** An exact float constant. */
    String floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        String name = "c" + names++;
        constant(name, TensorProto.DataType.FLOAT, bytes, values.length);
        return name;
    }

    String longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        String name = "c" + names++;
        constant(name, TensorProto.DataType.INT64, bytes, values.length);
        return name;
    }

    /** A node with one output, whose name is returned. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String output = "t" + names++;
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
        node.setName(operator + "_" + output).addAllInput(inputs);
        for (AttributeProto attribute : attributes) {
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return output;
    }

    String transpose(String x, long... order) {
        return node("Transpose", List.of(x), numbers("perm", order));
    }

    /** Scales rows {@code [n, d]} to unit length. */
    String unit(String rows) {
        String squares = node("ReduceSumSquare", List.of(rows, longs(1)), number("keepdims", 1));
        String length = node("Sqrt", List.of(node("Add", List.of(squares, floats(1e-12f)))));
        return node("Div", List.of(rows, length));
    }

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto numbers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    byte[] model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("cytolog")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void constant(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
        tensor.setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes.array()));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long dimension : shape) {
            OnnxMl.TensorShapeProto.Dimension.Builder one =
                    OnnxMl.TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(dimension == 0 ? one.setDimParam("n") : one.setDimValue(dimension));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
