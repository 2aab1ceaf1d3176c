// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static io.cytolog.onnx.GraphBuilder.number;
import static io.cytolog.onnx.GraphBuilder.numbers;
import static io.cytolog.onnx.GraphBuilder.real;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.cytolog.network.ImageTower;
import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import io.cytolog.network.TextHead;
import io.cytolog.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The towers of {@code io.cytolog.network} as ONNX graphs, node for node. */
final class TowerGraphs {

    private static final float EPSILON = 1e-6f;

    private final Layout layout;
    private final float[] weights;
    private final Map<String, Parameter> parameters = new HashMap<>();

    /**
     * @param weights flat, already rounded to float16
     */
    TowerGraphs(Layout layout, float[] weights) {
        this.layout = layout;
        this.weights = weights;
        layout.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    }

    /** uint8 {@code pixels [n, side, side, 3]} to float {@code embedding [n, 256]}. */
    byte[] image(int side) {
        GraphBuilder graph = new GraphBuilder("image-encoder");
        String x = graph.input("pixels", TensorProto.DataType.UINT8, 0, side, side, 3);
        x = graph.node("Cast", List.of(x), number("to", TensorProto.DataType.FLOAT.getNumber()));
        x = normalised(graph, x);
        x = conv(graph, "stem.conv", graph.transpose(x, 0, 3, 1, 2), 4, 0, 1);
        x = norm(graph, "stem.norm", graph.transpose(x, 0, 2, 3, 1));
        for (int s = 0; s < layout.stages(); s++) {
            if (s > 0) {
                x = graph.transpose(norm(graph, "down%d.norm".formatted(s), x), 0, 3, 1, 2);
                x = conv(graph, "down%d.conv".formatted(s), x, 2, 0, 1);
                x = graph.transpose(x, 0, 2, 3, 1);
            }
            for (int b = 0; b < layout.depth(s); b++) {
                String branch =
                        branch(graph, "stage%d.block%d".formatted(s, b), x, layout.width(s));
                x = graph.node("Add", List.of(x, branch));
            }
        }
        x = graph.node("ReduceMean", List.of(x, graph.longs(1, 2)), number("keepdims", 0));
        x = linear(graph, "head.project", norm(graph, "head.norm", x));
        graph.output(graph.unit(x), "embedding", 0, Layout.DIMENSIONS);
        return graph.model();
    }

    /** float {@code text [n, 384]} to float {@code embedding [n, 256]}. */
    byte[] text() {
        GraphBuilder graph = new GraphBuilder("text-projection");
        String x = graph.input("text", TensorProto.DataType.FLOAT, 0, Layout.TEXT_INPUT);
        x = graph.node("Mul", List.of(x, graph.floats((float) TextHead.SPREAD)));
        x = graph.node("Gelu", List.of(linear(graph, "text.hidden", x)));
        graph.output(
                graph.unit(linear(graph, "text.project", x)), "embedding", 0, Layout.DIMENSIONS);
        return graph.model();
    }

    private static String normalised(GraphBuilder graph, String x) {
        float[] factors = new float[3];
        float[] offsets = new float[3];
        for (int c = 0; c < 3; c++) {
            factors[c] = 1 / (255 * ImageTower.DEVIATION[c]);
            offsets[c] = -ImageTower.MEAN[c] / ImageTower.DEVIATION[c];
        }
        String scaled = graph.node("Mul", List.of(x, graph.floats(factors)));
        return graph.node("Add", List.of(scaled, graph.floats(offsets)));
    }

    private String branch(GraphBuilder graph, String name, String x, int width) {
        String y = graph.transpose(x, 0, 3, 1, 2);
        y = graph.transpose(conv(graph, name + ".depthwise", y, 1, 3, width), 0, 2, 3, 1);
        y = linear(graph, name + ".expand", norm(graph, name + ".norm", y));
        y = respond(graph, name + ".grn", graph.node("Gelu", List.of(y)));
        return linear(graph, name + ".reduce", y);
    }

    /** Global response normalisation. */
    private String respond(GraphBuilder graph, String name, String x) {
        String length =
                graph.node("ReduceL2", List.of(x, graph.longs(1, 2)), number("keepdims", 1));
        String mean =
                graph.node("ReduceMean", List.of(length, graph.longs(-1)), number("keepdims", 1));
        String base = graph.node("Add", List.of(mean, graph.floats(EPSILON)));
        String share = graph.node("Div", List.of(length, base));
        String gain = graph.node("Mul", List.of(share, weight(graph, name + ".gamma")));
        gain = graph.node("Add", List.of(gain, graph.floats(1)));
        String product = graph.node("Mul", List.of(x, gain));
        return graph.node("Add", List.of(product, weight(graph, name + ".beta")));
    }

    private String conv(
            GraphBuilder graph, String name, String x, long stride, long padding, long groups) {
        return graph.node(
                "Conv",
                List.of(x, weight(graph, name + ".weight"), weight(graph, name + ".bias")),
                numbers("strides", stride, stride),
                numbers("pads", padding, padding, padding, padding),
                number("group", groups));
    }

    private String norm(GraphBuilder graph, String name, String x) {
        return graph.node(
                "LayerNormalization",
                List.of(x, weight(graph, name + ".weight"), weight(graph, name + ".bias")),
                number("axis", -1),
                real("epsilon", EPSILON));
    }

    private String linear(GraphBuilder graph, String name, String x) {
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
        return graph.node("Add", List.of(product, weight(graph, name + ".bias")));
    }

    private String weight(GraphBuilder graph, String name) {
        Parameter parameter = parameters.get(name);
        long[] shape = Arrays.stream(parameter.shape()).asLongStream().toArray();
        return graph.weight(name, values(parameter), shape);
    }

    private float[] values(Parameter parameter) {
        int from = Math.toIntExact(parameter.offset());
        return Arrays.copyOfRange(weights, from, from + Math.toIntExact(parameter.size()));
    }
}
