// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes an ONNX graph node by node (opset 20). Weights are kept as float16 and cast to float where
 * they are used, which a runtime folds at load. Owned by one thread.
 */
public final class GraphBuilder {

    private static final int OPSET = 20;
    private static final int IR_VERSION = 9;

    private int names;

    private final ModelProto.Builder model;
    private final GraphProto.Builder graph;
    private final String prefix;

    /** An empty graph. */
    public GraphBuilder(String name) {
        this(
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("cytolog")
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET)),
                "");
        graph.setName(name);
    }

    private GraphBuilder(ModelProto.Builder model, String prefix) {
        this.model = model;
        this.graph = model.getGraphBuilder();
        this.prefix = prefix;
    }

    /**
     * Goes on from an existing model.
     *
     * @param prefix of every name that is added, so that none is taken already
     * @throws InvalidProtocolBufferException when the bytes are no model
     */
    static GraphBuilder extending(byte[] model, String prefix)
            throws InvalidProtocolBufferException {
        return new GraphBuilder(ModelProto.parseFrom(model).toBuilder(), prefix);
    }

    /**
     * Goes on from a model without its nodes, which the caller copies or replaces in order.
     *
     * @param prefix of every name that is added, so that none is taken already
     */
    static GraphBuilder replacing(ModelProto model, String prefix) {
        ModelProto.Builder emptied = model.toBuilder();
        emptied.getGraphBuilder().clearNode();
        return new GraphBuilder(emptied, prefix);
    }

    /** Declares an input; a dimension of 0 is the batch. */
    public String input(String name, TensorProto.DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    public void output(String from, String name, long... shape) {
        output(from, name, TensorProto.DataType.FLOAT, shape);
    }

    /** A float16 weight, cast to float. */
    public String weight(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        constant(name, TensorProto.DataType.FLOAT16, bytes, shape);
        return node("Cast", List.of(name), number("to", TensorProto.DataType.FLOAT.getNumber()));
    }

    /** An exact float constant. */
    public String floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        String name = prefix + "c" + names++;
        constant(name, TensorProto.DataType.FLOAT, bytes, values.length);
        return name;
    }

    public String longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        String name = prefix + "c" + names++;
        constant(name, TensorProto.DataType.INT64, bytes, values.length);
        return name;
    }

    /** An exact float matrix. */
    String matrix(float[] values, long rows, long columns) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        String name = prefix + "c" + names++;
        constant(name, TensorProto.DataType.FLOAT, bytes, rows, columns);
        return name;
    }

    /** An exact float of no dimension. */
    String scalar(float value) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        String name = prefix + "c" + names++;
        constant(name, TensorProto.DataType.FLOAT, bytes.putFloat(value));
        return name;
    }

    /** Integers of one byte; without a shape a single one of no dimension. */
    String bytes(TensorProto.DataType type, byte[] values, long... shape) {
        String name = prefix + "c" + names++;
        constant(name, type, ByteBuffer.wrap(values), shape);
        return name;
    }

    /** A node as it is. */
    void copy(NodeProto node) {
        graph.addNode(node);
    }

    /** A node whose output has a name already. */
    void named(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(prefix + operator + "_" + output)
                        .addAllInput(inputs)
                        .addOutput(output)
                        .addAllAttribute(List.of(attributes)));
    }

    /** The model without nodes and constants that nothing takes. */
    byte[] modelWithoutLeftovers() {
        Set<String> taken = new HashSet<>();
        graph.getOutputList().forEach(output -> taken.add(output.getName()));
        Deque<NodeProto> nodes = new ArrayDeque<>();
        for (NodeProto node : graph.getNodeList().reversed()) {
            if (node.getOutputList().stream().anyMatch(taken::contains)) {
                taken.addAll(node.getInputList());
                nodes.addFirst(node);
            }
        }
        List<TensorProto> constants =
                graph.getInitializerList().stream()
                        .filter(tensor -> taken.contains(tensor.getName()))
                        .toList();
        graph.clearNode().addAllNode(nodes);
        graph.clearInitializer().addAllInitializer(constants);
        return model();
    }

    /** A node with one output, whose name is returned. */
    public String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return nodes(operator, inputs, 1, attributes).getFirst();
    }

    /** A node with several outputs, whose names are returned. */
    List<String> nodes(
            String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add(prefix + "t" + this.names++);
        }
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(operator + "_" + names.getFirst())
                        .addAllInput(inputs)
                        .addAllOutput(names)
                        .addAllAttribute(List.of(attributes)));
        return names;
    }

    public String transpose(String x, long... order) {
        return node("Transpose", List.of(x), numbers("perm", order));
    }

    /** Scales rows {@code [n, d]} to unit length. */
    public String unit(String rows) {
        String squares = node("ReduceSumSquare", List.of(rows, longs(1)), number("keepdims", 1));
        String length = node("Sqrt", List.of(node("Add", List.of(squares, floats(1e-12f)))));
        return node("Div", List.of(rows, length));
    }

    public static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto numbers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    public static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public byte[] model() {
        return model.build().toByteArray();
    }

    /**
     * Declares a float matrix whose values the session gets beside the model, so that a large one
     * passes through no protobuf.
     */
    void declared(String name, long rows, long columns) {
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(rows)
                        .addDims(columns)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(
                                StringStringEntryProto.newBuilder()
                                        .setKey("location")
                                        .setValue(name)));
    }

    /** Declares a second or later output of a type. */
    void output(String from, String name, TensorProto.DataType type, long... shape) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name));
        graph.addOutput(value(name, type, shape));
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
