// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.onnx.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.onnx.GraphIndex.Constant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes an encoder in operators that ONNX Runtime computes faster on a CPU; the function stays the
 * same to the rounding of float, which the golden vectors check. Its LayerNormalization and
 * ReduceL2 are scalar loops: together a third of a run of the shipped encoder. Owned by one call.
 *
 * <ul>
 *   <li>{@code ReduceL2} becomes {@code Sqrt(ReduceSum(x * x))};
 *   <li>{@code LayerNormalization} becomes means of {@code x} and {@code x * x}; where a linear
 *       layer follows, scale, shift and the subtraction of the mean go into its weights;
 *   <li>a constant that is added before a linear layer goes into its bias.
 * </ul>
 */
final class EncoderRewrite {

    /** A linear layer: a product with a matrix, then a sum with a vector. */
    private record Linear(NodeProto product, NodeProto sum, Constant matrix, float[] bias) {}

    private final ModelProto model;
    private final GraphIndex index;
    private final GraphBuilder graph;
    private final Set<String> absorbed = new HashSet<>();

    private EncoderRewrite(ModelProto model) {
        this.model = model;
        this.index = new GraphIndex(model.getGraph());
        this.graph = GraphBuilder.replacing(model, "lean.");
    }

    static byte[] apply(byte[] encoder) throws InvalidProtocolBufferException {
        return new EncoderRewrite(ModelProto.parseFrom(encoder)).rewritten();
    }

    private byte[] rewritten() {
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (!absorbed.contains(node.getOutput(0))) {
                rewrite(node);
            }
        }
        return graph.modelWithoutLeftovers();
    }

    private void rewrite(NodeProto node) {
        switch (node.getOpType()) {
            case "ReduceL2" -> length(node);
            case "LayerNormalization" -> normalisation(node);
            case "Add" -> sum(node);
            default -> graph.copy(node);
        }
    }

    private void length(NodeProto node) {
        if (node.getInputCount() != 2) {
            graph.copy(node);
            return;
        }
        String x = node.getInput(0);
        String squares = graph.node("Mul", List.of(x, x));
        List<String> inputs = List.of(squares, node.getInput(1));
        AttributeProto[] attributes = node.getAttributeList().toArray(AttributeProto[]::new);
        String sum = graph.node("ReduceSum", inputs, attributes);
        graph.named("Sqrt", List.of(sum), node.getOutput(0));
    }

    private void normalisation(NodeProto node) {
        boolean lastAxis =
                GraphIndex.attribute(node, "axis").map(AttributeProto::getI).orElse(-1L) == -1;
        Optional<Constant> scale = index.constant(node.getInput(1));
        if (!lastAxis || node.getInputCount() != 3 || scale.isEmpty()) {
            graph.copy(node);
            return;
        }
        String x = node.getInput(0);
        String mean = mean(x);
        String deviation = deviation(x, mean, node);
        Optional<Constant> shift = index.constant(node.getInput(2));
        Optional<Linear> linear = linear(node);
        if (shift.isPresent() && linear.isPresent()) {
            absorb(
                    graph.node("Div", List.of(x, deviation)),
                    linear.get(),
                    centred(scale.get().values(), linear.get().matrix()),
                    shift.get().values());
        } else {
            String centred = graph.node("Sub", List.of(x, mean));
            String unit = graph.node("Div", List.of(centred, deviation));
            String scaled = graph.node("Mul", List.of(unit, node.getInput(1)));
            graph.named("Add", List.of(scaled, node.getInput(2)), node.getOutput(0));
        }
    }

    private String mean(String x) {
        return graph.node("ReduceMean", List.of(x, graph.longs(-1)), number("keepdims", 1));
    }

    /** Square root of the mean square less the squared mean, as the runtime itself computes it. */
    private String deviation(String x, String mean, NodeProto node) {
        float epsilon =
                GraphIndex.attribute(node, "epsilon").map(AttributeProto::getF).orElse(1e-5f);
        String meanSquare = mean(graph.node("Mul", List.of(x, x)));
        String squaredMean = graph.node("Mul", List.of(mean, mean));
        String variance = graph.node("Sub", List.of(meanSquare, squaredMean));
        // Rounding may leave a constant row a variance below zero.
        String safe = graph.node("Relu", List.of(variance));
        return graph.node("Sqrt", List.of(graph.node("Add", List.of(safe, graph.floats(epsilon)))));
    }

    /** Scales rows, then takes the mean of each column from it: the same as to centre the input. */
    private static float[] centred(float[] scale, Constant matrix) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] centred = new float[rows * columns];
        for (int c = 0; c < columns; c++) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += (double) scale[r] * matrix.values()[r * columns + c];
            }
            for (int r = 0; r < rows; r++) {
                double scaled = (double) scale[r] * matrix.values()[r * columns + c];
                centred[r * columns + c] = (float) (scaled - sum / rows);
            }
        }
        return centred;
    }

    private void sum(NodeProto node) {
        Optional<Constant> constant = index.constant(node.getInput(1));
        boolean behindProduct = index.isMadeBy(node.getInput(0), "Mul");
        Optional<Linear> linear =
                constant.isPresent() && behindProduct ? linear(node) : Optional.empty();
        if (linear.isEmpty() || constant.get().values().length != linear.get().matrix().rows()) {
            graph.copy(node);
            return;
        }
        absorb(
                node.getInput(0),
                linear.get(),
                linear.get().matrix().values(),
                constant.get().values());
    }

    /** Writes a linear layer of {@code x + shift} with the shift in its bias. */
    private void absorb(String x, Linear linear, float[] matrix, float[] shift) {
        Constant old = linear.matrix();
        float[] bias = linear.bias().clone();
        for (int c = 0; c < bias.length; c++) {
            double sum = bias[c];
            for (int r = 0; r < shift.length; r++) {
                sum += (double) shift[r] * old.values()[r * old.columns() + c];
            }
            bias[c] = (float) sum;
        }
        String weights = graph.matrix(matrix, old.rows(), old.columns());
        String product = graph.node("MatMul", List.of(x, weights));
        graph.named("Add", List.of(product, graph.floats(bias)), linear.sum().getOutput(0));
        absorbed.add(linear.product().getOutput(0));
        absorbed.add(linear.sum().getOutput(0));
    }

    private Optional<Linear> linear(NodeProto before) {
        Optional<NodeProto> product = index.onlyTaker(before, "MatMul");
        Optional<NodeProto> sum = product.flatMap(node -> index.onlyTaker(node, "Add"));
        if (sum.isEmpty()) {
            return Optional.empty();
        }
        Optional<Constant> matrix = index.constant(product.get().getInput(1));
        Optional<Constant> bias = index.constant(sum.get().getInput(1));
        if (matrix.isEmpty() || bias.isEmpty() || !matrix.get().isMatrix()) {
            return Optional.empty();
        }
        return Optional.of(new Linear(product.get(), sum.get(), matrix.get(), bias.get().values()));
    }
}
