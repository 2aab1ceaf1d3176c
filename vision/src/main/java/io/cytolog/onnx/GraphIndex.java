// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up a graph's constants and who makes and takes a value. Immutable. */
final class GraphIndex {

    /** A constant's values, row by row. */
    record Constant(float[] values, List<Long> shape) {

        boolean isMatrix() {
            return shape.size() == 2;
        }

        int rows() {
            return Math.toIntExact(shape.getFirst());
        }

        int columns() {
            return values.length / rows();
        }
    }

    private final Map<String, TensorProto> tensors = new HashMap<>();
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, List<NodeProto>> takers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    GraphIndex(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(outputs::add);
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> makers.put(output, node));
            for (String input : node.getInputList()) {
                takers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
            }
        }
    }

    /** A float constant, or a float16 one that is cast to float. */
    Optional<Constant> constant(String name) {
        TensorProto tensor = tensors.get(name);
        NodeProto maker = makers.get(name);
        if (tensor == null && maker != null && maker.getOpType().equals("Cast")) {
            tensor = tensors.get(maker.getInput(0));
        }
        return Optional.ofNullable(tensor).flatMap(GraphIndex::read);
    }

    boolean isMadeBy(String name, String operator) {
        NodeProto maker = makers.get(name);
        return maker != null && maker.getOpType().equals(operator);
    }

    /** The only node that takes a value, when it is of this operator and takes it first. */
    Optional<NodeProto> onlyTaker(NodeProto node, String operator) {
        String output = node.getOutput(0);
        List<NodeProto> all = takers.getOrDefault(output, List.of());
        if (all.size() != 1 || outputs.contains(output)) {
            return Optional.empty();
        }
        NodeProto taker = all.getFirst();
        boolean fits = taker.getOpType().equals(operator) && taker.getInput(0).equals(output);
        return fits ? Optional.of(taker) : Optional.empty();
    }

    static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
    }

    private static Optional<Constant> read(TensorProto tensor) {
        ByteBuffer bytes =
                tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values;
        if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
            values = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(values);
        } else if (tensor.getDataType() == TensorProto.DataType.FLOAT16.getNumber()) {
            values = new float[bytes.remaining() / Short.BYTES];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(bytes.getShort());
            }
        } else {
            return Optional.empty();
        }
        return values.length == 0
                ? Optional.empty()
                : Optional.of(new Constant(values, List.copyOf(tensor.getDimsList())));
    }
}
