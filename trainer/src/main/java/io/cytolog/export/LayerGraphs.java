// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.onnx.GraphBuilder.number;
import static io.cytolog.onnx.GraphBuilder.numbers;
import static io.cytolog.onnx.GraphBuilder.real;

import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import io.cytolog.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of {@code io.cytolog.network} in one ONNX graph. Owned by one call. */
final class LayerGraphs {

    private static final float EPSILON = 1e-6f;

    private final GraphBuilder graph;
    private final float[] weights;
    private final Map<String, Parameter> parameters = new HashMap<>();

    /**
     * @param weights flat, already rounded to float16
     */
    LayerGraphs(GraphBuilder graph, Layout layout, float[] weights) {
        this(graph, layout.parameters(), weights);
    }

    LayerGraphs(GraphBuilder graph, List<Parameter> named, float[] weights) {
        this.graph = graph;
        this.weights = weights;
        named.forEach(parameter -> parameters.put(parameter.name(), parameter));
    }

    GraphBuilder graph() {
        return graph;
    }

    String conv(String name, String x, long stride, long padding, long groups) {
        return graph.node(
                "Conv",
                List.of(x, weight(name + ".weight"), weight(name + ".bias")),
                numbers("strides", stride, stride),
                numbers("pads", padding, padding, padding, padding),
                number("group", groups));
    }

    String norm(String name, String x) {
        return graph.node(
                "LayerNormalization",
                List.of(x, weight(name + ".weight"), weight(name + ".bias")),
                number("axis", -1),
                real("epsilon", EPSILON));
    }

    String linear(String name, String x) {
        Parameter parameter = parameters.get(name + ".weight");
        int out = parameter.shape()[0];
        int in = parameter.shape()[1];
        float[] values = values(parameter);
        float[] turned = new float[values.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                turned[i * out + o] = values[o * in + i];
            }
        }
        String matrix = graph.weight(name + ".weight", turned, in, out);
        String product = graph.node("MatMul", List.of(x, matrix));
        return graph.node("Add", List.of(product, weight(name + ".bias")));
    }

    /** Global response normalisation. */
    String respond(String name, String x) {
        String length =
                graph.node("ReduceL2", List.of(x, graph.longs(1, 2)), number("keepdims", 1));
        String mean =
                graph.node("ReduceMean", List.of(length, graph.longs(-1)), number("keepdims", 1));
        String base = graph.node("Add", List.of(mean, graph.floats(EPSILON)));
        String share = graph.node("Div", List.of(length, base));
        String gain = graph.node("Mul", List.of(share, weight(name + ".gamma")));
        gain = graph.node("Add", List.of(gain, graph.floats(1)));
        String product = graph.node("Mul", List.of(x, gain));
        return graph.node("Add", List.of(product, weight(name + ".beta")));
    }

    String weight(String name) {
        Parameter parameter = parameters.get(name);
        long[] shape = Arrays.stream(parameter.shape()).asLongStream().toArray();
        return graph.weight(name, values(parameter), shape);
    }

    private float[] values(Parameter parameter) {
        int from = Math.toIntExact(parameter.offset());
        return Arrays.copyOfRange(weights, from, from + Math.toIntExact(parameter.size()));
    }
}
